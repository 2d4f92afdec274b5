import type { FactSchema, FactType } from '#lib/conditions';

/** Whose row must be locked while a fact is judged, in the order in which locks are taken. */
export const LOCK_ORDER = ['call', 'seat', 'proposal', 'review', 'ledger'] as const;
export type LockOwner = (typeof LOCK_ORDER)[number];

export interface FactSpec {
  readonly type: FactType;
  /** The row that must hold still; `none` for what no other move can change (the clock, the actor). */
  readonly owner: LockOwner | 'none';
  /** The ledger that an action must name under `locks` before it may judge this fact. */
  readonly ledger?: string;
  /** Roles that may know the fact; a refusal would tell it to them. */
  readonly audience: 'all' | readonly string[];
}

export type PayloadType = 'text' | 'cents' | 'flag' | 'texts' | 'date' | 'instant';

/** What code offers to the definitions of one kind of subject. A definition may name nothing else. */
export interface Catalogue {
  readonly subject: string;
  /** Roles in relation to this subject; `system` stands for terms and commands. */
  readonly roles: readonly string[];
  readonly facts: Readonly<Record<string, FactSpec>>;
  readonly effects: readonly string[];
  readonly templates: readonly string[];
  /** What an action may ask of the actor. */
  readonly payload: Readonly<Record<string, PayloadType>>;
  readonly evidence: readonly string[];
  readonly ledgers: readonly string[];
  readonly tasks: readonly string[];
  /** Moves that may be asked of another subject: `{ review: ['release'] }`. */
  readonly asks: Readonly<Record<string, readonly string[]>>;
}

const schemas = new WeakMap<Catalogue, FactSchema>();

/** The fact types alone, one object per catalogue so that compiled checkers can be shared. */
export function factSchemaOf(catalogue: Catalogue): FactSchema {
  const known = schemas.get(catalogue);
  if (known !== undefined) return known;
  const schema = Object.fromEntries(Object.entries(catalogue.facts).map(([path, spec]) => [path, spec.type]));
  schemas.set(catalogue, schema);
  return schema;
}
