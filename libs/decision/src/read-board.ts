import { handles } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Outcome } from '#lib/intake';
import type { Phase } from '#lib/workflow';
import type { DraftOutcome, Ground } from './draft.js';

/** A proposal of a call on the board of its staff: reviews, place, advice and decision beside each other. */
export interface BoardRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
  readonly phase: Phase;
  readonly state: string;
  readonly workflow: string;
  /** Whether it was received after the closing. */
  readonly isLate: boolean;
  readonly requestedCents: number | null;
  readonly minimumCents: number | null;
  /** Rounded mean of all reviews; null before they were closed. */
  readonly total: string | null;
  readonly meetsThreshold: boolean | null;
  /** Place in the newest ranking; equal totals share the mean of their places. */
  readonly position: number | null;
  /** Total of each review that was handed in, on the scale of the rubric; without names, in no order. */
  readonly reviewTotals: readonly number[];
  readonly reviewsAsked: number;
  readonly reviewsIn: number;
  /** Members who do not take part because of an interest. */
  readonly interests: number;
  readonly advice: {
    readonly outcome: 'grant' | 'refuse';
    readonly amountCents: number | null;
    readonly givenBy: string;
    /** False when a score that it rests on moved since. */
    readonly holds: boolean;
  } | null;
  readonly draft: {
    readonly outcome: DraftOutcome;
    readonly ground: Ground | null;
    readonly amountCents: number | null;
    readonly reasons: string;
    readonly deviationReason: string;
    readonly preparedBy: string;
    readonly preparedByName: string;
    /** On the ground of a condition, and no condition reads "not met" (any more). */
    readonly isDoubtful: boolean;
  } | null;
  readonly outcome: Outcome | null;
  readonly amountCents: number | null;
  /** Place on the reserve list; null when it has none. */
  readonly reservePlace: number | null;
}

const REVIEW_TOTAL = `(select case when c.parameters #>> '{rubric,total}' = 'sum' then sum(s.score)
    else sum(s.score * (k ->> 'weight')::numeric) / sum((k ->> 'weight')::numeric) end
  from review_score s join jsonb_array_elements(c.parameters #> '{rubric,criteria}') k on k ->> 'key' = s.criterion
  where s.review_id = r.id)`;

const BOARD = {
  name: 'board-of-call',
  text: `with interests as materialized (select i.person_id, i.proposal_id, app.interest_reach(i) as reach from interest i where i.call_id = $1)
    select p.id, p.number, p.title, p.organisation, p.phase, p.state, p.workflow, p.total::text as total,
      coalesce(p.received_at >= (app.moments_of(c)).ends_at, false) as "isLate",
      (p.content #>> '{budget,requestedCents}')::float8 as "requestedCents", (p.content #>> '{budget,minimumCents}')::float8 as "minimumCents",
      e.meets_threshold as "meetsThreshold", e.position::float8 as position, p.outcome, p.amount_cents::float8 as "amountCents",
      (select d.reserve_place from decision d where d.proposal_id = p.id and d.undone_at is null) as "reservePlace",
      coalesce(rv.totals, '[]') as "reviewTotals", coalesce(rv.asked, 0)::int as "reviewsAsked", coalesce(rv.submitted, 0)::int as "reviewsIn",
      (select count(distinct i.person_id)::int from interests i where i.proposal_id = p.id or app.is_reached(p, i.reach)) as interests,
      (select jsonb_build_object('outcome', v.outcome, 'amountCents', v.amount_cents, 'givenBy', v.given_by,
          'holds', app.advice_holds(p)) from advice v where v.proposal_id = p.id
        order by v.given_at desc limit 1) as advice,
      (select jsonb_build_object('outcome', d.outcome, 'ground', d.ground, 'amountCents', d.amount_cents, 'reasons', d.reasons,
          'deviationReason', d.deviation_reason, 'preparedBy', d.prepared_by, 'preparedByName', o.name,
          'isDoubtful', coalesce(d.ground = 'condition' and app.eligible(p, c, null) is distinct from false, false))
        from decision_draft d join person o on o.id = d.prepared_by where d.proposal_id = p.id) as draft
    from proposal p join call c on c.id = p.call_id
      left join ranking_entry e on e.proposal_id = p.id and e.ranking_id = (select id from ranking n where n.call_id = c.id order by n.made_at desc limit 1)
      left join lateral (select count(*) filter (where r.phase <> 'ended') as asked, count(*) filter (where r.phase = 'submitted') as submitted,
          jsonb_agg(${REVIEW_TOTAL}::float8) filter (where r.phase = 'submitted') as totals from review r where r.proposal_id = p.id) rv on true
    where p.call_id = $1 and ${handles('p')}
    order by e.position nulls last, app.arrival_day(p.arrived_at) nulls last, (select l.place from lots_entry l where l.proposal_id = p.id) nulls last,
      p.number`,
};

/** Everything of a call that its staff may see, best first or in order of arrival; what the reader has an interest in, or applies with, is left out. */
export async function readBoard(tx: Transaction, callId: string): Promise<readonly BoardRow[]> {
  return tx.query<BoardRow>(BOARD, [callId]);
}

/** Drafts that nobody submitted yet: how many and for how much, and no more than that; null below three, because one or two could be recognised. */
export interface DraftVolume {
  readonly count: number;
  readonly requestedCents: number;
}

const DRAFTS = {
  name: 'drafts-of-call',
  text: `select count(*)::int as count, coalesce(sum((content #>> '{budget,requestedCents}')::float8), 0) as "requestedCents" from proposal
    where call_id = $1 and phase = 'preparing' and app.staff_roles(region, app.actor()) <> '[]' having count(*) >= 3`,
};

export async function readDraftVolume(tx: Transaction, callId: string): Promise<DraftVolume | null> {
  const [volume] = await tx.query<DraftVolume>(DRAFTS, [callId]);
  return volume ?? null;
}

/** Calls of these regions in which something lies before the decider. */
export interface CallToDecide {
  readonly id: string;
  readonly region: string;
  readonly number: string;
  readonly name: { readonly nl: string; readonly en: string };
  readonly ceilingCents: number;
  readonly awardedCents: number;
  readonly rulesHash: string;
}

const TO_DECIDE = {
  name: 'calls-to-decide',
  text: `select c.id, c.region, c.number, jsonb_build_object('nl', c.name_nl, 'en', c.name_en) as name, l.total_cents::float8 as "ceilingCents",
      l.awarded_cents::float8 as "awardedCents", c.rules_hash as "rulesHash"
    from call c join ceiling l on l.call_id = c.id
    where app.staff_roles(c.region, app.actor()) ? 'decider' and exists (select 1 from proposal p where p.call_id = c.id
      and (p.phase in ('screening', 'advised') or (p.phase = 'decided' and ((c.announced_at is null and not app.in_order_of_arrival(c))
        or p.outcome = 'refused' and exists (select 1 from decision_draft d where d.proposal_id = p.id and d.outcome = 'grant')))))
    order by c.closes_at limit 50`,
};

export async function listCallsToDecide(tx: Transaction): Promise<readonly CallToDecide[]> {
  return tx.query<CallToDecide>(TO_DECIDE, []);
}
