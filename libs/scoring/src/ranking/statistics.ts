import type { Design } from './panel.js';
import { add, at } from './vector.js';

/** Proposals with the same number of reviews: N_p = 1 for each reviewer of p, and n for the general level. */
export interface SameCount {
  readonly reviews: number;
  readonly proposals: number;
  /** Sum of N_p N_p', order x order. */
  readonly outer: Float64Array;
  /** Sum of N_p S_p, with S_p the sum of p's scores. */
  readonly moment: Float64Array;
  /** Sum of S_p^2. */
  readonly squares: number;
}

/**
 * All that the likelihood needs of the scores, so that its cost does not grow with the number of proposals. Scores are split into their
 * proposal's mean and what is left: both parts stay exact when a standard deviation goes to zero, where the textbook form
 * W'W/v^2 - N' diag(1/d) N/v^4 subtracts two numbers of the size 1/v^2.
 */
export interface Statistics {
  readonly design: Design;
  /** Number of columns: reviewers, and the general level where it is learned. */
  readonly order: number;
  readonly learnsLevel: boolean;
  /** What was subtracted from every score. */
  readonly centre: number;
  /** By proposal: sum of the centred scores. */
  readonly sums: Float64Array;
  /** Within proposals: sum of squares, W'z and W'W around each proposal's mean. */
  readonly withinSquares: number;
  readonly withinMoment: Float64Array;
  readonly withinOuter: Float64Array;
  readonly counts: readonly SameCount[];
}

type Growing<T> = { -readonly [K in keyof T]: T[K] };

/** A place in a row of N and what stands there. */
type Column = readonly [number, number];

export function statisticsOf(design: Design, centre: number, learnsLevel: boolean): Statistics {
  const order = design.reviewers.length + Number(learnsLevel);
  const within = { moment: new Float64Array(order), outer: new Float64Array(order * order), squares: 0 };
  const byCount = new Map<number, Growing<SameCount>>();
  const sums = new Float64Array(design.proposals.length);
  for (let p = 0; p < sums.length; p++) {
    const rows = rowsOf(design, p);
    const reviews = rows.y.length;
    const sum = rows.y.reduce((total, y) => total + (y - centre), 0);
    sums[p] = sum;
    addWithin(within, order, rows, centre + sum / reviews);
    const columns = Array.from(rows.reviewers, (r): Column => [r, 1]);
    if (learnsLevel) columns.push([order - 1, reviews]);
    const same = byCount.get(reviews) ?? noneOf(reviews, order);
    byCount.set(reviews, same);
    addMean(same, order, columns, sum);
  }
  return {
    ...{ design, order, learnsLevel, centre, sums },
    ...{ withinSquares: within.squares, withinMoment: within.moment, withinOuter: within.outer },
    counts: [...byCount.values()].sort((a, b) => a.reviews - b.reviews),
  };
}

interface Rows {
  readonly reviewers: Int32Array;
  readonly y: Float64Array;
}

function rowsOf({ starts, reviewerOf, y }: Design, p: number): Rows {
  const [from, until] = [at(starts, p), at(starts, p + 1)];
  return { reviewers: reviewerOf.subarray(from, until), y: y.subarray(from, until) };
}

function addWithin(
  within: { moment: Float64Array; outer: Float64Array; squares: number },
  order: number,
  { reviewers, y }: Rows,
  mean: number,
): void {
  reviewers.forEach((r, i) => {
    add(within.moment, r, at(y, i) - mean);
    within.squares += (at(y, i) - mean) ** 2;
    for (const other of reviewers) add(within.outer, r * order + other, Number(r === other) - 1 / y.length);
  });
}

function addMean(same: Growing<SameCount>, order: number, columns: readonly Column[], sum: number): void {
  same.proposals += 1;
  same.squares += sum * sum;
  for (const [a, x] of columns) {
    add(same.moment, a, x * sum);
    for (const [b, z] of columns) add(same.outer, a * order + b, x * z);
  }
}

function noneOf(reviews: number, order: number): Growing<SameCount> {
  return {
    ...{ reviews, proposals: 0, squares: 0 },
    ...{ outer: new Float64Array(order * order), moment: new Float64Array(order) },
  };
}
