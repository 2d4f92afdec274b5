import { Fraction } from '#lib/kernel';
import { rankByMean } from '../rank-by-mean.js';
import { onOneToSix, toNumber, type Panel } from './panel.js';

/** What the scores say by themselves. */
export interface RawRank {
  readonly reviews: number;
  /** On the scale from 1 to 6. */
  readonly mean: number;
  /** Equal means share the mean of their places. */
  readonly rank: number;
}

/** Means and places by exact fractions, so that equal means tie. Proposals without a score are left out. */
export function rawRanksOf({ scale, scores }: Panel): ReadonlyMap<string, RawRank> {
  const sums = new Map<string, { sum: Fraction; reviews: number }>();
  for (const { proposal, score } of scores) {
    const { sum, reviews } = sums.get(proposal) ?? { sum: Fraction.ZERO, reviews: 0 };
    sums.set(proposal, { sum: sum.add(score), reviews: reviews + 1 });
  }
  const means = Array.from(sums, ([id, { sum, reviews }]) => ({
    id,
    reviews,
    total: sum.over(Fraction.of(BigInt(reviews))),
  }));
  const ranks = new Map(rankByMean(means).map(({ id, position }) => [id, position]));
  return new Map(
    means.map(({ id, reviews, total }) => [
      id,
      { reviews, mean: toNumber(onOneToSix(scale, total)), rank: ranks.get(id) ?? 0 },
    ]),
  );
}
