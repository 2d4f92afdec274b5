import type { Fraction } from '#lib/kernel';

export interface Ranked {
  readonly id: string;
  /** 1 for the highest total; equal totals share the mean of their places (2.5 and 2.5). */
  readonly position: number;
}

/** Ranks by exact total, highest first. Proposals without a total are left out. The answer is sorted by position, then id. */
export function rankByMean(proposals: readonly { readonly id: string; readonly total: Fraction | null }[]): Ranked[] {
  const scored = proposals.flatMap(({ id, total }) => (total === null ? [] : [{ id, total }]));
  scored.sort((a, b) => b.total.compare(a.total) || (a.id < b.id ? -1 : 1));
  const ranked: Ranked[] = [];
  for (let first = 0; first < scored.length;) {
    const total = scored[first]?.total;
    let next = first;
    while (next < scored.length && total !== undefined && scored[next]?.total.compare(total) === 0) next += 1;
    const position = (first + 1 + next) / 2;
    ranked.push(...scored.slice(first, next).map(({ id }) => ({ id, position })));
    first = next;
  }
  return ranked;
}
