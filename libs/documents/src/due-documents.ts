import type { Database, Transaction } from '#lib/database';

/** A document of which the words or the prints are still to be made. */
export interface DueDocument {
  readonly id: string;
  readonly region: string;
}

const CLAIM = {
  name: 'claim-documents',
  text: 'select id, region from app.claim_documents($1, make_interval(secs => $2))',
};
const DONE = { name: 'document-is-made', text: 'delete from document_due where document_id = $1' };
/** Tried again after 2, 4, 8 … minutes, at most a day: what cannot be printed now may be after an update. */
const FAILED = {
  name: 'document-was-not-made',
  text: `update document_due set last_error = $2, next_attempt_at = app_now() + least(interval '1 day', make_interval(mins => (2 ^ least(attempts, 10))::int))
    where document_id = $1`,
};

/** Claims up to `most` documents for `leaseSeconds`, over all regions; as the role worker. */
export async function claimDocuments(database: Database, most: number, leaseSeconds: number): Promise<DueDocument[]> {
  return database.ask<DueDocument>(CLAIM, [most, leaseSeconds]);
}

export async function documentIsMade(tx: Transaction, id: string): Promise<void> {
  await tx.query(DONE, [id]);
}

export async function documentFailed(tx: Transaction, id: string, reason: string): Promise<void> {
  await tx.query(FAILED, [id, reason]);
}
