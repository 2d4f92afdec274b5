import type { Statement, Transaction } from '#lib/database';
import { KeyUsedForAnother } from './engine-errors.js';

/** The Idempotency-Key of a request that creates or moves, with a hash of its body. Scoped per person and route. */
export interface RequestKey {
  readonly personId: string;
  readonly route: string;
  readonly key: string;
  readonly bodyHash: string;
}

const CLAIM: Statement = {
  name: 'claim-request-key',
  text: `insert into idempotency (person_id, route, key, body_hash, subject_id) values ($1, $2, $3, $4, $5)
    on conflict do nothing returning key`,
};
const READ: Statement = {
  name: 'read-request-key',
  text: 'select body_hash, subject_id from idempotency where person_id = $1 and route = $2 and key = $3',
};

/**
 * Claims a key for this transaction. A duplicate waits until the first one ends and then gets `{ repeated: true }` with the subject
 * of that time, so that the answer of today can be rendered again. Throws KeyUsedForAnother when the body differs.
 */
export async function claimKey(
  tx: Transaction,
  request: RequestKey,
  subjectId: string,
): Promise<{ readonly repeated: false } | { readonly repeated: true; readonly subjectId: string }> {
  const { personId, route, key, bodyHash } = request;
  const claimed = await tx.query(CLAIM, [personId, route, key, bodyHash, subjectId]);
  if (claimed.length === 1) return { repeated: false };
  const rows = await tx.query<{ body_hash: string; subject_id: string }>(READ, [personId, route, key]);
  const [first] = rows;
  if (first === undefined || first.body_hash !== bodyHash) throw new KeyUsedForAnother(key);
  return { repeated: true, subjectId: first.subject_id };
}

/** Whether a request under this key was answered before. What it sent is compared when it claims the key, not here. */
export async function isRepeated(tx: Transaction, { personId, route, key }: RequestKey): Promise<boolean> {
  return (await tx.query(READ, [personId, route, key])).length > 0;
}
