/** What one of several with equal scores asks for, and the least it can work with; in cents. */
export interface EqualRequest {
  readonly id: string;
  readonly cents: number;
  /** Absent: any amount will do. */
  readonly minimumCents?: number | undefined;
}

/**
 * Shares money that does not reach all: each gets the same part of what it asked, in whole cents rounded down. For whom that is less than it can
 * work with takes no part, those that need the largest part first, and all is computed again. A ranking has no order among equals, so none
 * decides here. By id; who is left out is not in it.
 */
export function shareAmongEquals(equals: readonly EqualRequest[], leftCents: number): ReadonlyMap<string, number> {
  let among = equals.filter(({ cents }) => cents > 0);
  for (;;) {
    const wanted = among.reduce((sum, { cents }) => sum + BigInt(cents), 0n);
    const left = wanted < BigInt(leftCents) ? wanted : BigInt(leftCents);
    const shares = new Map(
      among.map(({ id, cents }) => [id, wanted === 0n ? 0 : Number((BigInt(cents) * left) / wanted)]),
    );
    const short = among.filter(({ id, minimumCents = 1 }) => (shares.get(id) ?? 0) < minimumCents);
    if (short.length === 0) return shares;
    const neediest = short.reduce((most, one) => (compareNeed(one, most) > 0 ? one : most));
    among = among.filter((one) => compareNeed(one, neediest) !== 0);
  }
}

/** Compares the part of its request that each cannot do without. */
function compareNeed(a: EqualRequest, b: EqualRequest): number {
  const [x, y] = [BigInt(a.minimumCents ?? 1) * BigInt(b.cents), BigInt(b.minimumCents ?? 1) * BigInt(a.cents)];
  if (x === y) return 0;
  return x > y ? 1 : -1;
}
