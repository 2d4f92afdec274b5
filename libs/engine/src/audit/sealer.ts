import type pg from 'pg';
import { chainedRoot, leafOf, NO_ROOT, type SealedEntry } from './merkle.js';

/** Entries per batch: a batch is one tree, and a verifier reads it whole. */
const BATCH_SIZE = 500;

/** Columns of an entry under the names of `SealedEntry`. */
export const ENTRY_COLUMNS = `id::text as id, region, transaction::text as transaction,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor, act, subject_kind as "subjectKind",
  subject_id as "subjectId", data`;

interface Head {
  readonly number: number;
  readonly root: string;
  readonly sealedBelow: string;
}

/**
 * Chains the entries of every region whose transactions ended before every running one began, and returns how many it sealed.
 * Runs as the sealer's own role, the only one that may write the chain; two sealers wait for each other.
 */
export async function sealAudit(sealer: pg.ClientBase): Promise<number> {
  const regions = await sealer.query<{ code: string }>('select code from region order by code');
  let sealed = 0;
  for (const { code } of regions.rows) sealed += await sealRegion(sealer, code);
  return sealed;
}

async function sealRegion(sealer: pg.ClientBase, region: string): Promise<number> {
  await sealer.query('begin');
  try {
    await sealer.query(`select pg_advisory_xact_lock(hashtext('seal-audit'), hashtext($1))`, [region]);
    const sealed = await sealNew(sealer, region);
    await sealer.query('commit');
    return sealed;
  } catch (error) {
    await sealer.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function sealNew(sealer: pg.ClientBase, region: string): Promise<number> {
  const horizon = await sealer.query<{ xmin: string }>('select app.transactions_ended()::text as xmin');
  const xmin = horizon.rows[0]?.xmin ?? '0';
  let head = await headOf(sealer, region);
  const entries = await sealer.query<SealedEntry>(
    `select ${ENTRY_COLUMNS} from audit_entry
     where region = $1 and transaction >= $2::xid8 and transaction < $3::xid8 order by transaction, id`,
    [region, head.sealedBelow, xmin],
  );
  for (let i = 0; i < entries.rows.length; i += BATCH_SIZE) {
    const batch = entries.rows.slice(i, i + BATCH_SIZE);
    head = await writeBatch(sealer, region, head, { entries: batch, sealedBelow: xmin });
  }
  return entries.rows.length;
}

async function headOf(sealer: pg.ClientBase, region: string): Promise<Head> {
  const rows = await sealer.query<Head>(
    `select number, root, sealed_below::text as "sealedBelow" from audit_batch where region = $1 order by number desc limit 1`,
    [region],
  );
  return rows.rows[0] ?? { number: 0, root: NO_ROOT, sealedBelow: '0' };
}

async function writeBatch(
  sealer: pg.ClientBase,
  region: string,
  head: Head,
  batch: { readonly entries: readonly SealedEntry[]; readonly sealedBelow: string },
): Promise<Head> {
  const number = head.number + 1;
  const leaves = batch.entries.map(leafOf);
  const root = chainedRoot({ region, number, size: leaves.length, previousRoot: head.root }, leaves);
  await sealer.query(
    `insert into audit_batch (region, number, size, previous_root, root, sealed_below) values ($1, $2, $3, $4, $5, $6::xid8)`,
    [region, number, leaves.length, head.root, root, batch.sealedBelow],
  );
  await sealer.query(
    `insert into audit_leaf (region, batch, position, entry_id, leaf)
     select $1, $2, (position - 1)::int, entry_id, leaf
     from unnest($3::bigint[], $4::text[]) with ordinality as l(entry_id, leaf, position)`,
    [region, number, batch.entries.map((entry) => entry.id), leaves],
  );
  return { number, root, sealedBelow: batch.sealedBelow };
}
