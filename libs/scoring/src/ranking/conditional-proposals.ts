import { inverse } from './cholesky.js';
import type { GivenSpreads } from './given-spreads.js';
import type { Spreads } from './spreads.js';
import type { Statistics } from './statistics.js';
import { add, at } from './vector.js';

/** Proposals and reviewers when the standard deviations are known. */
export interface Effects {
  /** By proposal: posterior mean and variance of theta. */
  readonly theta: Float64Array;
  readonly variance: Float64Array;
  /** By column: posterior variance of the reviewer (and the level); the means are those of GivenSpreads. */
  readonly columnVariance: Float64Array;
  /** shrinkage[p] = t^2/(v^2 + n_p t^2): how far theta follows its scores. */
  readonly shrinkage: Float64Array;
  /** A^-1 N', column after column: cross[c x P + p]. */
  readonly cross: Float64Array;
}

/** theta_p = f_p (S_p - (N b)_p) and Cov(theta) = v^2 diag(f) + diag(f) N A^-1 N' diag(f), with f the shrinkage. */
export function effectsGiven(statistics: Statistics, { t, v }: Spreads, { mean, factor }: GivenSpreads): Effects {
  const { order, sums } = statistics;
  const size = sums.length;
  const covariance = inverse(factor, order);
  const cross = crossOf(statistics, covariance);
  const [theta, variance, shrinkage] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let p = 0; p < size; p++) {
    let [level, spread, reviews] = [0, 0, 0];
    forEachColumn(statistics, p, (c, x) => {
      level += x * at(mean, c);
      spread += x * at(cross, c * size + p);
      reviews += Number(x === 1 && !isLevel(statistics, c));
    });
    const f = (t * t) / (v * v + reviews * t * t);
    shrinkage[p] = f;
    theta[p] = f * (at(sums, p) - level);
    variance[p] = v * v * f + f * f * spread;
  }
  const columnVariance = Float64Array.from({ length: order }, (_, c) => at(covariance, c * order + c));
  return { theta, variance, columnVariance, shrinkage, cross };
}

/** N A^-1 for all proposals: per column of A^-1 the sum over the columns of a proposal. */
function crossOf(statistics: Statistics, covariance: Float64Array): Float64Array {
  const { order, sums } = statistics;
  const size = sums.length;
  const cross = new Float64Array(order * size);
  for (let p = 0; p < size; p++)
    forEachColumn(statistics, p, (member, x) => {
      for (let c = 0; c < order; c++) add(cross, c * size + p, x * at(covariance, member * order + c));
    });
  return cross;
}

/** The row of N of a proposal: 1 for each of its reviewers, and the number of its reviews for the level. */
export function forEachColumn(
  { design: { starts, reviewerOf }, order, learnsLevel }: Statistics,
  p: number,
  visit: (column: number, x: number) => void,
): void {
  const [from, until] = [at(starts, p), at(starts, p + 1)];
  for (let i = from; i < until; i++) visit(at(reviewerOf, i), 1);
  if (learnsLevel) visit(order - 1, until - from);
}

function isLevel({ order, learnsLevel }: Statistics, column: number): boolean {
  return learnsLevel && column === order - 1;
}
