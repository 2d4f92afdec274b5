import type { Catalogue, FactSpec } from '#lib/workflow';

const fact = (type: FactSpec['type'], owner: FactSpec['owner']): FactSpec => ({ type, owner, audience: 'all' });

/** What a review's workflow may speak of. */
export const reviewCatalogue: Catalogue = {
  subject: 'review',
  roles: ['assigned-reviewer', 'secretary', 'chair', 'system'],
  facts: {
    'review.complete': fact('bool', 'review'),
    'proposal.inReview': fact('bool', 'proposal'),
    'proposal.ended': fact('bool', 'proposal'),
    /** The decision on it was announced. */
    'proposal.told': fact('bool', 'proposal'),
    'reviewer.hasInterest': fact('bool', 'seat'),
    'call.reviewTerm': fact('string', 'call'),
    'actor.id': fact('string', 'none'),
    receivedAt: fact('instant', 'none'),
    now: fact('instant', 'none'),
  },
  effects: ['record-acceptance', 'record-decline', 'declare-interest', 'record-submission', 'clear-submission'],
  templates: [],
  payload: { reason: 'text' },
  evidence: ['acceptedAt', 'submittedAt', 'declinedReason'],
  ledgers: [],
  tasks: ['review-overdue'],
  asks: { proposal: ['rescore'] },
};
