/** From scores to a decision that everybody hears at once. */
export { ADVICE_EFFECTS } from './advice.js';
export { DRAFT_EFFECTS } from './draft.js';
export { DECIDING_EFFECTS } from './deciding.js';
export { ANNOUNCING_EFFECTS, CALL_EFFECTS } from './announce.js';
export { readArrivals, type ArrivalRow, type Arrivals } from './read-arrivals.js';
export { readLots, type LotsView } from './read-lots.js';
export { decisionNotices } from './decision-notices.js';
export { CallIsNotRanked, MakeRanking, NothingToRank } from './make-ranking.js';
export { newestRanking, type RankingView } from './read-rankings.js';
export { listCallsToDecide, readBoard, readDraftVolume, type BoardRow, type CallToDecide } from './read-board.js';
export { readDecision, type DecisionView } from './read-decision.js';
export { DECISION_MESSAGES } from './messages.js';
export { ROUND_INVARIANTS } from './round-invariants.js';
export { ObjectedAlready, ownObjection, RegisterObjection, type ObjectionView } from './register-objection.js';
