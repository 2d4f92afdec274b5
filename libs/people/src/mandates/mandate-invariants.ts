import type { Invariant } from '#lib/engine';

/** What must hold of mandates at every moment. */
export const MANDATE_INVARIANTS: readonly Invariant[] = [
  {
    code: 'nobody-gave-themselves-a-mandate',
    rule: 'Nobody holds a mandate that they gave to themselves.',
    sql: `select m.region, m.id from mandate m join person h on h.email = m.holder where h.id = m.given_by`,
  },
  {
    code: 'mandate-of-a-known-board',
    rule: 'A mandate is of a school board that the registry of schools knows.',
    sql: `select region, id from mandate m where not exists (select 1 from school_site s where s.board = m.board)`,
  },
  {
    code: 'mandate-rests-on-something',
    rule: 'A mandate was given by who signed for its board, or says on what it rests.',
    sql: `select m.region, m.id from mandate m join person g on g.id = m.given_by where m.evidence is null and not exists (
      select 1 from mandate s where s.board = m.board and s.is_signatory and s.holder = g.email and s.given_at <= m.given_at
        and (s.ended_at is null or s.ended_at >= m.given_at))`,
  },
];
