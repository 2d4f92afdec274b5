import type { Transaction } from '#lib/database';

/** What is remembered of an act; persons by key only, never names, scores or secrets. */
export interface AuditEntry {
  readonly region: string;
  /** Person id, or null for the system itself. */
  readonly actor: string | null;
  /** Verb of the act: `proposal.submit`, `person.invite`. */
  readonly act: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly data?: Readonly<Record<string, unknown>>;
}

const INSERT = {
  name: 'write-audit',
  text: `insert into audit_entry (region, actor, act, subject_kind, subject_id, data) values ($1, $2, $3, $4, $5, $6)`,
};

/** Appends an entry in the transaction of the act itself; the sealer chains it later. */
export async function writeAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  const { region, actor, act, subjectKind, subjectId, data } = entry;
  await tx.query(INSERT, [region, actor, act, subjectKind, subjectId, JSON.stringify(data ?? {})]);
}
