/** From scores to a decision that everybody hears at once. */
export { decisionEffects } from './decision-effects.js';
export { groundParagraph, type GroundValues } from './ground-texts.js';
export { AmountAboveAdvice, AmountBelowMinimum, PartialAwardNotAllowed } from './amount.js';
export { CALL_EFFECTS } from './announce.js';
export { decisionNotices } from './decision-notices.js';
export { MakeRanking, NothingToRank } from './make-ranking.js';
export { newestRanking, type RankingView } from './read-rankings.js';
export { listCallsToDecide, readBoard, readDraftVolume, type BoardRow, type CallToDecide } from './read-board.js';
export { readDecision, type DecisionView } from './read-decision.js';
export type { DraftOutcome } from './draft.js';
export { DECISION_MESSAGES } from './messages.js';
export { ROUND_INVARIANTS } from './round-invariants.js';
export { ObjectedAlready, ownObjection, RegisterObjection, type ObjectionView } from './register-objection.js';
