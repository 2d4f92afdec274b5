import type { Catalogue, FactSpec } from '#lib/workflow';

const fact = (type: FactSpec['type']): FactSpec => ({ type, owner: 'none', audience: 'all' });

/** What an initiative's workflow may speak of. Its own row is locked by every move, so its facts need no other lock. */
export const initiativeCatalogue: Catalogue = {
  subject: 'initiative',
  roles: ['owner', 'desk', 'system'],
  facts: {
    'initiative.matches': fact('int'),
    'initiative.converted': fact('bool'),
    'actor.id': fact('string'),
    receivedAt: fact('instant'),
    now: fact('instant'),
  },
  effects: ['record-registration', 'record-question', 'record-outcome'],
  templates: ['initiative-registered', 'initiative-asked-again', 'initiative-outcome'],
  payload: { answer: 'text', question: 'text' },
  evidence: ['registeredAt', 'outcome'],
  ledgers: [],
  tasks: ['initiative-overdue'],
  asks: {},
};
