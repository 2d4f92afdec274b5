import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SubjectNotFound, type RequestKey } from '#lib/engine';
import { downloadHeaders, FILE_KINDS, FileRefused } from '#lib/files';
import {
  AddAttachment,
  assertReadable,
  ProposalNotInYourHands,
  questionForFiles,
  RemoveAttachment,
  type AttachmentView,
} from '#lib/intake';
import { canonicalJson, sha256 } from '#lib/kernel';
import { failpoint } from '#lib/settings';
import { personOf } from '../edge/request-facts.js';
import { isInHand, ProposalCases } from '../pages/proposal/proposal-case.js';
import { titleOf } from '../pages/proposal/part.view.js';
import type { ProposalAnswer } from '../round/proposal-reader.js';
import { FileParts } from './file-parts.js';

/** Which proposal, and the question that a file answers. */
interface Target {
  readonly id: string;
  readonly path: string;
}

/** Files of proposals: received, taken out and handed out, the same way for pages and programs. */
@Injectable()
export class Attachments {
  constructor(
    private readonly cases: ProposalCases,
    private readonly adding: AddAttachment,
    private readonly removing: RemoveAttachment,
    private readonly files: FileParts,
  ) {}

  /** Receives the file of an upload; returns the attachment's id. Throws what AddAttachment and the checks of files throw. */
  async add({ id, path }: Target, request: FastifyRequest, keyed: (hash: string) => RequestKey): Promise<string> {
    const { proposal, form } = await this.cases.readWritten(id, request);
    // Judged before a byte of the file is read; a request that is sent again gets the answer of the first time.
    if (!isInHand(proposal) && !(await this.adding.isRepeat(proposal.region, keyed('')))) throw notInHand(proposal);
    const written = { title: titleOf(proposal), content: proposal.content };
    const { accepts = FILE_KINDS } = questionForFiles(form, written, path).question;
    if (request.upload === null) throw new FileRefused('file-missing');
    const file = { ...(await this.files.receive(request.upload, accepts)), path };
    failpoint('attachment.stored');
    const { name, sha256: hash } = file;
    const key = keyed(sha256(canonicalJson({ path, name, hash })));
    const place = { ...placeOf(request, proposal.region), key };
    return this.files.keep(file.id, () => this.adding.execute(id, file, place));
  }

  /** Copies the files of an own proposal to a draft that asks for them too; what a scanner refused or still holds stays behind. */
  async carryOver(
    { from, to }: { readonly from: string; readonly to: string },
    request: FastifyRequest,
    key: RequestKey,
  ): Promise<void> {
    const source = (await this.cases.readOwn(from, request)).proposal.attachments;
    const { proposal, form } = await this.cases.readOwn(to, request);
    const place = placeOf(request, proposal.region);
    const answers = { ...proposal.content, title: titleOf(proposal) };
    const asked = new Set(
      form.asked(answers).flatMap(({ path, question }) => (question.kind === 'files' ? [path] : [])),
    );
    for (const old of source.filter(
      ({ path, state }) => asked.has(path) && (state === 'ready' || state === 'unscanned'),
    )) {
      // Gone from the store (restored without its files): the question asks for it again.
      if (!(await this.files.store.has(old.id))) continue;
      const file = { ...(await this.files.copy(old)), path: old.path };
      // Of a request that is repeated the copies of the first time stand already.
      const once = { ...key, key: sha256(`${key.key}:${old.id}`), bodyHash: old.sha256 };
      await this.files.keep(file.id, () => this.adding.execute(to, file, { ...place, key: once }));
    }
  }

  /** Throws SubjectNotFound, ProposalNotInYourHands. */
  async remove(id: string, attachment: string, request: FastifyRequest): Promise<void> {
    const { proposal } = await this.cases.readWritten(id, request);
    const isUnneeded = await this.removing.execute(id, attachment, placeOf(request, proposal.region));
    if (isUnneeded) await this.files.store.remove(attachment);
  }

  /** Those that the viewer may know of. Throws SubjectNotFound. */
  async list(id: string, request: FastifyRequest): Promise<readonly AttachmentView[]> {
    return (await this.cases.read(id, request)).proposal.attachments;
  }

  /** Hands a file out, never to be shown in our own name; to who applies also what was set aside. Throws SubjectNotFound, AttachmentInQuarantine, AttachmentInfected. */
  async send(id: string, attachment: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const isIt = (one: AttachmentView): boolean => one.id === attachment;
    const kept = async () => (await this.cases.setAside(id, request))?.attachments.find(isIt);
    const found = (await this.list(id, request)).find(isIt) ?? (await kept());
    if (found === undefined) throw new SubjectNotFound('attachment', attachment);
    assertReadable(found);
    const { store } = this.files;
    if (!(await store.has(attachment))) throw new Error(`The file of attachment ${attachment} is not in the store.`);
    void reply.headers(downloadHeaders(found)).send(store.read(attachment));
  }
}

function notInHand({ number, stateLabel }: Pick<ProposalAnswer, 'number' | 'stateLabel'>): ProposalNotInYourHands {
  return new ProposalNotInYourHands(number, { nl: stateLabel, en: stateLabel });
}

function placeOf(
  request: FastifyRequest,
  region: string,
): { readonly actorId: string; readonly region: string; readonly receivedAt: string } {
  return { actorId: personOf(request), region, receivedAt: request.receivedAt };
}
