import type { Transaction } from '#lib/database';
import { drawLine, type LineEntry, type Shortage } from '#lib/funding';
import { canonicalJson, sha256 } from '#lib/kernel';
import type { RankInput, ScoringRubric } from '#lib/scoring';

/** A ranking whose margins are wanted: its proposals, best first, by the numbers that people know them by. */
export interface RankedCall {
  readonly region: string;
  readonly actor: string;
  readonly rubric: ScoringRubric;
  readonly ceilingCents: number;
  readonly shortage: Shortage;
  readonly proposals: readonly (LineEntry & { readonly number: string })[];
}

interface GivenReview {
  readonly proposal: string;
  readonly reviewer: string;
  readonly criteria: Readonly<Record<string, number>>;
}

/** With a model of reviewers `rank` takes so many (contract); a larger ranking has no margins. */
const MOST = { proposals: 2_000, reviewers: 200 };
const REVIEWS = {
  name: 'reviews-of-ranking',
  text: `select p.number as proposal, r.reviewer_id as reviewer, jsonb_object_agg(s.criterion, s.score) as criteria
    from proposal p join review r on r.proposal_id = p.id and r.phase = 'submitted' join review_score s on s.review_id = r.id and s.score is not null
    where p.id = any ($1) group by p.number, r.reviewer_id order by r.reviewer_id, p.number`,
};
const ASK = {
  name: 'ask-margins',
  text: `insert into job (region, kind, input, input_hash, created_by) values ($1, 'bundle', $2, $3, $4) returning id`,
};

/**
 * Has a worker compute how sure the places of a ranking are (`rank`, model `crossed`), as a bundle. Reviewers go under numbers: who gave
 * which score is nobody's business outside the committee. Returns the job; null when the ranking is too large.
 */
export async function askMargins(tx: Transaction, call: RankedCall): Promise<string | null> {
  const reviews = await readGivenReviews(
    tx,
    call.proposals.map(({ id }) => id),
  );
  const input = rankInputOf(call, reviews);
  if (input.proposals.length > MOST.proposals || input.reviewers.length > MOST.reviewers) return null;
  const text = canonicalJson({ kind: 'rank', input, options: { model: 'crossed' } });
  const [job] = await tx.query<{ id: string }>(ASK, [call.region, text, sha256(text), call.actor]);
  return job?.id ?? null;
}

/** The scores of the reviews that were handed in for these proposals. */
export async function readGivenReviews(tx: Transaction, proposals: readonly string[]): Promise<readonly GivenReview[]> {
  return tx.query<GivenReview>(REVIEWS, [proposals]);
}

/** Shape of the contract `rank`: a sum of points has the same order as the plain mean of the criteria. */
export function rankInputOf(
  { rubric, ceilingCents, shortage, proposals }: Omit<RankedCall, 'region' | 'actor'>,
  reviews: readonly GivenReview[],
): RankInput {
  const people = new Map([...new Set(reviews.map(({ reviewer }) => reviewer))].map((id, i) => [id, `r${i + 1}`]));
  const firstOut = drawLine(proposals, ceilingCents, shortage).findIndex(({ ground }) => ground === 'ceiling');
  return {
    scale: { min: Number(rubric.scale.min), max: Number(rubric.scale.max) },
    // The place where the money first runs out; where it reaches everybody no place is near it.
    nFundable: firstOut < 0 ? proposals.length : firstOut,
    proposals: proposals.map(({ number }) => number),
    reviewers: [...people.values()],
    criteria: rubric.criteria.map(({ key, weight }) => ({ key, weight: rubric.total === 'sum' ? 1 : weight })),
    reviews: reviews.map(({ reviewer, ...review }) => ({ ...review, reviewer: people.get(reviewer) ?? '' })),
  };
}
