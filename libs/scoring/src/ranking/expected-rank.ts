import { forEachColumn, type Effects } from './conditional-proposals.js';
import { quickCdf } from './normal.js';
import type { Statistics } from './statistics.js';
import { add, at } from './vector.js';

/** The variance of a difference is never less; equal proposals differ by 0/tiny, which is a draw. */
const LEAST_VARIANCE = 1e-300;

/**
 * Expected ranks as sums over a grid: 1 + weight x P(theta_k > theta_j) for every other k. With the standard deviations known the
 * difference of two proposals is normal.
 */
export class ExpectedRanks {
  readonly values: Float64Array;
  /** N_j A^-1 N_k' of one j for each k. */
  private readonly pairs: Float64Array;

  constructor(private readonly statistics: Statistics) {
    const size = statistics.sums.length;
    [this.values, this.pairs] = [new Float64Array(size).fill(1), new Float64Array(size)];
  }

  add(weight: number, { theta, variance, shrinkage, cross }: Effects): void {
    const { values, pairs } = this;
    const size = theta.length;
    for (let j = 0; j < size; j++) {
      this.fillPairs(j, cross);
      const [own, spread, f] = [at(theta, j), at(variance, j), 2 * at(shrinkage, j)];
      let above = 0;
      for (let k = j + 1; k < size; k++) {
        const apart = spread + at(variance, k) - f * at(shrinkage, k) * at(pairs, k);
        const share = quickCdf((at(theta, k) - own) / Math.sqrt(apart > LEAST_VARIANCE ? apart : LEAST_VARIANCE));
        above += share;
        add(values, k, weight * (1 - share));
      }
      add(values, j, weight * above);
    }
  }

  private fillPairs(j: number, cross: Float64Array): void {
    const { pairs } = this;
    const size = pairs.length;
    pairs.fill(0, j + 1);
    forEachColumn(this.statistics, j, (c, x) => {
      const row = c * size;
      for (let k = j + 1; k < size; k++) add(pairs, k, x * at(cross, row + k));
    });
  }
}
