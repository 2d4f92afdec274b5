import { scopeOf, type Page, type PageRequest } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant, Text } from '#lib/kernel';

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
  readonly phase: string;
  readonly version: number;
  readonly revision: number;
  readonly complete: boolean;
  readonly eligible: boolean | null;
  readonly requestedCents: number | null;
  readonly submittedAt: Instant | null;
  readonly receivedAt: Instant | null;
  /** Where money is given in order of arrival: when it was complete. */
  readonly arrivedAt: Instant | null;
  /** Null until the reader may know it. */
  readonly outcome: string | null;
  readonly amountCents: number | null;
  /** Of the reviews, once they are closed; null for the applicant. */
  readonly total: string | null;
}

/** One proposal with its answers. */
export interface ProposalView extends ProposalRow {
  readonly content: Readonly<Record<string, unknown>>;
  readonly eligibility: readonly {
    readonly condition: string;
    readonly verdict: string;
    readonly missing: readonly string[];
  }[];
  /** SHA-256 of the canonical answers: what a receipt proves. */
  readonly contentHash: string | null;
  readonly completionAskedFor: unknown;
  readonly isOwn: boolean;
  /** For the edge, which words the state from the frozen texts. */
  readonly workflowState: string;
  readonly workflow: string;
  readonly rulesHash: string;
}

const STAFF = `(app.staff_roles(p.region, app.actor()) <> '[]')`;
const KNOWS_OUTCOME = `(a.call_id is not null or p.phase <> 'decided' or ${STAFF})`;
const ROW = `p.id, p.region, jsonb_build_object('id', c.id, 'number', c.number, 'name',
    jsonb_build_object('nl', c.name_nl, 'en', c.name_en)) as call, p.number, p.title, p.organisation,
  case when ${STAFF} then p.state end as state, p.phase, p.version, p.revision, p.complete, p.eligible,
  (p.content #>> '{budget,requestedCents}')::bigint::float8 as "requestedCents", p.submitted_at as "submittedAt",
  p.received_at as "receivedAt", p.arrived_at as "arrivedAt", case when ${KNOWS_OUTCOME} then p.outcome end as outcome,
  case when ${KNOWS_OUTCOME} then p.amount_cents::float8 end as "amountCents",
  case when p.lead_applicant <> app.actor() then p.total::text end as total`;
const FROM = `from proposal p join call c on c.id = p.call_id left join lateral app.announcement_of(p.id) a on true`;

const ONE = {
  name: 'read-proposal',
  text: `select ${ROW}, p.content, p.content_hash as "contentHash", p.eligibility, p.completion_asked_for as "completionAskedFor", p.lead_applicant = app.actor() as "isOwn",
    p.state as "workflowState", p.workflow, c.rules_hash as "rulesHash" ${FROM} where p.id = $1 and ${scopeOf('proposal', 'p')}`,
};
const OF_CALL = {
  name: 'list-proposals-of-call',
  text: `select ${ROW} ${FROM} where p.call_id = $1 and ($2::text is null or p.number > $2) and ${scopeOf('proposal', 'p')}
    order by p.number limit $3`,
};
const OWN = {
  name: 'list-own-proposals',
  text: `select ${ROW} ${FROM} where p.lead_applicant = app.actor() and ($1::text is null or p.id::text > $1) order by p.id limit $2`,
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

/** The viewer's own proposals in the regions of this unit of work. */
export async function listOwnProposals(tx: Transaction, page: PageRequest): Promise<Page<ProposalRow>> {
  const rows = await tx.query<ProposalRow>(OWN, [page.after, page.size + 1]);
  return page.of(rows, ({ id }) => id);
}
