import type { Invariant } from '#lib/engine';

/** What must hold of parties at every moment. */
export const PARTY_INVARIANTS: readonly Invariant[] = [
  {
    code: 'payee-confirmed-this-account',
    rule: 'A payee that confirmed, confirmed the account that stands in the proposal.',
    sql: `select t.region, t.id from party t join proposal p on p.id = t.proposal_id where t.role = 'payee' and t.state = 'confirmed'
      and t.removed_at is null and t.account is distinct from p.content -> 'payee'`,
  },
  {
    code: 'part-answered-within-a-mandate',
    rule: 'Whoever answered a part without its link had a mandate to confirm then.',
    sql: `select t.region, t.id from party t join person h on h.id = t.answered_by where not exists (
      select 1 from mandate m where m.holder = h.email and 'confirm' = any (m.kinds) and m.given_at <= t.answered_at
        and (m.ended_at is null or m.ended_at >= t.answered_at))`,
  },
];
