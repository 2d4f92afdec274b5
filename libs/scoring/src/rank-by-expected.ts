import { panelOf, type RankInput } from './ranking/rank-input.js';
import { rankPanel } from './ranking/rank-panel.js';
import type { Ranked } from './rank-by-mean.js';

/** Draws make intervals; expected ranks have no part in them. */
const ONE_DRAW = 1;

/**
 * Ranks by the place that each has on average over all that the scores leave open, with the strictness of reviewers taken out (`rank`, model
 * `crossed`). Who has the same expected rank, to a millionth, shares the mean of the places. Sorted by position, then id; who has no score is
 * left out.
 */
export function rankByExpectedRank(input: RankInput): readonly (Ranked & { readonly expectedRank: number })[] {
  const { ranking } = rankPanel(panelOf(input), { model: 'crossed', places: input.nFundable, draws: ONE_DRAW });
  const placed = ranking.proposals.flatMap(({ id, expectedRank }) =>
    expectedRank === null ? [] : [{ id, expectedRank }],
  );
  placed.sort((a, b) => a.expectedRank - b.expectedRank || (a.id < b.id ? -1 : 1));
  return placed.map(({ id, expectedRank }) => {
    const first = placed.findIndex((one) => one.expectedRank === expectedRank);
    const last = placed.findLastIndex((one) => one.expectedRank === expectedRank);
    return { id, expectedRank, position: (first + last) / 2 + 1 };
  });
}
