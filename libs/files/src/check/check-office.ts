import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { FileRefused, type FileFault } from '../file-errors.js';

/** Limits of what may come out of one document (ASVS 5.0, V5.2.3). */
const MOST_ENTRIES = 1_000;
const MOST_BYTES = 200 * 1024 * 1024;

/** The part without which it is no document of its kind (ECMA-376, part 1). */
const MAIN_PART = { docx: 'word/document.xml', xlsx: 'xl/workbook.xml' } as const;
const CONTENT_TYPES = '[Content_Types].xml';
const ACTIVE = /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|activeX\/|macrosheets\/)/i;
const ONE_BY_ONE = { lazyEntries: true, autoClose: false };
/** The list of parts is read as text, so it may not be large. */
const MOST_TYPES = 1024 * 1024;
const ENCRYPTED = 0x1;
const SYMLINK = 0xa000;

/**
 * Looks into a document of ECMA-376, which is a zip. Every entry is unpacked into nothing, chunk by chunk, because what a zip says of its
 * sizes is only what its maker wrote. Throws FileRefused.
 */
export async function checkOffice(path: string, name: string, kind: keyof typeof MAIN_PART): Promise<void> {
  const refuse = (fault: FileFault): never => {
    throw new FileRefused(fault, name, { kind });
  };
  try {
    // Refuses by itself: names with `..` or from the root, sizes that do not match, directories that are cut off.
    const zip = await openPromise(path, { ...ONE_BY_ONE, strictFileNames: true, validateEntrySizes: true });
    const names = await lookAtEntries(zip, refuse).finally(() => zip.close());
    if (!names.has(CONTENT_TYPES) || !names.has(MAIN_PART[kind])) refuse('file-is-another-kind');
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    refuse('file-is-damaged');
  }
}

async function lookAtEntries(zip: ZipFile, refuse: (fault: FileFault) => never): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  if (zip.entryCount > MOST_ENTRIES) refuse('file-unpacks-too-large');
  let left = MOST_BYTES;
  for await (const entry of zip.eachEntry()) {
    const fault = faultOf(entry, names);
    if (fault !== null) refuse(fault);
    names.add(entry.fileName);
    if (names.size > MOST_ENTRIES) refuse('file-unpacks-too-large');
    const types = entry.fileName === CONTENT_TYPES ? [] : undefined;
    const most = types === undefined ? left : Math.min(left, MOST_TYPES);
    left -= await unpack(zip, entry, { most, kept: types, refuse });
    if (types !== undefined && /macroEnabled|vbaProject/i.test(Buffer.concat(types).toString()))
      refuse('file-has-macros');
  }
  return names;
}

function faultOf(entry: Entry, seen: ReadonlySet<string>): FileFault | null {
  if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) return 'file-is-locked';
  if (ACTIVE.test(entry.fileName)) return 'file-has-macros';
  const isLink = ((entry.externalFileAttributes >>> 16) & 0xf000) === SYMLINK;
  // A name that stands there twice is read differently by different programs.
  return isLink || seen.has(entry.fileName) ? 'file-is-damaged' : null;
}

interface Unpacking {
  readonly most: number;
  /** Where the bytes of a small entry are kept; nothing is kept without it. */
  readonly kept: Buffer[] | undefined;
  readonly refuse: (fault: FileFault) => never;
}

async function unpack(zip: ZipFile, entry: Entry, { most, kept, refuse }: Unpacking): Promise<number> {
  if (entry.uncompressedSize > most) refuse('file-unpacks-too-large');
  let bytes = 0;
  const count = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      kept?.push(chunk);
      done(bytes > most ? new RangeError('too much') : null);
    },
  });
  await pipeline(await zip.openReadStreamPromise(entry), count);
  return bytes;
}
