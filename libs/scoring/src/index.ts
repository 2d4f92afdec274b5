/** From scores to totals and places, in exact fractions. */
export { CriterionNotScored, isOnScale, reviewTotal, type CriterionScores, type ScoringRubric } from './rubric.js';
export { countedReviews, totalsDiffer } from './counted-reviews.js';
export { meetsThreshold, scoreProposal, type ProposalScore } from './proposal-score.js';
export { rankByMean, type Ranked } from './rank-by-mean.js';
