/** From scores to totals and places, in exact fractions; and from places to how sure they are. */
export { CriterionNotScored, isOnScale, reviewTotal, type CriterionScores, type ScoringRubric } from './rubric.js';
export { countedReviews, totalsDiffer } from './counted-reviews.js';
export { meetsThreshold, scoreProposal, type ProposalScore } from './proposal-score.js';
export { rankByMean, type Ranked } from './rank-by-mean.js';
export { rankByExpectedRank } from './rank-by-expected.js';
export { rankPanel } from './ranking/rank-panel.js';
export type { AccountedRanking, RankedProposal, RankModel, Ranking } from './ranking/ranking.js';
export { panelOf, type RankInput } from './ranking/rank-input.js';
export { rankCalculator } from './ranking/rank-calculator.js';
