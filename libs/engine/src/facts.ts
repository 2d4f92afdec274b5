import type { OpenedRow } from './subject.js';

/** Facts as conditions read them: every integer is a bigint, because CEL has no other exact number. */
export type Facts = Readonly<Record<string, unknown>>;

/** JSON from the database to facts; absent (null) values are left out, so that a condition on them cannot be judged. */
export function factsOf(
  opened: OpenedRow,
  moment: { readonly receivedAt: string; readonly actorId: string | null },
): Facts {
  const own = exact(opened.facts) as Record<string, unknown>;
  const actor = moment.actorId === null ? {} : { actor: { id: moment.actorId } };
  return { ...own, ...actor, receivedAt: moment.receivedAt, now: moment.receivedAt };
}

function exact(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value !== 'object' || value === null) return value;
  // A plain loop: every move comes by here with all its facts.
  const present: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) if (inner !== null) present[key] = exact(inner);
  return present;
}
