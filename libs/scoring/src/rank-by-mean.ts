import type { Fraction } from '#lib/kernel';

export interface Ranked {
  readonly id: string;
  /** 1 for the highest total; equal totals share the mean of their places (2.5 and 2.5). */
  readonly position: number;
}

/** Ranks by exact total, highest first. Proposals without a total are left out. The answer is sorted by position, then id. */
export function rankByMean(proposals: readonly { readonly id: string; readonly total: Fraction | null }[]): Ranked[] {
  const scored = proposals.flatMap(({ id, total }) => (total === null ? [] : [{ id, total }]));
  return scored
    .map(({ id, total }) => {
      const above = scored.filter((other) => other.total.compare(total) > 0).length;
      const equal = scored.filter((other) => other.total.compare(total) === 0).length;
      return { id, position: above + (equal + 1) / 2 };
    })
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}
