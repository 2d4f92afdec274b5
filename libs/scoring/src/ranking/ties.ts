/** Expected ranks closer than this are equal: what differs then is the order of a sum. */
export const EQUAL = 1e-9;

/** Groups of places with equal expected ranks, from the best on. Every place is in one group. */
export function tiesOf(expectedRank: Float64Array): readonly (readonly number[])[] {
  const order = Array.from(expectedRank.keys()).sort((a, b) => rank(a) - rank(b) || a - b);
  const ties: number[][] = [];
  for (const place of order) {
    const last = ties.at(-1)?.at(-1);
    if (last !== undefined && rank(place) - rank(last) <= EQUAL) ties.at(-1)?.push(place);
    else ties.push([place]);
  }
  return ties;

  function rank(place: number): number {
    return expectedRank[place] ?? 0;
  }
}
