import type { Effects } from './conditional-proposals.js';
import { ExpectedRanks } from './expected-rank.js';
import type { GridNode } from './grid.js';
import type { Spreads } from './spreads.js';
import type { Statistics } from './statistics.js';
import { add, at } from './vector.js';

/** Posterior means and standard deviations. */
export interface Moments {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/** What a grid says of a panel. */
export interface Summary {
  readonly expectedRank: Float64Array;
  readonly proposals: Moments;
  /** By column: the reviewers, then the level where it is learned. */
  readonly reviewers: Moments;
  /** Posterior means. */
  readonly spreads: Spreads;
}

/** Weighted sums over the nodes of a grid, in the order of the nodes. */
export class Mixture {
  private readonly expectedRanks: ExpectedRanks;
  private readonly proposals: MomentSums;
  private readonly columns: MomentSums;
  private readonly spreads = { t: 0, k: 0, v: 0 };

  constructor(statistics: Statistics) {
    this.expectedRanks = new ExpectedRanks(statistics);
    this.proposals = new MomentSums(statistics.sums.length);
    this.columns = new MomentSums(statistics.order);
  }

  add({ weight, t, k, v }: GridNode, effects: Effects, columnMeans: Float64Array): void {
    this.expectedRanks.add(weight, effects);
    this.proposals.add(weight, effects.theta, effects.variance);
    this.columns.add(weight, columnMeans, effects.columnVariance);
    this.spreads.t += weight * t;
    this.spreads.k += weight * k;
    this.spreads.v += weight * v;
  }

  summary(): Summary {
    return {
      expectedRank: this.expectedRanks.values,
      proposals: this.proposals.moments(),
      reviewers: this.columns.moments(),
      spreads: this.spreads,
    };
  }
}

/** Mean and variance of a mixture of normals, by first and second moments. */
class MomentSums {
  private readonly first: Float64Array;
  private readonly second: Float64Array;

  constructor(size: number) {
    [this.first, this.second] = [new Float64Array(size), new Float64Array(size)];
  }

  add(weight: number, mean: Float64Array, variance: Float64Array): void {
    for (let i = 0; i < this.first.length; i++) {
      add(this.first, i, weight * at(mean, i));
      add(this.second, i, weight * (at(variance, i) + at(mean, i) ** 2));
    }
  }

  moments(): Moments {
    const sd = this.second.map((square, i) => Math.sqrt(Math.max(0, square - at(this.first, i) ** 2)));
    return { mean: this.first, sd };
  }
}

/** The largest moves between two answers: of expected ranks, and of means and standard deviations of effects. */
export function movesBetween(
  a: Summary,
  b: Summary,
): { readonly expectedRankMoved: number; readonly effectMoved: number } {
  const effects = [
    [a.proposals.mean, b.proposals.mean],
    [a.proposals.sd, b.proposals.sd],
    [a.reviewers.mean, b.reviewers.mean],
    [a.reviewers.sd, b.reviewers.sd],
  ] as const;
  return {
    expectedRankMoved: largestMove(a.expectedRank, b.expectedRank),
    effectMoved: Math.max(...effects.map(([before, after]) => largestMove(before, after))),
  };
}

function largestMove(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - at(b, i))), 0);
}
