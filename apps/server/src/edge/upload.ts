import multipart, { type Multipart, type MultipartFile } from '@fastify/multipart';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FileTooLarge, MAX_FILE_BYTES, UploadBroken } from '#lib/files';
import { DomainError } from '#lib/kernel';

declare module 'fastify' {
  interface FastifyRequest {
    /** The file of an upload, of which nothing was read yet; null without one. */
    upload: MultipartFile | null;
  }
  interface FastifyContextConfig {
    /** Whether a route takes an upload; any other refuses it. */
    readonly takesFiles?: boolean;
  }
}

/** For @RouteConfig: the one way to let uploads in. */
export const TAKES_FILES = { takesFiles: true } as const;

const LIMITS = { fileSize: MAX_FILE_BYTES, files: 1, fields: 10, fieldSize: 2_048, parts: 12, headerPairs: 20 };
/** A sender of too much is heard out for so long: a browser shows an answer only when it has sent everything. */
const HEAR_OUT_MS = 10_000;
const LONGEST_MS = 10 * 60_000;

/**
 * Takes uploads apart: what stands before the file is the body, like that of any other form, and is judged before the file is read.
 * The limit of bodies does not hold for uploads; each has its own.
 */
export async function addUploads(fastify: FastifyInstance): Promise<void> {
  await fastify.register(multipart, { limits: LIMITS });
  fastify.decorateRequest('upload', null);
  fastify.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return;
    if (request.routeOptions.config.takesFiles !== true) throw new UnsupportedMediaTypeException();
    // Who is not signed in is turned away by the policy, with nothing read.
    if (request.viewer?.id != null) await readFields(request);
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    // What was not read of an upload cannot be told from a next request.
    if (request.isMultipart() && !request.raw.readableEnded) reply.header('connection', 'close');
    done();
  });
}

/** Hands on the file of an upload while it comes in. Throws FileTooLarge, UploadBroken, and what `receive` throws. */
export async function receiveUpload<T>(
  { file }: MultipartFile,
  receive: (stream: MultipartFile['file'], assertWhole: () => void) => Promise<T>,
): Promise<T> {
  const endAfter = (ms: number, error: Error): NodeJS.Timeout => setTimeout(() => file.destroy(error), ms).unref();
  const timers = [endAfter(LONGEST_MS, new UploadBroken())];
  file.once('limit', () => timers.push(endAfter(HEAR_OUT_MS, new FileTooLarge(MAX_FILE_BYTES))));
  const assertWhole = (): void => {
    if (file.truncated) throw new FileTooLarge(MAX_FILE_BYTES);
  };
  try {
    return await receive(file, assertWhole);
  } catch (error) {
    throw cameFromSender(error) && file.errored !== null ? new UploadBroken() : error;
  } finally {
    timers.forEach(clearTimeout);
    file.resume();
  }
}

/** Our own refusals and a disk that fails are not the sender's doing. */
function cameFromSender(error: unknown): boolean {
  return !(error instanceof DomainError) && (error as NodeJS.ErrnoException).syscall !== 'write';
}

async function readFields(request: FastifyRequest): Promise<void> {
  const fields: Record<string, string> = {};
  try {
    for await (const part of partsOf(request)) {
      if (part.type === 'file') {
        request.upload = isChosen(part) ? part : null;
        break;
      }
      if (typeof part.value === 'string') fields[part.fieldname] = part.value;
    }
  } catch {
    throw new UploadBroken();
  }
  request.body = fields;
}

/** Without closing the list: leaving a loop over the plugin's own would end the file that was just found. */
async function* partsOf(request: FastifyRequest): AsyncGenerator<Multipart> {
  const parts: AsyncIterator<Multipart> = request.parts();
  for (let next = await parts.next(); next.done !== true; next = await parts.next()) yield next.value;
}

/** A browser sends a file field in which nothing was chosen as an empty file without a name. */
function isChosen({ filename, file }: MultipartFile): boolean {
  if (filename !== '') return true;
  file.resume();
  return false;
}
