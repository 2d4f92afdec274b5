import { Fraction } from '#lib/kernel';

/** One review's score on the scale of the panel, exact. */
export interface PanelScore {
  readonly proposal: string;
  readonly reviewer: string;
  readonly score: Fraction;
}

/** What a panel said, with scores that exist and lie on the scale; at most one for each proposal and reviewer. */
export interface Panel {
  readonly scale: { readonly min: Fraction; readonly max: Fraction };
  /** All ids, scored or not. */
  readonly proposals: readonly string[];
  readonly reviewers: readonly string[];
  readonly scores: readonly PanelScore[];
}

/** The scores as the models see them: without names, in an order that does not depend on the order of the input. */
export interface Design {
  /** Ids of the proposals with a score, ascending; the same for reviewers. */
  readonly proposals: readonly string[];
  readonly reviewers: readonly string[];
  /** The scores of proposal p are the rows from starts[p] up to starts[p + 1]. */
  readonly starts: Int32Array;
  /** By row: the place of the reviewer (ascending within a proposal), and the score mapped to 1-6. */
  readonly reviewerOf: Int32Array;
  readonly y: Float64Array;
}

/** Sorts by id (code units), so that sums run in one order whatever the order of rows, and maps each score to y = 1 + 5 (s - min)/(max - min). */
export function designOf({ scale, scores }: Panel): Design {
  const proposals = sortedIds(scores.map(({ proposal }) => proposal));
  const reviewers = sortedIds(scores.map(({ reviewer }) => reviewer));
  const [proposalAt, reviewerAt] = [placesOf(proposals), placesOf(reviewers)];
  const rows = scores
    .map(({ proposal, reviewer, score }) => ({
      p: proposalAt.get(proposal) ?? 0,
      r: reviewerAt.get(reviewer) ?? 0,
      y: toNumber(onOneToSix(scale, score)),
    }))
    .sort((a, b) => a.p - b.p || a.r - b.r);
  const starts = new Int32Array(proposals.length + 1);
  rows.forEach(({ p }, i) => (starts[p + 1] = i + 1));
  return {
    ...{ proposals, reviewers, starts },
    reviewerOf: Int32Array.from(rows, ({ r }) => r),
    y: Float64Array.from(rows, ({ y }) => y),
  };
}

/** A score on the scale from 1 to 6 that all models and all outputs use. */
export function onOneToSix({ min, max }: Panel['scale'], score: Fraction): Fraction {
  return Fraction.of(1n).add(Fraction.of(5n).times(score.subtract(min)).over(max.subtract(min)));
}

/** The nearest number to a fraction whose parts may be longer than a number can hold. */
export function toNumber({ numerator, denominator }: Fraction): number {
  const digits = Math.max(0, denominator.toString(2).length - 1_000);
  return Number(numerator >> BigInt(digits)) / Number(denominator >> BigInt(digits));
}

function sortedIds(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
}

function placesOf(ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map(ids.map((id, i) => [id, i]));
}
