import type { CalculatorTools } from '#lib/kernel';
import { designOf, type Panel } from './panel.js';
import { placeByLine, placeByMean, placeWithoutInformation, type Placements } from './placement.js';
import { posteriorOf, type Posterior } from './posterior.js';
import { ALONE, part } from './tools.js';
import { DRAWS } from './rank-distribution.js';
import type { AccountedRanking, Effect, RankModel, RankedProposal, RankedReviewer } from './ranking.js';
import { rawRanksOf, type RawRank } from './raw-ranks.js';
import { rounded } from './rounded.js';
import { standingsOf } from './standings.js';
import { at } from './vector.js';
import { warningsOf } from './warnings.js';

/**
 * Ranks the proposals of a panel, with `places` to be funded. The answer depends on what was scored, not on the order of rows.
 * Throws RankingCancelled.
 */
export function rankPanel(panel: Panel, model: RankModel, places: number, tools = ALONE): AccountedRanking {
  const [design, raw] = [designOf(panel), rawRanksOf(panel)];
  const isFlat = design.y.every((y) => y === design.y[0]);
  const posterior = model === 'mean' || isFlat ? undefined : posteriorOf(design, model, part(tools, 0, 0.5));
  const placements =
    model === 'mean'
      ? placeByMean(raw, design.reviewers, places)
      : posterior === undefined
        ? placeWithoutInformation(design.proposals, design.reviewers, places)
        : placeByPosterior(posterior, places, part(tools, 0.5, 1));
  const accuracy = posterior === undefined ? null : { ...posterior.accuracy, draws: DRAWS };
  return {
    ranking: rounded({
      model,
      scaleMappedTo: [1, 6] as const,
      proposals: panel.proposals.map((id) => proposalOf(id, raw, placements)),
      reviewers: reviewersOf(panel, placements),
      fundingLine: placements.fundingLine,
      spread: placements.spread,
      warnings: warningsOf(panel, design, raw, { isFlat, moved: accuracy?.expectedRankMoved ?? 0 }),
    }),
    accuracy: rounded(accuracy),
  };
}

function placeByPosterior(posterior: Posterior, places: number, tools: CalculatorTools): Placements {
  const { proposals, reviewers } = posterior.statistics.design;
  const standings = standingsOf(posterior, places, tools);
  const effects = proposals.map((_, p) => effectAt(posterior.proposals, p));
  const spreads = standings.map((standing, p) => ({ ...standing, effect: effects[p] ?? { mean: 0, sd: null } }));
  const { t, k, v } = posterior.spreads;
  return {
    ...placeByLine(proposals, spreads, places),
    reviewers: new Map(reviewers.map((id, r) => [id, effectAt(posterior.reviewers, r)])),
    spread: { proposal: t, reviewer: k, residual: v },
  };
}

function effectAt({ mean, sd }: Posterior['proposals'], place: number): Effect {
  return { mean: at(mean, place), sd: at(sd, place) };
}

/** A proposal without a score: not ranked. */
const UNRANKED = {
  ...{ reviews: 0, rawMean: null, rawRank: null, effect: null, expectedRank: null, pcer: null, rankSd: null },
  ...{ interval50: null, interval90: null, probabilityWithinLine: null, group: null, firm: null },
};

function proposalOf(id: string, raw: ReadonlyMap<string, RawRank>, placements: Placements): RankedProposal {
  const [own, placed] = [raw.get(id), placements.proposals.get(id)];
  if (own === undefined || placed === undefined) return { id, ...UNRANKED };
  const { effect, expectedRank, rankSd, interval50, interval90, probabilityWithinLine, group, firm } = placed;
  const pcer = (100 * (expectedRank - 0.5)) / raw.size;
  return {
    ...{ id, reviews: own.reviews, rawMean: own.mean, rawRank: own.rank, effect, expectedRank, pcer, rankSd },
    ...{ interval50, interval90, probabilityWithinLine, group, firm },
  };
}

function reviewersOf(panel: Panel, placements: Placements): RankedReviewer[] {
  const reviews = new Map<string, number>();
  for (const { reviewer } of panel.scores) reviews.set(reviewer, (reviews.get(reviewer) ?? 0) + 1);
  return panel.reviewers.map((id) => ({
    id,
    reviews: reviews.get(id) ?? 0,
    effect: placements.reviewers.get(id) ?? null,
  }));
}
