import { open, readFile, type FileHandle } from 'node:fs/promises';
import { FileRefused } from '../file-errors.js';
import { kindOf, KNOWN, type FileKind } from '../file-kinds.js';
import { needsPassword } from './check-pdf.js';
import { checkOffice } from './check-office.js';
import { jpegSize, pngSize, type PixelSize } from './picture-size.js';

/** What a file turned out to be. */
export interface CheckedFile {
  readonly kind: FileKind;
  readonly mediaType: string;
}

/** A picture of this size takes 160 MB when a program opens it. */
const MAX_PIXELS = 40_000_000;

/**
 * Looks at a file by its name and by its bytes; what they say must be the same (ASVS 5.0, V5.2.2). `taken`: the kinds that may come
 * here. Throws FileRefused.
 */
export async function checkFile(path: string, name: string, taken: readonly FileKind[]): Promise<CheckedFile> {
  const kind = kindOf(name);
  if (kind === null || !taken.includes(kind))
    throw new FileRefused('file-kind-not-taken', name, { kinds: taken.join(', ') });
  const { magic, mediaType } = KNOWN[kind];
  const file = await open(path, 'r');
  try {
    const head = await readAt(file, 0, 16);
    if (head.length === 0) throw new FileRefused('file-empty', name);
    if (isOldOffice(head)) throw new FileRefused('file-is-locked', name);
    if (!head.subarray(0, magic.length).equals(magic)) throw new FileRefused('file-is-another-kind', name, { kind });
    await checkInside(kind, { file, path, name });
  } finally {
    await file.close();
  }
  return { kind, mediaType };
}

interface Inside {
  readonly file: FileHandle;
  readonly path: string;
  readonly name: string;
}

async function checkInside(kind: FileKind, { file, path, name }: Inside): Promise<void> {
  if (kind === 'pdf' && needsPassword(await readFile(path))) throw new FileRefused('file-is-locked', name);
  if (kind === 'docx' || kind === 'xlsx') return checkOffice(path, name, kind);
  if (kind === 'png') checkPixels(pngSize(await readAt(file, 0, 24)), name);
  if (kind === 'jpg') checkPixels(await jpegSize((at, length) => readAt(file, at, length)), name);
}

function checkPixels(size: PixelSize | null, name: string): void {
  if (size === null || size.width === 0 || size.height === 0) throw new FileRefused('file-is-damaged', name);
  if (size.width * size.height > MAX_PIXELS)
    throw new FileRefused('file-has-too-many-pixels', name, { most: MAX_PIXELS / 1_000_000 });
}

/** A Compound File: an office document of before 2007, or one of today under a password ([MS-OFFCRYPTO]). */
function isOldOffice(head: Buffer): boolean {
  return head.subarray(0, 4).equals(Buffer.from('d0cf11e0', 'hex'));
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
