import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/kernel';

/** An entry as the chain sees it; field names are part of the hash and never change. */
export interface SealedEntry {
  readonly id: string;
  readonly region: string;
  readonly transaction: string;
  /** ISO text with microseconds. */
  readonly at: string;
  readonly actor: string | null;
  readonly act: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly data: unknown;
}

export interface BatchHead {
  readonly region: string;
  readonly number: number;
  readonly size: number;
  readonly previousRoot: string;
}

/** What the first batch of a region names as the one before. */
export const NO_ROOT = '0'.repeat(64);

/** Leaves and nodes are hashed under different prefixes, so that a node cannot pass for a leaf (RFC 6962, 2.1). */
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** Hash of one entry in its canonical form (RFC 8785), 64 hexadecimal digits. */
export function leafOf(entry: SealedEntry): string {
  return createHash('sha256').update(LEAF).update(canonicalJson(entry), 'utf8').digest('hex');
}

/** Merkle tree hash of a batch (RFC 6962, 2.1): the left half is the largest power of two below the size. */
export function merkleRoot(leaves: readonly string[]): string {
  const [only] = leaves;
  if (only === undefined) throw new RangeError('A batch holds at least one entry.');
  if (leaves.length === 1) return only;
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  const left = Buffer.from(merkleRoot(leaves.slice(0, half)), 'hex');
  const right = Buffer.from(merkleRoot(leaves.slice(half)), 'hex');
  return createHash('sha256').update(NODE).update(left).update(right).digest('hex');
}

/** The chained root: binds a batch to its place, its size and everything before it. */
export function chainedRoot(head: BatchHead, leaves: readonly string[]): string {
  return createHash('sha256')
    .update(canonicalJson({ ...head, merkle: merkleRoot(leaves) }), 'utf8')
    .digest('hex');
}
