import { appliesTo, scopeOf } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { CalendarDate, Instant } from '#lib/kernel';
import type { Ground } from './draft.js';

/** A decision with what decided it. */
export interface DecisionView {
  readonly outcome: 'granted' | 'refused' | 'not-processed';
  readonly ground: Ground | null;
  readonly amountCents: number | null;
  readonly reasons: string;
  readonly deviationReason: string;
  readonly decidedAt: Instant;
  readonly announcedAt: Instant | null;
  /** When who applied gave up what it gives; the decision stays as it was announced. */
  readonly waivedAt: Instant | null;
  /** Last day on which one can object, and why it is that day; null before the announcement. */
  readonly objectionLastDay: CalendarDate | null;
  readonly objectionBecause: unknown;
  readonly regime: 'AWB' | 'REGLEMENT';
  /** Exact means as n/d; null when nothing was scored. */
  readonly score: { readonly total: string; readonly criteria: Readonly<Record<string, string>> } | null;
  readonly rank: {
    readonly position: number;
    readonly of: number;
    /** Whether a proposal that ranks no higher gets money. */
    readonly wasPassed: boolean;
  } | null;
  readonly advice: {
    readonly outcome: 'grant' | 'refuse';
    readonly amountCents: number | null;
    readonly reasons: Readonly<Record<string, string>>;
    /** Who advised (Awb 3:8): the members without an interest. */
    readonly members: readonly string[];
  } | null;
  /** Place and total of the last proposal that got money; null when none did, or nothing was ranked. */
  readonly line: { readonly position: number; readonly total: string } | null;
  /** Where money is given in order of arrival: the day on which the proposal was complete, its place, and who stood before it. */
  readonly arrival: {
    readonly day: CalendarDate;
    /** Place that lots gave it among those of its day. */
    readonly lot: number | null;
    readonly place: number;
    readonly before: readonly {
      readonly day: CalendarDate;
      readonly lot: number | null;
      readonly awardedCents: number | null;
    }[];
  } | null;
  readonly requestedCents: number | null;
  readonly totalCents: number | null;
  /** Below this the applicant cannot carry the plan out. */
  readonly minimumCents: number | null;
  /** Place on the reserve list, in a refusal for lack of money; null before the announcement. */
  readonly reservePlace: number | null;
  /** Whether it replaces a refusal with a place on the reserve list. */
  readonly isPromotion: boolean;
  /** What was to be completed, in a decision not to process. */
  readonly askedFor: unknown;
  /** Conditions that were not met when the proposal came in, by name. */
  readonly unmet: readonly string[];
  readonly receivedAt: Instant | null;
  readonly closesAt: Instant;
}

/** Those before it, without names: on an earlier day, or drawn before it on the same day; what they got is public once it was announced. */
const ARRIVAL = `(select jsonb_build_object('day', app.arrival_day(p.arrived_at), 'lot', l.place, 'place', jsonb_array_length(b.rows) + 1, 'before', b.rows)
  from (select 1) one left join lots_entry l on l.proposal_id = p.id cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('day', app.arrival_day(o.arrived_at), 'lot', k.place, 'awardedCents', n.amount)
        order by app.arrival_day(o.arrived_at), k.place, o.arrived_at), '[]') as rows
      from proposal o left join lots_entry k on k.proposal_id = o.id left join lateral (
        select d.amount_cents as amount from decision d join announcement e on e.decision_id = d.id
          where d.proposal_id = o.id and d.undone_at is null) n on true
      where o.call_id = p.call_id and o.id <> p.id and o.arrived_at is not null and (o.phase <> 'ended' or o.outcome = 'granted') and (
        app.arrival_day(o.arrived_at) < app.arrival_day(p.arrived_at)
        or app.arrival_day(o.arrived_at) = app.arrival_day(p.arrived_at) and k.place < l.place)) b
  where p.arrived_at is not null)`;

const IS_STAFF = `app.staff_roles(p.region, app.actor()) <> '[]' and not ${appliesTo('p')}`;
/** What became of the others is known with the announcement of the call, also to who was told the own decision before it. */
const KNOWS_ALL = `((${IS_STAFF}) or exists (select 1 from announcement n where n.call_id = p.call_id and n.decision_id is null))`;

/** Who applies, and members, read it from the announcement on; staff as soon as it is taken. */
const READ = {
  name: 'read-decision',
  text: `select d.outcome, d.ground, d.amount_cents::float8 as "amountCents", d.reasons, d.deviation_reason as "deviationReason",
      d.decided_at as "decidedAt", a.announced_at as "announcedAt", d.waived_at as "waivedAt",
      a.objection_last_day::text as "objectionLastDay",
      a.objection_because as "objectionBecause", d.reserve_place as "reservePlace", c.parameters ->> 'regime' as regime,
      case when p.total_exact is not null then jsonb_build_object('total', p.total_exact, 'criteria', p.criteria_exact) end as score,
      (select jsonb_build_object('position', e.position::float8, 'of', (select count(*) from ranking_entry o where o.ranking_id = e.ranking_id), 'wasPassed', app.was_passed(e))
        from ranking_entry e join ranking r on r.id = e.ranking_id where e.proposal_id = p.id order by r.made_at desc limit 1) as rank,
      (select jsonb_build_object('outcome', v.outcome, 'amountCents', v.amount_cents, 'reasons', v.reasons, 'members',
          (select coalesce(jsonb_agg(m.name order by s.is_chair desc, m.name), '[]') from seat s join person m on m.id = s.person_id
            where s.call_id = p.call_id and s.created_at <= v.given_at and (s.ended_at is null or s.ended_at > v.given_at)
              and s.person_id <> p.lead_applicant
              and not exists (select 1 from interest i where i.proposal_id = p.id and i.person_id = s.person_id)))
        from advice v where v.proposal_id = p.id order by v.given_at desc limit 1) as advice,
      (select jsonb_build_object('position', e.position::float8, 'total', e.total_exact) from ranking_entry e join decision o
          on o.proposal_id = e.proposal_id and o.undone_at is null and o.outcome = 'granted'
        where e.ranking_id = (select r.id from ranking r where r.call_id = p.call_id order by r.made_at desc limit 1) and ${KNOWS_ALL}
        order by e.position desc limit 1) as line,
      ${ARRIVAL} as arrival, (p.content #>> '{budget,requestedCents}')::float8 as "requestedCents",
      (p.content #>> '{budget,totalCents}')::float8 as "totalCents",
      (p.content #>> '{budget,minimumCents}')::float8 as "minimumCents", p.received_at as "receivedAt",
      case when d.outcome = 'not-processed' then p.completion_asked_for end as "askedFor",
      exists (select 1 from decision b where b.proposal_id = p.id and b.reserve_place is not null and b.undone_at is not null) as "isPromotion",
      (app.moments_of(c)).closes_at as "closesAt",
      case when d.ground is distinct from 'condition' then '[]' when app.only_once(p, c) then '["once"]'
        else (select coalesce(jsonb_agg(v ->> 'condition'), '[]') from jsonb_array_elements(p.eligibility) v where v ->> 'verdict' = 'not-met') end as unmet
    from proposal p join call c on c.id = p.call_id join decision d on d.proposal_id = p.id and d.undone_at is null
      left join lateral app.announcement_of(p.id) a on true
    where p.id = $1 and ${scopeOf('proposal', 'p')}
      and (a.call_id is not null or (${IS_STAFF}))`,
};

/** Null when there is none yet, or not for this viewer. */
export async function readDecision(tx: Transaction, proposalId: string): Promise<DecisionView | null> {
  const [decision] = await tx.query<DecisionView>(READ, [proposalId]);
  return decision ?? null;
}
