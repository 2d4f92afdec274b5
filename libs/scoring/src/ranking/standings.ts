import type { CalculatorTools } from '#lib/kernel';
import { doubtfulRanks, lastRankWithin, lineAt, type Standing } from './groups.js';
import type { Posterior } from './posterior.js';
import { part } from './tools.js';
import { countRanks, cumulativeRanks, type RankCounts } from './rank-distribution.js';
import { tiesOf } from './ties.js';
import { at, add } from './vector.js';

/** Where a proposal may come, from the distribution of its rank. */
export interface RankSpread extends Standing {
  readonly rankSd: number;
  readonly interval90: readonly [number, number];
}

/** Proposals with equal expected ranks have one distribution, the mean of theirs: shares[r - 1] = P(rank <= r). */
interface Tied {
  readonly members: readonly number[];
  readonly expectedRank: number;
  readonly rankSd: number;
  readonly shares: Float64Array;
}

const QUANTILES = [0.05, 0.25, 0.75, 0.95];

/** Counting errs by less than this, so that a quantile lies where the counted distribution is this near. */
const COUNTED_WITHIN = 0.012;

/**
 * Expected ranks and the distributions around them, in the order of the design: first counted, then estimated conditionally where an
 * interval may end or the line may lie. Throws RankingCancelled.
 */
export function standingsOf(posterior: Posterior, places: number, tools: CalculatorTools): readonly RankSpread[] {
  const counted = countRanks(posterior, part(tools, 0, 0.5));
  const ties = tiesOf(posterior.expectedRank).map((members) => tied(members, posterior.expectedRank, counted));
  const line = lineAt(
    ties.flatMap((tie) => tie.members.map(() => tie)),
    places,
  );
  const asked = new Map(ties.flatMap((tie) => tie.members.map((p) => [p, ranksToAsk(tie.shares, line)])));
  const ranks = Array.from(posterior.expectedRank, (_, p) => asked.get(p) ?? []);
  const estimated = cumulativeRanks(posterior, ranks, part(tools, 0.5, 1));
  for (const { members, shares } of ties)
    ranks[members[0] ?? 0]?.forEach((r, i) => (shares[r - 1] = meanOf(members, (p) => at(estimated[p] ?? shares, i))));
  const spreads = new Map(ties.flatMap((tie) => tie.members.map((p) => [p, spreadOf(tie)])));
  return ranks.flatMap((_, p) => spreads.get(p) ?? []);
}

function tied(members: readonly number[], expectedRanks: Float64Array, { counts, draws }: RankCounts): Tied {
  const size = expectedRanks.length;
  const expectedRank = meanOf(members, (p) => at(expectedRanks, p));
  const shares = new Float64Array(size);
  let [cumulated, squares] = [0, 0];
  for (let r = 1; r <= size; r++) {
    const share = meanOf(members, (p) => at(counts, p * size + r - 1)) / draws;
    cumulated += share;
    squares += share * (r - expectedRank) ** 2;
    add(shares, r - 1, cumulated);
  }
  return { members, expectedRank, rankSd: Math.sqrt(squares), shares };
}

/** The ranks that decide: around each quantile as far as counting may be off, and at the line. */
function ranksToAsk(shares: Float64Array, line: number | null): readonly number[] {
  const size = shares.length;
  const asked = new Set(line === null ? [] : [lastRankWithin(line), ...doubtfulRanks(line, size)]);
  for (const quantile of QUANTILES) {
    const [first, last] = [
      quantileOf(shares, quantile - COUNTED_WITHIN),
      quantileOf(shares, quantile + COUNTED_WITHIN),
    ];
    for (let r = first; r <= last; r++) asked.add(r);
  }
  return [...asked].filter((r) => r >= 1 && r <= size).sort((a, b) => a - b);
}

function spreadOf({ expectedRank, rankSd, shares }: Tied): RankSpread {
  const [low90 = 1, low50 = 1, high50 = 1, high90 = 1] = QUANTILES.map((quantile) => quantileOf(shares, quantile));
  return {
    ...{ expectedRank, rankSd },
    ...{ interval50: [low50, high50], interval90: [low90, high90] },
    within: (r) => (r < 1 ? 0 : at(shares, Math.min(r, shares.length) - 1)),
  };
}

/** The smallest r with P(rank <= r) >= q; rounding may leave the last share below 1. */
function quantileOf(shares: Float64Array, q: number): number {
  const found = shares.findIndex((share) => share >= q);
  return found === -1 ? shares.length : found + 1;
}

function meanOf(members: readonly number[], of: (p: number) => number): number {
  return members.reduce((sum, p) => sum + of(p), 0) / members.length;
}
