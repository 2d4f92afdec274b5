import { mailsToReviewers } from '#lib/committee';
import type { Transaction } from '#lib/database';
import { restartTerms, type Effect, type MoveContext, type NoticeWriter } from '#lib/engine';
import { dateOf } from '#lib/kernel';
import { meetsThreshold, scoreProposal, type CriterionScores, type ScoringRubric } from '#lib/scoring';

const OPEN_REVIEWS = {
  name: 'open-reviews-of-proposal',
  text: `select id from review where proposal_id = $1 and phase = any ($2) order by id`,
};
const TO_WRITE = ['preparing', 'in-review'];
const SCORES = {
  name: 'submitted-scores',
  text: `select c.parameters -> 'rubric' as rubric, (select coalesce(jsonb_agg(s.scores), '[]') from (
      select jsonb_object_agg(v.criterion, v.score::text) as scores from review r join review_score v on v.review_id = r.id
      where r.proposal_id = p.id and r.phase = 'submitted' group by r.id) s) as reviews, app.scores_hash(p.id) as "scoresHash"
    from proposal p join call c on c.id = p.call_id where p.id = $1`,
};
/** Decimals of the rounded total, for sorting and print; the exact one stands beside it. */
const DECIMALS = 4;

/**
 * Reviews of a proposal that an `ask` speaks to: those still to be written; what was handed in stays, unless the proposal itself ends.
 */

export async function openReviews(
  tx: Transaction,
  kind: string,
  proposalId: string,
  phase: string,
): Promise<readonly string[]> {
  if (kind !== 'review') return [];
  const phases = phase === 'ended' ? [...TO_WRITE, 'submitted'] : TO_WRITE;
  const rows = await tx.query<{ id: string }>(OPEN_REVIEWS, [proposalId, phases]);
  return rows.map(({ id }) => id);
}

/** The time for a review counts from the day on which its reviewer is asked. */
async function inviteReviewers({ tx, opened, subject, to, receivedAt, eventId, writes }: MoveContext): Promise<void> {
  const reviews = await openReviews(tx, 'review', subject.id, to.phase);
  if (reviews.length === 0) return;
  await restartTerms(tx, { region: opened.region, subjects: reviews, from: dateOf(receivedAt) });
  writes.notices.push(...(await mailsToReviewers(tx, 'review-invited', reviews, eventId)));
}

interface Scored {
  readonly rubric: ScoringRubric;
  readonly reviews: CriterionScores[];
  /** Of the reviews that count. */
  readonly scoresHash: string;
}

/** Fixes what the reviews say together: totals as exact fractions, which later views and rankings copy. */
async function freezeScores({ tx, subject, writes }: MoveContext): Promise<void> {
  const [row] = await tx.query<Scored>(SCORES, [subject.id]);
  if (row === undefined) return;
  const score = scoreProposal(row.rubric, row.reviews);
  const { reviews, total, criteria } = score;
  const exact = Object.entries(criteria).map(([key, mean]) => [key, mean.toString()] as const);
  writes.setEvidence({
    reviewsCounted: reviews,
    totalExact: total?.toString() ?? null,
    total: total?.toDecimal(DECIMALS) ?? null,
    criteriaExact: Object.fromEntries(exact),
    passes: meetsThreshold(row.rubric, score),
    scoresHash: row.scoresHash,
  });
}

/** What reviewing adds to a proposal. */
export const REVIEWING_EFFECTS: Readonly<Record<string, Effect>> = {
  'invite-reviewers': { version: 1, run: inviteReviewers },
  'freeze-scores': { version: 1, run: freezeScores },
};

/** Who was to review, or did, hears that the proposal was withdrawn and that nothing more is asked. */
async function toReviewers({ tx, subject, to, eventId }: MoveContext): ReturnType<typeof mailsToReviewers> {
  const reviews = await openReviews(tx, 'review', subject.id, to.phase);
  return mailsToReviewers(tx, 'withdrawn-from-review', reviews, eventId);
}

/** The mails that reviewing adds to a proposal. */
export const REVIEWING_NOTICES: Readonly<Record<string, NoticeWriter>> = { 'withdrawn-from-review': toReviewers };
