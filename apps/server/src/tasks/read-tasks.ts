import { appliesTo, scopeOf } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant, Text } from '#lib/kernel';

/** Open subjects of one kind in one state of one call, as far as the reader may see them. */
export interface OpenGroup {
  readonly kind: 'proposal' | 'review' | 'call';
  readonly call: { readonly id: string; readonly number: string; readonly name: Text };
  readonly state: string;
  readonly phase: string;
  readonly workflow: string;
  readonly rulesHash: string;
  /** Roles of the reader towards these subjects. */
  readonly roles: readonly string[];
  readonly count: number;
  /** The one whose term ends first. */
  readonly first: { readonly id: string; readonly title: string };
  /** When the first term of the group ends. */
  readonly due: Instant | null;
}

/** A task that something raised, because a term passed or a mail did not arrive. */
export interface RaisedTask {
  readonly id: string;
  readonly kind: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly raisedAt: Instant;
}

const TERM = (subject: string): string =>
  `(select min(t.due_at) from term t where t.subject_id = ${subject} and t.state = 'running')`;
const CALL = `jsonb_build_object('id', c.id, 'number', c.number, 'name', jsonb_build_object('nl', c.name_nl, 'en', c.name_en))`;

/** An own draft or review is a group of its own: a person goes to it, not to a list. */
const OPEN = {
  name: 'open-for-me',
  text: `with seen as (
    select 'proposal' as kind, p.id, p.title, p.call_id, p.state, p.phase, p.workflow, ${TERM('p.id')} as due,
        case when ${appliesTo('p')} then '["lead-applicant"]'::jsonb else app.staff_roles(p.region, app.actor()) end as roles,
        case when ${appliesTo('p')} then p.id end as own
      from proposal p where p.phase <> 'ended' and ${scopeOf('proposal', 'p')}
    union all
    select 'review', r.id, p.title, r.call_id, r.state, r.phase, r.workflow, ${TERM('r.id')}, '["assigned-reviewer"]', r.id
      from review r join proposal p on p.id = r.proposal_id where r.reviewer_id = app.actor() and r.phase <> 'ended'
    union all
    select 'call', c.id, c.name_nl, c.id, c.state, c.phase, c.workflow, ${TERM('c.id')}, app.staff_roles(c.region, app.actor()), c.id
      from call c where c.phase not in ('announced', 'ended') and app.staff_roles(c.region, app.actor()) <> '[]')
  select s.kind, ${CALL} as call, s.state, s.phase, s.workflow, c.rules_hash as "rulesHash", s.roles, count(*)::int as count, min(s.due) as due,
    (array_agg(jsonb_build_object('id', s.id, 'title', s.title) order by s.due nulls last, s.id))[1] as first
  from seen s join call c on c.id = s.call_id
  group by s.kind, c.id, s.state, s.phase, s.workflow, s.roles, s.own order by min(s.due) nulls last limit 500`,
};
const RAISED = {
  name: 'raised-for-me',
  text: `select id, kind, subject_kind as "subjectKind", subject_id as "subjectId", raised_at as "raisedAt" from task
    where done_at is null and app.staff_roles(region, app.actor()) ? for_role order by raised_at limit 50`,
};

/** Everything open that the reader could have to do with; the workflow says what waits for whom. */
export async function readOpen(tx: Transaction): Promise<readonly OpenGroup[]> {
  return tx.query<OpenGroup>(OPEN, []);
}

export async function readRaised(tx: Transaction): Promise<readonly RaisedTask[]> {
  return tx.query<RaisedTask>(RAISED, []);
}
