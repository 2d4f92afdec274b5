import { createHash } from 'node:crypto';
import type { Transaction } from '#lib/database';
import { canonicalJson, sha256, type Instant, type Language } from '#lib/kernel';
import type { Letter } from './letter.js';
import type { Replaced } from './printable.js';

export const DOCUMENT_KINDS = ['decision', 'receipt', 'advice', 'ranking', 'waiver'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What was issued, in figures: they alone make its words. */
export interface IssuedDocument {
  readonly id: string;
  readonly region: string;
  readonly kind: DocumentKind;
  readonly version: number;
  readonly issuedAt: Instant;
  readonly figures: Readonly<Record<string, unknown>>;
  /** Hash of the rules and texts that its call froze. */
  readonly rulesHash: string;
}

/** One kept print. */
export interface KeptPrint {
  readonly pdf: Buffer;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
}

/** What the press made. */
export interface NewPrint {
  readonly language: Language;
  readonly pdf: Uint8Array;
  readonly replaced: readonly Replaced[];
}

const READ = {
  name: 'read-issued-document',
  text: `select t.id, t.region, t.kind, t.version, app.iso(t.issued_at) as "issuedAt", t.figures, c.rules_hash as "rulesHash"
    from document t join call c on c.id = t.call_id where t.id = $1`,
};
const READ_LETTER = {
  name: 'read-letter-of-document',
  text: 'select letter from document_text where document_id = $1 and language = $2',
};
/** Who comes first makes the words; they stay. */
const KEEP_LETTER = {
  name: 'keep-letter-of-document',
  text: `insert into document_text (document_id, region, language, letter, sha256) values ($1, $2, $3, $4, $5) on conflict do nothing`,
};
const READ_PRINT = {
  name: 'read-print-of-document',
  text: 'select pdf, sha256 from document_print where document_id = $1 and language = $2',
};
const KEEP_PRINT = {
  name: 'keep-print-of-document',
  text: `with kept as (insert into document_print (document_id, region, language, pdf, sha256, replaced) values ($1, $2, $3, $4, $5, $6)
      on conflict do nothing returning document_id, region)
    insert into task (region, kind, for_role, subject_kind, subject_id, data)
      select region, 'sign-not-printed', 'secretary', 'document', document_id, jsonb_build_object('signs', $7::text) from kept where $7 <> ''
      on conflict do nothing`,
};

/** A document in figures. Whether the reader may have it is judged by whoever hands out its id. Null when there is none in these regions. */
export async function readDocument(tx: Transaction, id: string): Promise<IssuedDocument | null> {
  const [document] = await tx.query<IssuedDocument>(READ, [id]);
  return document ?? null;
}

/** The kept words; null as long as nobody made them. */
export async function keptLetter(tx: Transaction, id: string, language: Language): Promise<Letter | null> {
  const [row] = await tx.query<{ letter: string }>(READ_LETTER, [id, language]);
  return row === undefined ? null : (JSON.parse(row.letter) as Letter);
}

/** Keeps the words of a document, unless they are kept already. */
export async function keepLetter(
  tx: Transaction,
  { id, region }: Pick<IssuedDocument, 'id' | 'region'>,
  letter: Letter,
): Promise<void> {
  const text = canonicalJson(letter);
  await tx.query(KEEP_LETTER, [id, region, letter.language, text, sha256(text)]);
}

/** The kept bytes; null as long as nobody printed them. */
export async function keptPrint(tx: Transaction, id: string, language: Language): Promise<KeptPrint | null> {
  const [print] = await tx.query<KeptPrint>(READ_PRINT, [id, language]);
  return print ?? null;
}

/**
 * Keeps the print of the kept words, unless there is one already. Signs that no font has stand in it under their number; the secretary gets
 * that as a task.
 */
export async function keepPrint(
  tx: Transaction,
  { id, region }: Pick<IssuedDocument, 'id' | 'region'>,
  { language, pdf, replaced }: NewPrint,
): Promise<void> {
  const bytes = Buffer.from(pdf);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const unseen = replaced.flatMap(({ code, isSame }) => (isSame ? [] : [code])).join(', ');
  await tx.query(KEEP_PRINT, [id, region, language, bytes, hash, JSON.stringify(replaced), unseen]);
}
