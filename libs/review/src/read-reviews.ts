import { scopeOf, type Page, type PageRequest } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { CalendarDate, Instant } from '#lib/kernel';
import type { Phase } from '#lib/workflow';
import { askedTerm } from './asked-term.js';

/** A review in a list. */
export interface ReviewRow {
  readonly id: string;
  readonly region: string;
  readonly proposal: { readonly id: string; readonly number: string; readonly title: string };
  readonly reviewer: { readonly id: string; readonly name: string };
  readonly state: string;
  readonly phase: Phase;
  readonly version: number;
  readonly revision: number;
  readonly submittedAt: Instant | null;
  /** Last day to hand it in, also when that passed; null when nothing is asked any more. */
  readonly lastDay: CalendarDate | null;
}

/** A review with its scores. Staff see the scores only after it was handed in. */
export interface ReviewView extends ReviewRow {
  readonly scores: readonly {
    readonly criterion: string;
    readonly score: string | null;
    readonly reason: string;
    /** What the reviewer typed instead of a score. */
    readonly typed: string | null;
  }[];
  readonly workflow: string;
  readonly rulesHash: string;
}

const ROW = `r.id, r.region, jsonb_build_object('id', p.id, 'number', p.number, 'title', p.title) as proposal,
  jsonb_build_object('id', o.id, 'name', o.name) as reviewer, r.state, r.phase, r.version, r.revision, r.submitted_at as "submittedAt",
  ${askedTerm('last_day::text')} as "lastDay"`;
const FROM = `from review r join proposal p on p.id = r.proposal_id join person o on o.id = r.reviewer_id`;

const ONE = {
  name: 'read-review',
  text: `select ${ROW}, r.workflow, c.rules_hash as "rulesHash", coalesce((select jsonb_agg(jsonb_build_object('criterion', s.criterion,
      'score', s.score::text, 'reason', s.reason, 'typed', s.typed) order by s.criterion) from review_score s
      where s.review_id = r.id and (r.reviewer_id = app.actor() or r.phase = 'submitted')), '[]') as scores
    ${FROM} join call c on c.id = r.call_id where r.id = $1 and ${scopeOf('review', 'r')}`,
};
const OF_PROPOSAL = {
  name: 'list-reviews-of-proposal',
  text: `select ${ROW} ${FROM} where r.proposal_id = $1 and ${scopeOf('review', 'r')} order by o.name, r.id`,
};
const OWN = {
  name: 'list-own-reviews',
  text: `select ${ROW} ${FROM} where r.reviewer_id = app.actor() and ($1::text is null or r.id::text > $1) order by r.id::text limit $2`,
};

/** Null when it does not exist or not for this viewer. */
export async function readReview(tx: Transaction, id: string): Promise<ReviewView | null> {
  const [review] = await tx.query<ReviewView>(ONE, [id]);
  return review ?? null;
}

/** The reviews of a proposal that the viewer may see. */
export async function listReviews(tx: Transaction, proposalId: string): Promise<readonly ReviewRow[]> {
  return tx.query<ReviewRow>(OF_PROPOSAL, [proposalId]);
}

/** The viewer's own reviews in the regions of this unit of work. */
export async function listOwnReviews(tx: Transaction, page: PageRequest): Promise<Page<ReviewRow>> {
  const rows = await tx.query<ReviewRow>(OWN, [page.after, page.size + 1]);
  return page.of(rows, ({ id }) => id);
}
