import { shareAmongEquals } from './share-among-equals.js';

/** A proposal in the order of its ranking. */
export interface LineEntry {
  readonly id: string;
  readonly meetsThreshold: boolean;
  /** What it would get, in cents. */
  readonly cents: number;
  /** Its place; equal totals share the mean of their places. Absent: no other has its place. */
  readonly position?: number;
  /** Whether others with its place have their share already. */
  readonly hasEquals?: boolean;
  /** The least it can work with, in cents; absent: any amount will do. */
  readonly minimumCents?: number | undefined;
}

/** At the first that does not fit: `stop` ends there, `skip` goes on with the ones that do, `pro-rata` shares what is left among equal scores. */
export type Shortage = 'stop' | 'skip' | 'pro-rata';

/** As a regulation writes it; lots are for who comes first, where no line is drawn. */
export function shortageOf(atShortage: string | null): Shortage {
  return atShortage === 'skip' || atShortage === 'pro-rata' ? atShortage : 'stop';
}

export interface LineVerdict {
  readonly id: string;
  /** What it gets: with equal scores at the line its share. */
  readonly cents: number;
  /** Why there is no money; null: it is granted. */
  readonly ground: 'threshold' | 'ceiling' | null;
}

/** Gives money out from the top of a ranking until it is gone (onderlinge afweging: Kaderregeling subsidies OCW, SZW en VWS, art. 2.3). */
export function drawLine(
  entries: readonly LineEntry[],
  ceilingCents: number,
  shortage: Shortage,
): readonly LineVerdict[] {
  if (shortage === 'pro-rata') return sharedAtLine(entries, ceilingCents);
  let [left, isStopped] = [ceilingCents, false];
  return entries.map(({ id, meetsThreshold, cents }): LineVerdict => {
    if (!meetsThreshold) return { id, cents, ground: 'threshold' };
    if (isStopped || cents > left) {
      isStopped = isStopped || shortage === 'stop';
      return { id, cents, ground: 'ceiling' };
    }
    left -= cents;
    return { id, cents, ground: null };
  });
}

/** Ends at the first place that does not fit as a whole; who stands there alone gets nothing, equals share what is left. */
function sharedAtLine(entries: readonly LineEntry[], ceilingCents: number): readonly LineVerdict[] {
  const given = new Map<string, number>();
  let left = ceilingCents;
  for (const group of placesOf(entries)) {
    const wanted = group.reduce((sum, { cents }) => sum + cents, 0);
    if (wanted > left) {
      const isShared = group.length > 1 || group.some(({ hasEquals }) => hasEquals === true);
      if (isShared) for (const [id, share] of shareAmongEquals(group, left)) given.set(id, share);
      break;
    }
    for (const { id, cents } of group) given.set(id, cents);
    left -= wanted;
  }
  return entries.map(({ id, meetsThreshold, cents }): LineVerdict => {
    const share = given.get(id);
    if (share !== undefined) return { id, cents: share, ground: null };
    return { id, cents, ground: meetsThreshold ? 'ceiling' : 'threshold' };
  });
}

/** Those that meet the threshold by their place, best first. */
function placesOf(entries: readonly LineEntry[]): Iterable<readonly LineEntry[]> {
  const groups = new Map<number | string, LineEntry[]>();
  for (const entry of entries.filter(({ meetsThreshold }) => meetsThreshold)) {
    const place = entry.position ?? entry.id;
    groups.set(place, [...(groups.get(place) ?? []), entry]);
  }
  return groups.values();
}
