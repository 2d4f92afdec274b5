import { appliesTo, scopeOf, writes, writesAlong, type Page, type PageRequest } from '#lib/access';
import type { Verdict } from '#lib/conditions';
import type { Transaction } from '#lib/database';
import type { Instant, Text } from '#lib/kernel';
import type { Phase } from '#lib/workflow';
import { ATTACHMENTS, type AttachmentView } from './attachment/attachment.js';
import { STANDINGS, type Standing } from './party/taking-part.js';

export type Outcome = 'granted' | 'refused' | 'not-processed';

/** A proposal as one reader may see it: who applies learns the outcome from its announcement, not from a state's name. */
export interface ProposalRow {
  readonly id: string;
  readonly region: string;
  readonly call: { readonly id: string; readonly number: string; readonly name: Text };
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
  /** Null for the applicant and for members: staff alone see the workflow's own states. */
  readonly state: string | null;
  readonly phase: Phase;
  readonly version: number;
  readonly revision: number;
  readonly complete: boolean;
  readonly eligible: boolean | null;
  readonly requestedCents: number | null;
  readonly submittedAt: Instant | null;
  readonly receivedAt: Instant | null;
  /** Whether it was received after the closing; told to who applies and to staff, false for members. */
  readonly isLate: boolean;
  /** Whether it was submitted and taken back, and not submitted again yet. */
  readonly isTakenBack: boolean;
  /** Where money is given in order of arrival: when it was complete. */
  readonly arrivedAt: Instant | null;
  /** Null until the reader may know it. */
  readonly outcome: Outcome | null;
  readonly amountCents: number | null;
  /** When who applied gave up what the announced decision gives; the outcome stays as it was announced. */
  readonly waivedAt: Instant | null;
  /** How it ended without going on: the act that ended it (`withdraw`, `expire`, `waive`), when, and the phase it was in. */
  readonly ending: { readonly act: string; readonly at: Instant; readonly from: Phase } | null;
  /** Of the reviews, once they are closed; null for the applicant. */
  readonly total: string | null;
  /** Whether the reader writes along by invitation: no lead applicant. */
  readonly isCoWriter: boolean;
}

/** One proposal with its answers. */
export interface ProposalView extends ProposalRow {
  readonly content: Readonly<Record<string, unknown>>;
  readonly eligibility: readonly {
    readonly condition: string;
    readonly verdict: Verdict;
    readonly missing: readonly string[];
    /** Of the once-rule: numbers of the proposals that stand before this one. */
    readonly others?: readonly string[];
  }[];
  /** The phases that it really went through before a decision. */
  readonly passed: readonly Phase[];
  /** SHA-256 of the canonical answers: what a receipt proves. */
  readonly contentHash: string | null;
  readonly attachments: readonly AttachmentView[];
  /** Who takes part and what each said; empty for members. */
  readonly parties: readonly Standing[];
  readonly completionAskedFor: unknown;
  /** What the applicant was asked before a refusal, and said; null for members, and before it was asked. */
  readonly hearing: {
    readonly about: string | null;
    readonly view: string | null;
    readonly heardAt: Instant | null;
  } | null;
  /** What was received and when, newest first: a completion has a receipt of its own. Empty for members. */
  readonly receipts: readonly {
    readonly id: string;
    readonly receivedAt: Instant;
    readonly inTime: boolean;
    readonly contentHash: string;
    /** Id of the receipt that came before it; null: the first. */
    readonly replaces: string | null;
  }[];
  readonly isOwn: boolean;
  /** Who else saved the answers last, for who writes it; null: the reader, or nobody since this is kept. */
  readonly savedByOther: { readonly name: string; readonly at: Instant } | null;
  /** For the edge, which words the state from the frozen texts. */
  readonly workflowState: string;
  readonly workflow: string;
  readonly rulesHash: string;
}

const APPLIES = appliesTo('p');
/** Who applies, and who writes along: both know of the proposal what an applicant may know. */
const WRITES = writes('p');
const STAFF = `(app.staff_roles(p.region, app.actor()) <> '[]' and not ${WRITES})`;
const KNOWS_OUTCOME = `(a.call_id is not null or p.phase <> 'decided' or ${STAFF})`;
/** What was refused on intake is decided before the others; a phase that runs ahead would tell the decision. */
const TOLD_PHASE = `case when p.phase = 'decided' and p.advised_at is null and not ${KNOWS_OUTCOME} then 'screening' else p.phase end`;
/** As the reader was told it: a decision on intake that stayed hidden is no step that was passed. */
const ENDING = `case when p.phase = 'ended' then (select jsonb_build_object('act', x.action, 'at', app.iso(x.at),
    'from', case when x.from_phase = 'decided' and p.advised_at is null then 'screening' else x.from_phase end)
  from transition x where x.subject_id = p.id and x.version = p.version) end`;
/** Who applies learns by the once-rule of the own proposals alone, unless an announced refusal rests on it: then its letter says so. */
const READER = `case when ${WRITES} and not (a.call_id is not null and p.ground is not distinct from 'condition' and app.only_once(p, c))
  then case when ${APPLIES} then app.actor() else p.lead_applicant end end`;
const ROW = `p.id, p.region, jsonb_build_object('id', c.id, 'number', c.number, 'name',
    jsonb_build_object('nl', c.name_nl, 'en', c.name_en)) as call, p.number, p.title, p.organisation,
  case when ${STAFF} then p.state end as state, ${TOLD_PHASE} as phase, p.version, p.revision, p.complete,
  app.eligible(p, c, ${READER}) as eligible,
  (p.content #>> '{budget,requestedCents}')::bigint::float8 as "requestedCents", p.submitted_at as "submittedAt",
  p.received_at as "receivedAt", p.arrived_at as "arrivedAt",
  coalesce(p.received_at >= (app.moments_of(c)).ends_at and (${WRITES} or ${STAFF}), false) as "isLate",
  p.phase = 'preparing' and exists (select 1 from receipt t where t.proposal_id = p.id) as "isTakenBack", case when ${KNOWS_OUTCOME} then p.outcome end as outcome,
  case when ${KNOWS_OUTCOME} then p.amount_cents::float8 end as "amountCents",
  case when ${KNOWS_OUTCOME} then w.waived_at end as "waivedAt", ${ENDING} as ending,
  case when not ${WRITES} then p.total::text end as total, ${writesAlong('p')} as "isCoWriter"`;
const FROM = `from proposal p join call c on c.id = p.call_id left join lateral app.announcement_of(p.id) a on true
  left join decision w on w.proposal_id = p.id and w.undone_at is null and w.waived_at is not null`;

const ONE = {
  name: 'read-proposal',
  text: `select ${ROW}, p.content, p.content_hash as "contentHash",
      (select coalesce(jsonb_agg(distinct x.to_phase), '[]') from transition x
        where x.subject_id = p.id and x.to_phase not in ('decided', 'ended')) as passed,
      p.eligibility || app.once_verdict(p, c, ${READER}) as eligibility, ${ATTACHMENTS} as attachments,
      case when ${WRITES} or ${STAFF} then ${STANDINGS} else '[]' end as parties,
      p.completion_asked_for as "completionAskedFor",
      case when (${APPLIES} or ${STAFF}) and (p.hearing_about is not null or p.heard_at is not null) then
        jsonb_build_object('about', p.hearing_about, 'view', p.hearing_view, 'heardAt', app.iso(p.heard_at)) end as hearing,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'receivedAt', app.iso(r.received_at), 'inTime', r.in_time, 'contentHash', r.content_hash,
          'replaces', r.former) order by r.received_at desc), '[]')
        from (select *, lag(id) over (order by received_at) as former from receipt where proposal_id = p.id) r where (${WRITES} or ${STAFF})) as receipts,
      ${APPLIES} as "isOwn",
      case when ${WRITES} and p.saved_by <> app.actor() then (select jsonb_build_object('name', b.name, 'at', app.iso(p.saved_at))
        from person b where b.id = p.saved_by) end as "savedByOther",
    p.state as "workflowState", p.workflow, c.rules_hash as "rulesHash" ${FROM} where p.id = $1 and ${scopeOf('proposal', 'p')}`,
};
const OF_CALL = {
  name: 'list-proposals-of-call',
  text: `select ${ROW} ${FROM} where p.call_id = $1 and ($2::text is null or p.number > $2) and ${scopeOf('proposal', 'p')}
    order by p.number limit $3`,
};
const OWN = {
  name: 'list-own-proposals',
  text: `select ${ROW} ${FROM} where ${writes('p')} and ($1::text is null or p.id::text > $1) order by p.id limit $2`,
};

const NEWEST_OWN = {
  name: 'newest-own-proposals',
  text: `select ${ROW} ${FROM} where ${writes('p')} order by p.created_at desc, p.id limit $1`,
};

/** Null when it does not exist or not for this viewer. */
export async function readProposal(tx: Transaction, id: string): Promise<ProposalView | null> {
  const [proposal] = await tx.query<ProposalView>(ONE, [id]);
  return proposal ?? null;
}

/** What the viewer may see of a call, by number. */
export async function listProposals(tx: Transaction, callId: string, page: PageRequest): Promise<Page<ProposalRow>> {
  const rows = await tx.query<ProposalRow>(OF_CALL, [callId, page.after, page.size + 1]);
  return page.of(rows, ({ number }) => number);
}

/** The proposals that the viewer applies with or writes along on, in the regions of this unit of work. */
export async function listOwnProposals(tx: Transaction, page: PageRequest): Promise<Page<ProposalRow>> {
  const rows = await tx.query<ProposalRow>(OWN, [page.after, page.size + 1]);
  return page.of(rows, ({ id }) => id);
}

/** The proposals that the viewer applies with or writes along on, newest first, in the regions of this unit of work. */
export async function newestOwnProposals(tx: Transaction, most: number): Promise<readonly ProposalRow[]> {
  return tx.query<ProposalRow>(NEWEST_OWN, [most]);
}
