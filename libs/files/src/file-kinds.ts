/** Kinds of files that are taken. Never svg or html: a browser would run what stands in them. */
export const FILE_KINDS = ['pdf', 'docx', 'xlsx', 'png', 'jpg'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Of one file (ASVS 5.0, V5.2.1). */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;

interface KnownKind {
  readonly mediaType: string;
  readonly extensions: readonly string[];
  /** What the file must begin with. */
  readonly magic: Buffer;
}

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const OOXML = 'application/vnd.openxmlformats-officedocument';

export const KNOWN: Readonly<Record<FileKind, KnownKind>> = {
  pdf: { mediaType: 'application/pdf', extensions: ['pdf'], magic: Buffer.from('%PDF-') },
  docx: { mediaType: `${OOXML}.wordprocessingml.document`, extensions: ['docx'], magic: ZIP },
  xlsx: { mediaType: `${OOXML}.spreadsheetml.sheet`, extensions: ['xlsx'], magic: ZIP },
  png: { mediaType: 'image/png', extensions: ['png'], magic: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
  jpg: { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], magic: Buffer.from('\xff\xd8\xff', 'latin1') },
};

/** The kind that a name claims; null for none that is taken. */
export function kindOf(name: string): FileKind | null {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return FILE_KINDS.find((kind) => KNOWN[kind].extensions.includes(extension)) ?? null;
}
