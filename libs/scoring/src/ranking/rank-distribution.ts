import type { CalculatorTools } from '#lib/kernel';
import { drawPanels, type Draw } from './draws.js';
import { quickCdf } from './normal.js';
import type { Posterior } from './posterior.js';
import { add, at } from './vector.js';

/** Draws: as many as make the conditional estimate err by at most 0.0032 (measured, 200 proposals included). */
export const DRAWS = 40_000;

/** How often each proposal came in each place: counts[p x P + r - 1] of `draws`. */
export interface RankCounts {
  readonly draws: number;
  readonly counts: Float64Array;
}

/** Counts the ranks of drawn panels. Throws RankingCancelled. */
export function countRanks(posterior: Posterior, tools: CalculatorTools, draws = DRAWS): RankCounts {
  const size = posterior.expectedRank.length;
  const counts = new Float64Array(size * size);
  drawPanels(posterior, draws, tools, ({ theta, ascending }) => {
    for (let p = 0; p < size; p++) add(counts, p * size + rankOf(at(theta, p), ascending) - 1, 1);
  });
  return { draws, counts };
}

/**
 * P(rank of p <= r) for the ranks that are asked of each proposal, estimated conditionally: when the reviewers and the other proposals
 * are drawn, p is normal and it lies within r when it beats the r-th largest of the others. Errs by half of what counting does.
 * Throws RankingCancelled.
 */
export function cumulativeRanks(
  posterior: Posterior,
  ranks: readonly (readonly number[])[],
  tools: CalculatorTools,
  draws = DRAWS,
): readonly Float64Array[] {
  const asked = ranks.map((list) => Int32Array.from(list));
  const sums = asked.map((list) => new Float64Array(list.length));
  drawPanels(posterior, draws, tools, (draw) => {
    for (let p = 0; p < sums.length; p++)
      addShares(sums[p] ?? new Float64Array(0), asked[p] ?? new Int32Array(0), draw, p);
  });
  return sums.map((sum) => sum.map((total) => total / draws));
}

function addShares(
  sums: Float64Array,
  ranks: Int32Array,
  { theta, mean, precision, ascending }: Draw,
  p: number,
): void {
  const [own, expected, root, size] = [at(theta, p), at(mean, p), at(precision, p), ascending.length];
  for (let i = 0; i < ranks.length; i++) {
    const r = at(ranks, i);
    if (r >= size) add(sums, i, 1);
    else {
      // Without p, the r-th largest of the others lies one further down when p itself is among the first r.
      const place = size - r;
      const rival = at(ascending, own >= at(ascending, place) ? place - 1 : place);
      add(sums, i, quickCdf((expected - rival) * root));
    }
  }
}

/** 1 + the number of values that are larger. */
function rankOf(value: number, ascending: Float64Array): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(ascending, middle) > value) high = middle;
    else low = middle + 1;
  }
  return 1 + ascending.length - low;
}
