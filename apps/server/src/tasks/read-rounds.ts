import type { Transaction } from '#lib/database';
import type { Text } from '#lib/kernel';
import { TOLD_MOMENTS, type CallMoments } from '#lib/regulation';

/** A call that is not closed yet, in numbers for who runs it. */
export interface RoundInHand extends CallMoments {
  readonly id: string;
  readonly number: string;
  readonly name: Text;
  /** Drafts and what they ask for together; null below three, because one or two could be recognised. */
  readonly drafts: { readonly count: number; readonly requestedCents: number } | null;
  readonly submitted: number;
  readonly questions: number;
  readonly checks: number;
}

/** Counts stand beside each other in one statement; each reads an index of its own. */
const READ = {
  name: 'rounds-in-hand',
  text: `select c.id, c.number, jsonb_build_object('nl', c.name_nl, 'en', c.name_en) as name, ${TOLD_MOMENTS},
      case when d.n >= 3 then jsonb_build_object('count', d.n, 'requestedCents', d.cents) end as drafts,
      (select count(*)::int from proposal p where p.call_id = c.id and p.phase not in ('preparing', 'ended')) as submitted,
      (select count(*)::int from public_question q where q.call_id = c.id and q.state = 'open') as questions,
      (select count(*)::int from completeness_check k join proposal p on p.id = k.proposal_id
        where k.call_id = c.id and k.answered_at is null and p.phase = 'preparing') as checks
    from call c cross join lateral (select count(*)::int as n, coalesce(sum((p.content #>> '{budget,requestedCents}')::float8), 0) as cents
      from proposal p where p.call_id = c.id and p.phase = 'preparing') d
    where c.phase = 'submitted' and c.closed_at is null and app.staff_roles(c.region, app.actor()) ?| array['secretary', 'coordinator']
    order by c.closes_at limit 50`,
};

/** The calls that the reader runs as secretary or coordinator, first to close first. */
export async function readRounds(tx: Transaction): Promise<readonly RoundInHand[]> {
  return tx.query<RoundInHand>(READ, []);
}
