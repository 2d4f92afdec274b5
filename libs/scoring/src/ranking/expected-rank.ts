import { forEachColumn, type Effects } from './conditional-proposals.js';
import { quickCdf } from './normal.js';
import type { Statistics } from './statistics.js';
import { add, at } from './vector.js';

/** The variance of a difference is never less; equal proposals differ by 0/tiny, which is a draw. */
const LEAST_VARIANCE = 1e-300;

/**
 * Adds weight x P(theta_k > theta_j) to the expected rank of j for every k: with the standard deviations known the difference of two
 * proposals is normal. `pairs` is working memory of one number for each proposal.
 */
export function addExpectedRanks(
  ranks: Float64Array,
  weight: number,
  statistics: Statistics,
  { theta, variance, shrinkage, cross }: Effects,
  pairs: Float64Array,
): void {
  const size = theta.length;
  for (let j = 0; j < size; j++) {
    pairs.fill(0, j + 1);
    forEachColumn(statistics, j, (c, x) => {
      const row = c * size;
      for (let k = j + 1; k < size; k++) add(pairs, k, x * at(cross, row + k));
    });
    const [own, spread, f] = [at(theta, j), at(variance, j), 2 * at(shrinkage, j)];
    let above = 0;
    for (let k = j + 1; k < size; k++) {
      const apart = spread + at(variance, k) - f * at(shrinkage, k) * at(pairs, k);
      const share = quickCdf((at(theta, k) - own) / Math.sqrt(apart > LEAST_VARIANCE ? apart : LEAST_VARIANCE));
      above += share;
      add(ranks, k, weight * (1 - share));
    }
    add(ranks, j, weight * above);
  }
}
