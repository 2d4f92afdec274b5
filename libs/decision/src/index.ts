/** From scores to a decision that everybody hears at once. */
export { decisionEffects } from './decision-effects.js';
export { groundParagraph, type GroundValues } from './ground-texts.js';
export { AmountAboveAdvice, AmountBelowMinimum, PartialAwardNotAllowed } from './amount.js';
export { CALL_EFFECTS } from './announce.js';
export { readArrivals, type ArrivalRow, type Arrivals } from './read-arrivals.js';
export { readLots, type LotsView } from './read-lots.js';
export { decisionNotices } from './decision-notices.js';
export { MakeRanking } from './make-ranking.js';
export { CallIsNotRanked, NothingToRank, ScoresAreOutdated } from './rank-call.js';
export { newestAdviceDocument } from './read-advice-document.js';
export { readWaiverDocument } from './read-waiver-document.js';
export { waiverLetter, type WaiverFigures } from './letter/waiver-letter.js';
export type { RankingModel } from './rank-by-regulation.js';
export { readStanding, type Standing } from './read-standing.js';
export { rankingLetter, type RankingFigures } from './letter/ranking-letter.js';
export { adviceLetter, type AdviceFigures } from './letter/advice-letter.js';
export { readMargins, type Margins } from './read-margins.js';
export { newestRanking, newestRankingDocument, type RankingView } from './read-rankings.js';
export { listCallsToDecide, readBoard, readDraftVolume, type BoardRow, type CallToDecide } from './read-board.js';
export type { DecisionFigures } from './decision-figures.js';
export {
  listDecisionVersions,
  readDecision,
  readDecisionVersion,
  type DecisionVersion,
  type DecisionView,
} from './read-decision.js';
export { decisionLetter } from './letter/decision-letter.js';
export { GROUNDS, type DraftOutcome } from './draft.js';
export { DECISION_MESSAGES } from './messages.js';
export { ROUND_INVARIANTS } from './round-invariants.js';
export { AddObjectionFile } from './add-objection-file.js';
export { ObjectedAlready, RegisterObjection } from './register-objection.js';
export { AnnouncedDecisionStays } from './deciding.js';
export { readAftermath, type Aftermath } from './read-aftermath.js';
export { readObjections, type ObjectionView } from './read-objections.js';
export { AskExplanation, type WantedExplanation } from './explanation/ask-explanation.js';
export { GiveExplanation } from './explanation/give-explanation.js';
export { listExplanations, type ExplanationView } from './explanation/read-explanations.js';
