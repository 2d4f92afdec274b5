import { handles } from '#lib/access';
import type { Database, Transaction } from '#lib/database';
import type { CalendarDate, Instant, Text } from '#lib/kernel';

/** Work that no state of a workflow waits for. */
export interface WaitingWork {
  readonly kind:
    'questions' | 'check' | 'explanation' | 'consultation' | 'reviews-are-in' | 'prepare' | 'reviewer-shut-out';
  /** Id of what is opened; of several, their call's. */
  readonly id: string;
  /** Null where there is no call. */
  readonly callId: string | null;
  readonly call: Text | null;
  /** Title or number of what it is about; empty for several. */
  readonly title: string;
  readonly count: number;
  /** Last day on which it helps. */
  readonly lastDay: CalendarDate | null;
}

const IS = (role: string, alias: string): string => `app.staff_roles(${alias}.region, app.actor()) ? '${role}'`;
const IN_HAND = (phase: string): string => `p.phase = '${phase}' and ${handles('p')} and ${IS('secretary', 'p')}`;
const DAY = (subject: string): string =>
  `(select min(t.last_day) from term t where t.subject_id = ${subject} and t.state = 'running')`;

/** An explanation helps before the last day to object; a check is over once its draft was submitted. */
const WAITING = {
  name: 'waiting-for-me',
  text: `with work as (
    select 'questions' as kind, q.call_id as id, q.call_id, '' as title, count(*)::int as count, null::date as last_day
      from public_question q where q.state = 'open' and ${IS('secretary', 'q')} group by q.call_id
    union all
    select 'check', k.id, k.call_id, p.number, 1, k.answer_by from completeness_check k join proposal p on p.id = k.proposal_id
      where k.answered_at is null and p.phase = 'preparing' and ${IS('secretary', 'k')}
    union all
    select 'explanation', p.id, p.call_id, p.title, 1, a.objection_last_day from explanation_request x
      join proposal p on p.id = x.proposal_id join lateral app.announcement_of(p.id) a on true
      where x.answered_at is null and ${handles('p')} and ${IS('secretary', 'p')}
    union all
    select 'reviews-are-in', p.call_id, p.call_id, '', count(*)::int, min(${DAY('p.id')}) from proposal p where ${IN_HAND('in-review')}
      and exists (select 1 from review r where r.proposal_id = p.id and r.phase = 'submitted')
      and not exists (select 1 from review r where r.proposal_id = p.id and r.phase in ('preparing', 'in-review')) group by p.call_id
    union all
    select 'reviewer-shut-out', p.call_id, p.call_id, '', count(*)::int, min(${DAY('p.id')}) from review r join proposal p on p.id = r.proposal_id
      join person w on w.id = r.reviewer_id and w.disabled_at is not null
      where r.phase in ('preparing', 'in-review') and ${handles('p')} and ${IS('secretary', 'p')} group by p.call_id
    union all
    select 'prepare', p.call_id, p.call_id, '', count(*)::int, min(${DAY('p.id')}) from proposal p where ${IN_HAND('advised')}
      and not exists (select 1 from decision_draft d where d.proposal_id = p.id) group by p.call_id
    union all
    select 'consultation', n.initiative_id, null, '', 1, null from consultation n where n.answer is null and app.is_desk(n.region, app.actor()))
  select w.kind, w.id, w.call_id as "callId", w.title, w.count, w.last_day::text as "lastDay",
      case when c.id is not null then jsonb_build_object('nl', c.name_nl, 'en', c.name_en) end as call
    from work w left join call c on c.id = w.call_id order by w.last_day nulls last limit 200`,
};
const PARTS = {
  name: 'parts-asked-of-me',
  text: `select id, title, organisation, "askedAt" from app.parts_asked_of($1)`,
};

/** What waits for the reader besides the states of workflows, soonest first. */
export async function readWaiting(tx: Transaction): Promise<readonly WaitingWork[]> {
  return tx.query<WaitingWork>(WAITING, []);
}

/** A part in somebody's proposal that the person was asked by mail to confirm; the link is in that mail alone. */
export interface AskedPart {
  readonly id: string;
  readonly title: string;
  readonly organisation: string;
  readonly askedAt: Instant;
}

/** Over all regions: who confirms a part takes no other part in its region. */
export async function readAskedParts(database: Database, personId: string): Promise<readonly AskedPart[]> {
  return database.ask<AskedPart>(PARTS, [personId]);
}
