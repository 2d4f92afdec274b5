import type { Catalogue, FactSpec } from '#lib/workflow';

const fact = (type: FactSpec['type'], owner: FactSpec['owner'], audience: FactSpec['audience'] = 'all'): FactSpec => ({
  type,
  owner,
  audience,
});
const staff = ['secretary', 'chair', 'decider', 'coordinator'];

/** What a proposal's workflow may speak of. */
export const proposalCatalogue: Catalogue = {
  subject: 'proposal',
  roles: ['lead-applicant', 'member', 'chair', 'secretary', 'coordinator', 'decider', 'system'],
  facts: {
    'proposal.complete': fact('bool', 'proposal'),
    /** Whether an open answer may still be repaired after closing. */
    'proposal.repairable': fact('bool', 'proposal', staff),
    'proposal.heard': fact('bool', 'proposal', staff),
    /** The last moment of the term for a completion, while it runs. */
    'completion.endsAt': fact('instant', 'proposal'),
    'eligibility.met': fact('bool', 'proposal'),
    /** The once-rule is all that stands against it. */
    'eligibility.onlyOnce': fact('bool', 'proposal', staff),
    /** Parties that did not confirm their part yet. */
    'parties.open': fact('int', 'proposal'),
    'call.opensAt': fact('instant', 'call'),
    'call.closesAt': fact('instant', 'call'),
    /** Closing with the hidden grace minutes; what arrives before it is in time. */
    'call.endsAt': fact('instant', 'call', staff),
    'call.draftsExpireAt': fact('instant', 'call', staff),
    'call.announced': fact('bool', 'call'),
    'call.availableCents': { ...fact('cents', 'ledger', staff), ledger: 'ceiling' },
    /** In order of arrival: undecided proposals that come first, and what they can get. */
    'arrival.waitingBefore': { ...fact('int', 'ledger', staff), ledger: 'ceiling' },
    'arrival.claimedBeforeCents': { ...fact('cents', 'ledger', staff), ledger: 'ceiling' },
    /** Those of the same day, as long as no lots were drawn. */
    'arrival.beside': { ...fact('int', 'ledger', staff), ledger: 'ceiling' },
    'arrival.claimedBesideCents': { ...fact('cents', 'ledger', staff), ledger: 'ceiling' },
    'arrival.claimCents': fact('cents', 'proposal', staff),
    'arrival.passes': fact('bool', 'proposal', staff),
    'call.reviewsPerProposal': fact('int', 'call', staff),
    'regulation.decisionTerm': fact('string', 'call'),
    'regulation.decisionTermSource': fact('string', 'call'),
    'regulation.completionTerm': fact('string', 'call'),
    'regulation.completionTermSource': fact('string', 'call'),
    'reviews.submitted': fact('int', 'review', staff),
    'reviews.open': fact('int', 'review', staff),
    /** The totals lie so far apart that the rubric asks for one review more. */
    'reviews.differ': fact('bool', 'review', staff),
    /** No review moved since the totals were computed; the newest ranking, and the newest advice, say what the scores say. */
    'scores.hold': fact('bool', 'proposal', staff),
    'ranking.holds': fact('bool', 'call', staff),
    'advice.holds': fact('bool', 'proposal', staff),
    /** Who applied was told the decision. */
    'proposal.told': fact('bool', 'proposal'),
    'committee.quorum': fact('int', 'call', staff),
    'committee.unconflicted': fact('int', 'seat', staff),
    /** Members of each kind whom nothing keeps away, and how many of each must be left; told while the scores lie before the committee. */
    'committee.experts': fact('int', 'seat', staff),
    'committee.fieldMembers': fact('int', 'seat', staff),
    'committee.quorumOfEachKind': fact('int', 'call', staff),
    'decision.prepared': fact('bool', 'proposal', staff),
    'decision.preparedBy': fact('string', 'proposal', staff),
    /** Who gave the newest advice; empty when there is none. */
    'decision.advisedBy': fact('string', 'proposal', staff),
    'decision.outcome': fact('string', 'proposal', staff),
    'decision.ground': fact('string', 'proposal', staff),
    'decision.amountCents': fact('cents', 'proposal', staff),
    'decision.followsAdvice': fact('bool', 'proposal', staff),
    'decision.deviationReason': fact('string', 'proposal', staff),
    'decision.restsOnOthersFacts': fact('bool', 'proposal', staff),
    /** It was announced, and gives an award or a place on the reserve list. */
    'decision.canBeWaived': fact('bool', 'proposal'),
    /** Place on the reserve list, and how many before it still fit in what is left of the budget. */
    'reserve.place': fact('int', 'proposal', staff),
    'reserve.ahead': { ...fact('int', 'ledger', staff), ledger: 'ceiling' },
    'actor.id': fact('string', 'none'),
    receivedAt: fact('instant', 'none'),
    now: fact('instant', 'none'),
  },
  effects: [
    ...['freeze-answers', 'record-missing', 'ask-view', 'record-hearing', 'invite-reviewers', 'freeze-scores'],
    ...['record-advice', 'prepare-decision', 'prepare-not-processing'],
    ...['record-award', 'record-refusal', 'record-not-processed', 'undo-decision', 'waive-decision'],
    ...['record-arrival', 'lose-place'],
    ...['take-back', 'restore-submitted'],
  ],
  templates: [
    ...['receipt', 'admitted', 'completion-request', 'draft-expired', 'withdrawn', 'withdrawn-from-review'],
    ...['taken-back', 'taken-back-from-desk', 'stands-again'],
    ...['hearing', 'heard', 'view-given', 'advice-given', 'decision-letter', 'deviation-told', 'promoted'],
    ...['waived', 'waiver-told'],
  ],
  payload: {
    reason: 'text',
    reasons: 'text',
    ground: 'text',
    missing: 'texts',
    note: 'text',
    about: 'text',
    view: 'text',
    outcome: 'text',
    amountCents: 'cents',
    reasonsPerCriterion: 'texts',
    deviationReason: 'text',
    restsOnOthersFacts: 'flag',
    /** The actor understands what follows, and wants it: true, or the move is refused. */
    confirmed: 'flag',
  },
  evidence: [
    ...['submittedBy', 'submittedAt', 'receivedAt', 'advisedBy', 'advisedAt', 'preparedBy', 'decidedBy', 'decidedAt'],
    ...['outcome', 'ground', 'amountCents', 'arrivedAt'],
  ],
  ledgers: ['ceiling'],
  tasks: ['decision-overdue', 'reviews-overdue', 'not-processing-overdue', 'reserve-list'],
  asks: { review: ['release'] },
};
