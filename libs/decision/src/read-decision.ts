import { scopeOf } from '#lib/access';
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
  /** Last day on which one can object, and why it is that day; null before the announcement. */
  readonly objectionLastDay: CalendarDate | null;
  readonly objectionBecause: unknown;
  readonly regime: 'AWB' | 'REGLEMENT';
  /** Exact means as n/d; null when nothing was scored. */
  readonly score: { readonly total: string; readonly criteria: Readonly<Record<string, string>> } | null;
  readonly rank: { readonly position: number; readonly of: number } | null;
  readonly advice: {
    readonly outcome: 'grant' | 'refuse';
    readonly amountCents: number | null;
    readonly reasons: Readonly<Record<string, string>>;
    /** Who advised (Awb 3:8): the members without an interest. */
    readonly members: readonly string[];
  } | null;
  /** Place and total of the last proposal that got money; null when none did, or nothing was ranked. */
  readonly line: { readonly position: number; readonly total: string } | null;
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

/** Who applies, and members, read it from the announcement on; staff as soon as it is taken. */
const READ = {
  name: 'read-decision',
  text: `select d.outcome, d.ground, d.amount_cents::float8 as "amountCents", d.reasons, d.deviation_reason as "deviationReason",
      d.decided_at as "decidedAt", coalesce(d.announced_at, a.announced_at) as "announcedAt",
      coalesce(d.objection_last_day, a.objection_last_day)::text as "objectionLastDay",
      coalesce(d.objection_because, a.objection_because) as "objectionBecause", d.reserve_place as "reservePlace", c.parameters ->> 'regime' as regime,
      case when p.total_exact is not null then jsonb_build_object('total', p.total_exact, 'criteria', p.criteria_exact) end as score,
      (select jsonb_build_object('position', e.position::float8, 'of', (select count(*) from ranking_entry o where o.ranking_id = e.ranking_id))
        from ranking_entry e join ranking r on r.id = e.ranking_id where e.proposal_id = p.id order by r.made_at desc limit 1) as rank,
      (select jsonb_build_object('outcome', v.outcome, 'amountCents', v.amount_cents, 'reasons', v.reasons, 'members',
          (select coalesce(jsonb_agg(m.name order by s.is_chair desc, m.name), '[]') from seat s join person m on m.id = s.person_id
            where s.call_id = p.call_id and s.created_at <= v.given_at and (s.ended_at is null or s.ended_at > v.given_at)
              and not exists (select 1 from interest i where i.proposal_id = p.id and i.person_id = s.person_id)))
        from advice v where v.proposal_id = p.id order by v.given_at desc limit 1) as advice,
      (select jsonb_build_object('position', e.position::float8, 'total', e.total_exact) from ranking_entry e join decision o
          on o.proposal_id = e.proposal_id and o.undone_at is null and o.outcome = 'granted'
        where e.ranking_id = (select r.id from ranking r where r.call_id = p.call_id order by r.made_at desc limit 1)
        order by e.position desc limit 1) as line,
      (p.content #>> '{budget,requestedCents}')::float8 as "requestedCents", (p.content #>> '{budget,totalCents}')::float8 as "totalCents",
      (p.content #>> '{budget,minimumCents}')::float8 as "minimumCents", p.received_at as "receivedAt",
      case when d.outcome = 'not-processed' then p.completion_asked_for end as "askedFor",
      exists (select 1 from decision b where b.proposal_id = p.id and b.reserve_place is not null and b.undone_at is not null) as "isPromotion",
      least(c.closes_at, c.closed_at) as "closesAt",
      (select coalesce(jsonb_agg(v ->> 'condition'), '[]') from jsonb_array_elements(p.eligibility) v where v ->> 'verdict' = 'not-met') as unmet
    from proposal p join call c on c.id = p.call_id join decision d on d.proposal_id = p.id and d.undone_at is null
      left join announcement a on a.call_id = p.call_id
    where p.id = $1 and ${scopeOf('proposal', 'p')}
      and (coalesce(d.announced_at, a.announced_at) is not null or (app.staff_roles(p.region, app.actor()) <> '[]' and p.lead_applicant <> app.actor()))`,
};

/** Null when there is none yet, or not for this viewer. */
export async function readDecision(tx: Transaction, proposalId: string): Promise<DecisionView | null> {
  const [decision] = await tx.query<DecisionView>(READ, [proposalId]);
  return decision ?? null;
}
