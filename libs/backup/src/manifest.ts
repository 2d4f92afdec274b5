/** What a backup says of itself, and by which each of its parts is checked. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** By the clock of the database, at the moment of the snapshot. */
  readonly createdAt: string;
  readonly node: string;
  readonly postgres: string;
  /** Migrations that had run, with the SHA-256 of each file. */
  readonly migrations: readonly { readonly name: string; readonly sha256: string }[];
  readonly tables: readonly TablePart[];
  readonly sequences: readonly { readonly name: string; readonly value: string }[];
  readonly files: readonly FilePart[];
  /** Tables that come without their rows: whoever holds a backup must not be able to act with it. */
  readonly leftOut: readonly string[];
}

/** Rows of a table in the text format of COPY, UTF-8. */
export interface TablePart {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly sha256: string;
}

export interface FilePart {
  /** Relative to the folder of attachments, with slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export const FORMAT = 'regioloket-backup';
export const VERSION = 1;
export const MANIFEST_ENTRY = 'manifest.json';
export const MANIFEST_HASH_ENTRY = 'manifest.sha256';

export const entryOfTable = (name: string): string => `tables/${name}`;
export const entryOfFile = (path: string): string => `files/${path}`;

/** Whether a parsed file says that it is a manifest this version reads. */
export function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { format, version } = value as Partial<Manifest>;
  return format === FORMAT && version === VERSION;
}
