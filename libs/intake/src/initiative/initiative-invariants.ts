import type { Invariant } from '#lib/engine';

/** What must hold of initiatives at every moment. */
export const INITIATIVE_INVARIANTS: readonly Invariant[] = [
  {
    code: 'initiative-matched-has-an-offer',
    rule: 'An initiative that was matched has an offer.',
    sql: `select region, id from initiative i where state = 'Matched' and not exists (select 1 from offer_match m where m.initiative_id = i.id)`,
  },
  {
    code: 'initiative-match-of-a-confirmed-offer',
    rule: 'Only offers that were confirmed by their mail are matched.',
    sql: `select m.region, m.offer_id as id from offer_match m join help_offer o on o.id = m.offer_id where o.confirmed_at is null`,
  },
  {
    code: 'initiative-waits-within-a-term',
    rule: 'An initiative that waits for the desk has a term that runs, or a task that says that it ran out.',
    sql: `select region, id from initiative i where phase = 'submitted' and not exists (select 1 from term t where t.subject_id = i.id and t.state in ('running', 'expired'))`,
  },
];
