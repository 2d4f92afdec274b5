import { Fraction } from '#lib/kernel';
import { countedReviews } from './counted-reviews.js';
import { CriterionNotScored, reviewTotal, type CriterionScores, type ScoringRubric } from './rubric.js';

/** What all reviews of a proposal say together. */
export interface ProposalScore {
  /** How many count. */
  readonly reviews: number;
  /** Mean of the reviews' totals; null without reviews. */
  readonly total: Fraction | null;
  /** Mean score by criterion; empty without reviews. */
  readonly criteria: Readonly<Record<string, Fraction>>;
}

/** Every review that counts counts the same. Throws CriterionNotScored. */
export function scoreProposal(rubric: ScoringRubric, all: readonly CriterionScores[]): ProposalScore {
  const reviews = countedReviews(rubric, all);
  if (reviews.length === 0) return { reviews: 0, total: null, criteria: {} };
  const criteria = rubric.criteria.map(
    ({ key }) => [key, mean(reviews.map((scores) => scoreOf(scores, key)))] as const,
  );
  const total = mean(reviews.map((scores) => reviewTotal(rubric, scores)));
  return { reviews: reviews.length, total, criteria: Object.fromEntries(criteria) };
}

/** Whether a score reaches the threshold for the total and, where there is one, for each criterion. */
export function meetsThreshold({ threshold }: ScoringRubric, score: ProposalScore): boolean {
  if (score.total === null || score.total.compare(Fraction.parse(threshold.total)) < 0) return false;
  const { eachCriterion } = threshold;
  if (eachCriterion === undefined) return true;
  const least = Fraction.parse(eachCriterion);
  return Object.values(score.criteria).every((criterion) => criterion.compare(least) >= 0);
}

function scoreOf(scores: CriterionScores, key: string): Fraction {
  const text = scores[key];
  if (text === undefined) throw new CriterionNotScored(key);
  return Fraction.parse(text);
}

function mean(values: readonly Fraction[]): Fraction {
  const sum = values.reduce((total, value) => total.add(value), Fraction.ZERO);
  return sum.over(Fraction.of(BigInt(values.length)));
}
