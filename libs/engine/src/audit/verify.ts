import type pg from 'pg';
import { chainedRoot, leafOf, NO_ROOT, type SealedEntry } from './merkle.js';
import { ENTRY_COLUMNS } from './sealer.js';

export type AuditFaultKind = 'changed' | 'deleted' | 'inserted' | 'chain-broken' | 'anchor-mismatch';

/** One thing that is not as it was sealed. `entry` is the entry's id, or null when a whole batch is meant. */
export interface AuditFault {
  readonly kind: AuditFaultKind;
  readonly region: string;
  readonly batch: number | null;
  readonly entry: string | null;
}

/** The end of a region's chain, as an anchor outside the database remembers it. */
export interface ChainEnd {
  readonly region: string;
  readonly number: number;
  readonly root: string;
}

export interface AuditReport {
  readonly ok: boolean;
  readonly sealed: number;
  readonly unsealed: number;
  /** Whether an anchor was given that reaches the end of every chain; without one a cut tail cannot be seen. */
  readonly tailAnchored: boolean;
  readonly faults: readonly AuditFault[];
  readonly ends: readonly ChainEnd[];
}

interface LeafRow {
  readonly region: string;
  readonly batch: number;
  readonly position: number;
  readonly entryId: string;
  readonly leaf: string;
}

interface BatchRow {
  readonly region: string;
  readonly number: number;
  readonly size: number;
  readonly previousRoot: string;
  readonly root: string;
}

/** Recomputes every region's chain from its entries and names what was changed, deleted, swapped or inserted. */
export async function verifyAudit(reader: pg.ClientBase, anchors: readonly ChainEnd[] = []): Promise<AuditReport> {
  const batches = await reader.query<BatchRow>(
    `select region, number, size, previous_root as "previousRoot", root from audit_batch order by region, number`,
  );
  const faults: AuditFault[] = [];
  const ends = new Map<string, ChainEnd>();
  let sealed = 0;
  for (const batch of batches.rows) {
    const previous = ends.get(batch.region);
    sealed += batch.size;
    faults.push(...(await faultsOfBatch(reader, batch, previous)));
    ends.set(batch.region, { region: batch.region, number: batch.number, root: batch.root });
  }
  const late = await unsealedEntries(reader);
  faults.push(...late.inserted, ...anchorFaults(batches.rows, anchors));
  const tailAnchored = [...ends.values()].every((end) =>
    anchors.some((a) => a.region === end.region && a.number >= end.number),
  );
  return { ok: faults.length === 0, sealed, unsealed: late.unsealed, tailAnchored, faults, ends: [...ends.values()] };
}

async function faultsOfBatch(
  reader: pg.ClientBase,
  batch: BatchRow,
  previous: ChainEnd | undefined,
): Promise<AuditFault[]> {
  const where = { region: batch.region, batch: batch.number };
  const leaves = await reader.query<LeafRow>(
    `select region, batch, position, entry_id::text as "entryId", leaf from audit_leaf where region = $1 and batch = $2 order by position`,
    [batch.region, batch.number],
  );
  const entries = await reader.query<SealedEntry>(
    `select ${ENTRY_COLUMNS} from audit_entry where id = any ($1::bigint[])`,
    [leaves.rows.map((leaf) => leaf.entryId)],
  );
  const byId = new Map(entries.rows.map((entry) => [entry.id, entry]));
  const faults = leaves.rows.flatMap((leaf): AuditFault[] => {
    const entry = byId.get(leaf.entryId);
    if (entry === undefined) return [{ kind: 'deleted', ...where, entry: leaf.entryId }];
    return leafOf(entry) === leaf.leaf ? [] : [{ kind: 'changed', ...where, entry: leaf.entryId }];
  });
  return isChained(batch, leaves.rows, previous)
    ? faults
    : [...faults, { kind: 'chain-broken', ...where, entry: null }];
}

function isChained(batch: BatchRow, leaves: readonly LeafRow[], previous: ChainEnd | undefined): boolean {
  const expected = previous ?? { number: 0, root: NO_ROOT };
  if (batch.number !== expected.number + 1 || batch.previousRoot !== expected.root) return false;
  if (leaves.length !== batch.size || leaves.length === 0) return false;
  const { region, number, size, previousRoot } = batch;
  const hashes = leaves.map((leaf) => leaf.leaf);
  return chainedRoot({ region, number, size, previousRoot }, hashes) === batch.root;
}

/** An entry without a leaf whose transaction was already sealed past cannot have been written by an act. */
async function unsealedEntries(reader: pg.ClientBase): Promise<{ unsealed: number; inserted: AuditFault[] }> {
  const rows = await reader.query<{ id: string; region: string; inserted: boolean }>(
    `select e.id::text as id, e.region, coalesce(e.transaction < b.below, false) as inserted
     from audit_entry e
     left join lateral (select max(sealed_below::text::numeric)::text::xid8 as below from audit_batch where region = e.region) b on true
     where not exists (select 1 from audit_leaf l where l.entry_id = e.id)`,
  );
  const inserted = rows.rows.filter((row) => row.inserted);
  return {
    unsealed: rows.rows.length - inserted.length,
    inserted: inserted.map((row) => ({ kind: 'inserted', region: row.region, batch: null, entry: row.id })),
  };
}

/** A tail cut off together with its batches leaves a whole chain behind; only the anchor remembers that it was longer. */
function anchorFaults(batches: readonly BatchRow[], anchors: readonly ChainEnd[]): AuditFault[] {
  return anchors
    .filter((anchor) => {
      const batch = batches.find((b) => b.region === anchor.region && b.number === anchor.number);
      return batch?.root !== anchor.root;
    })
    .map((anchor) => ({ kind: 'anchor-mismatch', region: anchor.region, batch: anchor.number, entry: null }));
}
