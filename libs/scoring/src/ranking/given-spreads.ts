import { factorise, solveLower, solveUpper } from './cholesky.js';
import type { Spreads } from './spreads.js';
import type { Statistics } from './statistics.js';
import { add, at } from './vector.js';

/** Variance of the prior of the general level: N(3.5, 10^2). */
const LEVEL_VARIANCE = 100;

/** What the scores say when the three standard deviations are known: everything is Gaussian. */
export interface GivenSpreads {
  /** Log of the likelihood; -Infinity where floating point has no answer. */
  readonly logLikelihood: number;
  /** Posterior mean of reviewers (and of the level) and the Cholesky factor of their precision A, order x order. */
  readonly mean: Float64Array;
  readonly factor: Float64Array;
}

/** Working memory of one size, used again for each point of a grid. */
export class Conditional {
  private readonly factor: Float64Array;
  private readonly mean: Float64Array;
  private readonly half: Float64Array;

  constructor(private readonly statistics: Statistics) {
    const { order } = statistics;
    [this.factor, this.mean, this.half] = [
      new Float64Array(order * order),
      new Float64Array(order),
      new Float64Array(order),
    ];
  }

  /**
   * With c_n = 1/(n (v^2 + n t^2)): A = prior precision + W'W within/v^2 + sum over n of c_n N'N, h the same of the moments,
   * posterior mean A^-1 h. The arrays are used again by the next call.
   */
  at(spreads: Spreads): GivenSpreads {
    const { order } = this.statistics;
    this.fill(spreads);
    const logDeterminant = factorise(this.factor, order);
    this.half.set(this.mean);
    solveLower(this.factor, order, this.half);
    this.mean.set(this.half);
    solveUpper(this.factor, order, this.mean);
    const explained = this.half.reduce((sum, x) => sum + x * x, 0);
    const logLikelihood = -(this.logVariances(spreads) + logDeterminant + this.squares(spreads) - explained) / 2;
    return {
      logLikelihood: logDeterminant === -Infinity || Number.isNaN(logLikelihood) ? -Infinity : logLikelihood,
      mean: this.mean,
      factor: this.factor,
    };
  }

  private fill({ t, k, v }: Spreads): void {
    const { order, learnsLevel, withinOuter, withinMoment, counts } = this.statistics;
    const scales = counts.map(({ reviews }) => 1 / (reviews * (v * v + reviews * t * t)));
    combine(this.factor, [
      [withinOuter, 1 / (v * v)],
      ...counts.map(({ outer }, n) => [outer, scales[n] ?? 0] as const),
    ]);
    combine(this.mean, [
      [withinMoment, 1 / (v * v)],
      ...counts.map(({ moment }, n) => [moment, scales[n] ?? 0] as const),
    ]);
    for (let c = 0; c < order; c++) {
      const isLevel = learnsLevel && c === order - 1;
      this.factor[c * order + c] = at(this.factor, c * order + c) + 1 / (isLevel ? LEVEL_VARIANCE : k * k);
    }
  }

  /** Log determinants of prior and noise: n log v^2 + sum log((v^2 + n_p t^2)/v^2) + log |prior covariance|. */
  private logVariances({ t, k, v }: Spreads): number {
    const { order, learnsLevel, design, counts } = this.statistics;
    const reviewers = order - Number(learnsLevel);
    const level = learnsLevel ? Math.log(LEVEL_VARIANCE) : 0;
    const between = counts.reduce(
      (sum, { reviews, proposals }) => sum + proposals * Math.log(v * v + reviews * t * t),
      0,
    );
    return (
      (design.y.length - design.proposals.length) * Math.log(v * v) + between + reviewers * Math.log(k * k) + level
    );
  }

  private squares({ t, v }: Spreads): number {
    const { withinSquares, counts } = this.statistics;
    return counts.reduce(
      (sum, { reviews, squares }) => sum + squares / (reviews * (v * v + reviews * t * t)),
      withinSquares / (v * v),
    );
  }
}

/** Fills an array with a sum of arrays, each times a number. */
function combine(into: Float64Array, parts: readonly (readonly [Float64Array, number])[]): void {
  into.fill(0);
  for (const [of, times] of parts) for (let i = 0; i < into.length; i++) add(into, i, at(of, i) * times);
}
