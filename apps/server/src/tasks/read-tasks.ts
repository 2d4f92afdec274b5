import { appliesTo, handles, scopeOf, writes, writesAlong } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { CalendarDate, Instant, Text } from '#lib/kernel';
import { askedTerm } from '#lib/review';

/** Open subjects of one kind in one state of one call, as far as the reader may see them. */
export interface OpenGroup {
  readonly kind: 'proposal' | 'review' | 'call' | 'initiative';
  /** Null for an initiative, which belongs to no call. */
  readonly call: { readonly id: string; readonly number: string; readonly name: Text } | null;
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

/** A mail that is lost unless somebody does something. */
export interface LostMail {
  readonly template: string;
  readonly name: string;
  readonly address: string;
}

/** A task that something raised, because a term passed or a mail did not arrive. */
export interface RaisedTask {
  readonly id: string;
  readonly kind: string;
  readonly subjectKind: string;
  /** What one opens to do it: of a review and of an objection, the proposal. */
  readonly openedId: string;
  /** What it is about; null for a mail and for the mail relay. */
  readonly title: string | null;
  /** The mail that did not arrive; null for anything else. */
  readonly mail: LostMail | null;
  /** Code of the reason, of a mail and of the relay. */
  readonly reason: string | null;
  /** What the relay said; for who operates. */
  readonly said: string | null;
  readonly raisedAt: Instant;
  /** Last day of the term that passed. */
  readonly lastDay: CalendarDate | null;
}

const TERM = (subject: string): string =>
  `(select min(app.told_due(t)) from term t where t.subject_id = ${subject} and t.state = 'running')`;
const CALL = `case when c.id is not null then
  jsonb_build_object('id', c.id, 'number', c.number, 'name', jsonb_build_object('nl', c.name_nl, 'en', c.name_en)) end`;

/** An own draft, review or initiative is a group of its own: a person goes to it, not to a list. */
const OPEN = {
  name: 'open-for-me',
  text: `with seen as (
    select 'proposal' as kind, p.id, p.title, p.call_id, p.state, p.phase, p.workflow, ${TERM('p.id')} as due,
        case when ${appliesTo('p')} then '["lead-applicant"]'::jsonb when ${writesAlong('p')} then '["co-writer"]' else app.staff_roles(p.region, app.actor()) end as roles,
        case when ${writes('p')} then p.id end as own, null as rules_hash
      from proposal p where p.phase <> 'ended' and ${scopeOf('proposal', 'p')}
    union all
    select 'review', r.id, p.title, r.call_id, r.state, r.phase, r.workflow, ${askedTerm('due_at')}, '["assigned-reviewer"]', r.id, null
      from review r join proposal p on p.id = r.proposal_id where r.reviewer_id = app.actor() and r.phase <> 'ended' and ${scopeOf('review', 'r')}
    union all
    select 'call', c.id, c.name_nl, c.id, c.state, c.phase, c.workflow, ${TERM('c.id')}, app.staff_roles(c.region, app.actor()), c.id, null
      from call c where c.phase not in ('announced', 'ended') and app.staff_roles(c.region, app.actor()) <> '[]'
    union all
    select 'initiative', i.id, i.title, null, i.state, i.phase, i.workflow, ${TERM('i.id')},
        case when i.started_by = app.actor() then '["owner"]'::jsonb when app.is_desk(i.region, app.actor()) then '["desk"]' else '[]' end,
        i.id, i.rules_hash
      from initiative i where i.phase <> 'ended' and ${scopeOf('initiative', 'i')})
  select s.kind, ${CALL} as call, s.state, s.phase, s.workflow, coalesce(s.rules_hash, c.rules_hash) as "rulesHash", s.roles,
    count(*)::int as count, min(s.due) as due,
    (array_agg(jsonb_build_object('id', s.id, 'title', s.title) order by s.due nulls last, s.id))[1] as first
  from seen s left join call c on c.id = s.call_id
  group by s.kind, c.id, s.state, s.phase, s.workflow, s.rules_hash, s.roles, s.own order by min(s.due) nulls last limit 500`,
};

/** The proposal that a lost mail is about: who may not handle it does not learn from a mail who reviews it. */
const ABOUT_PROPOSAL = `case l.view #>> '{aboutSubject,kind}' when 'proposal' then (l.view #>> '{aboutSubject,id}')::uuid
  when 'review' then (select lr.proposal_id from review lr where lr.id = (l.view #>> '{aboutSubject,id}')::uuid) end`;
const OPERATES = `exists (select from role_assignment a where a.person_id = app.actor() and a.role = 'platform-admin'
  and a.valid_from <= app_now() and (a.valid_until is null or a.valid_until > app_now()))`;

/** What was raised stays until its subject has gone on; about what the reader may not see, nothing is told. */
const RAISED = {
  name: 'raised-for-me',
  text: `select t.id, t.kind, t.subject_kind as "subjectKind", coalesce(p.id, t.subject_id) as "openedId", t.raised_at as "raisedAt",
      t.data ->> 'lastDay' as "lastDay", coalesce(p.title, i.title) as title, t.data ->> 'reason' as reason, t.data ->> 'said' as said,
      case when l.id is not null then jsonb_build_object('template', l.template, 'name', l.to_name, 'address', l.to_address) end as mail
    from task t
      left join outbox l on t.subject_kind = 'mail' and l.id = t.subject_id
      left join proposal lp on lp.id = ${ABOUT_PROPOSAL}
      left join review r on t.subject_kind = 'review' and r.id = t.subject_id and r.phase in ('preparing', 'in-review')
      left join document m on t.subject_kind = 'document' and m.id = t.subject_id
      left join objection o on t.subject_kind = 'objection' and o.id = t.subject_id
      left join proposal p on p.id = case t.subject_kind when 'proposal' then t.subject_id when 'review' then r.proposal_id when 'document' then m.proposal_id else o.proposal_id end
        and (o.id is not null or m.id is not null or p.phase not in ('decided', 'announced', 'ended')) and ${handles('p')}
      left join initiative i on t.subject_kind = 'initiative' and i.id = t.subject_id and i.phase = 'submitted'
    where t.done_at is null and (t.subject_kind not in ('proposal', 'review', 'initiative', 'objection', 'document') or coalesce(p.id, i.id) is not null)
      and (lp.id is null or ${handles('lp')})
      and case t.for_role when 'desk' then app.is_desk(t.region, app.actor()) when 'platform-admin' then ${OPERATES} else app.staff_roles(t.region, app.actor()) ? t.for_role end
    order by t.raised_at limit 50`,
};
const DONE = {
  name: 'task-is-done',
  text: `update task set done_at = app_now(), done_by = app.actor() where id = $1 and done_at is null and subject_kind in ('mail', 'call', 'objection', 'document')
    and app.staff_roles(region, app.actor()) ? for_role returning region`,
};

/** Everything open that the reader could have to do with; the workflow says what waits for whom. */
export async function readOpen(tx: Transaction): Promise<readonly OpenGroup[]> {
  return tx.query<OpenGroup>(OPEN, []);
}

export async function readRaised(tx: Transaction): Promise<readonly RaisedTask[]> {
  return tx.query<RaisedTask>(RAISED, []);
}

/** Marks a task about a mail, a call, an objection or a document as done; others end when their subject goes on. Null when it was done, or is not the actor's. */
export async function markDone(tx: Transaction, id: string): Promise<string | null> {
  const [done] = await tx.query<{ region: string }>(DONE, [id]);
  return done?.region ?? null;
}
