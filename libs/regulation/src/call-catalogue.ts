import type { Catalogue, FactSpec } from '#lib/workflow';

const fact = (
  type: FactSpec['type'],
  owner: FactSpec['owner'] = 'call',
  audience: FactSpec['audience'] = 'all',
): FactSpec => ({
  type,
  owner,
  audience,
});
const staff = ['coordinator', 'secretary', 'chair', 'decider'];

/** What a call's workflow may speak of. */
export const callCatalogue: Catalogue = {
  subject: 'call',
  roles: ['coordinator', 'secretary', 'chair', 'decider', 'system'],
  facts: {
    'call.opensAt': fact('instant'),
    'call.closesAt': fact('instant'),
    /** Closing with the hidden grace minutes. */
    'call.endsAt': fact('instant'),
    'call.preparedBy': fact('string'),
    'call.announced': fact('bool'),
    /** The actor stands on the applicant's side of a proposal in it. */
    'call.actorApplies': fact('bool', 'call', staff),
    'call.ranked': fact('bool'),
    /** An outage is known that reached into the last hour before the closing. */
    'call.outageAtClosing': fact('bool'),
    'committee.complete': fact('bool', 'seat', staff),
    'proposals.undecided': fact('int', 'call', staff),
    'proposals.inReview': fact('int', 'call', staff),
    /** Proposals whose review was closed. */
    'proposals.reviewed': fact('int', 'call', staff),
    /** Decided, on an advice that holds no more. */
    'proposals.outdated': fact('int', 'call', staff),
    /** A commitment to lots that are not drawn yet, who made it, and when the public value exists. */
    'lots.open': fact('bool', 'call', staff),
    'lots.committedBy': fact('string', 'call', staff),
    'lots.publicAt': fact('instant', 'call', staff),
    'actor.id': fact('string', 'none'),
    receivedAt: fact('instant', 'none'),
    now: fact('instant', 'none'),
  },
  effects: ['publish', 'record-closing', 'extend', 'announce', 'record-finish', 'commit-lots', 'draw-lots'],
  templates: ['call-extended', 'call-closed-early'],
  payload: {
    reason: 'text',
    newClosing: 'instant',
    arrivalDay: 'date',
    publicSource: 'text',
    publicAt: 'instant',
    publicValue: 'text',
  },
  evidence: ['publishedBy', 'publishedAt', 'closesAt', 'closedAt', 'announcedBy', 'announcedAt'],
  ledgers: [],
  tasks: [],
  asks: { proposal: ['revive'] },
};
