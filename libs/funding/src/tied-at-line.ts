import { drawLine, type LineEntry, type Shortage } from './draw-line.js';

/** A proposal with its place; equal totals share the mean of their places. */
export interface PlacedEntry extends LineEntry {
  readonly position: number;
}

/** Sums of amounts that are looked at for one proposal; beyond that it counts as tied, so that people look. */
const MOST_SUMS = 100_000;

/**
 * Proposals with equal totals that get money in one order among themselves and not in another: a ranking has no order among equals, so
 * people choose, or draw; none where equals share what is left. Best first, as for `drawLine`.
 */
export function tiedAtLine(
  entries: readonly PlacedEntry[],
  ceilingCents: number,
  shortage: Shortage,
): ReadonlySet<string> {
  if (shortage === 'pro-rata') return new Set();
  const verdicts = drawLine(entries, ceilingCents, shortage);
  const tied = new Set<string>();
  for (const group of groupsOf(entries)) {
    const before = verdicts.slice(0, entries.indexOf(group[0] as PlacedEntry));
    if (shortage === 'stop' && before.some(({ ground }) => ground === 'ceiling')) break;
    const left = before.reduce((rest, { ground, cents }) => (ground === null ? rest - cents : rest), ceilingCents);
    for (const one of group) {
      if (one.cents <= left && canBeLeftOut(one, group, { left, shortage })) tied.add(one.id);
    }
  }
  return tied;
}

function groupsOf(entries: readonly PlacedEntry[]): readonly (readonly PlacedEntry[])[] {
  const groups = new Map<number, PlacedEntry[]>();
  for (const entry of entries.filter(({ meetsThreshold }) => meetsThreshold)) {
    groups.set(entry.position, [...(groups.get(entry.position) ?? []), entry]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Whether the others can come first and leave too little: all of them where the line stops, some that fit together where it skips. */
function canBeLeftOut(
  one: PlacedEntry,
  group: readonly PlacedEntry[],
  { left, shortage }: { readonly left: number; readonly shortage: Shortage },
): boolean {
  const others = group.filter((other) => other !== one).map(({ cents }) => cents);
  if (shortage === 'stop') return others.reduce((sum, cents) => sum + cents, one.cents) > left;
  let sums = new Set([0]);
  for (const cents of others) {
    sums = new Set([...sums, ...[...sums].map((sum) => sum + cents).filter((sum) => sum <= left)]);
    if (sums.size > MOST_SUMS) return true;
  }
  return Math.max(...sums) > left - one.cents;
}
