import { Fraction } from '#lib/kernel';
import { reviewTotal, type CriterionScores, type ScoringRubric } from './rubric.js';

/** Whether totals lie so far apart that the rubric asks for one review more. Throws CriterionNotScored. */
export function totalsDiffer(rubric: ScoringRubric, reviews: readonly CriterionScores[]): boolean {
  const { extraReview } = rubric;
  const totals = sortedTotals(rubric, reviews);
  const [lowest, highest] = [totals[0], totals.at(-1)];
  if (extraReview === undefined || lowest === undefined || highest === undefined) return false;
  return highest.total.subtract(lowest.total).compare(Fraction.parse(extraReview.whenTotalsDifferBy)) >= 0;
}

/**
 * The reviews that count. All of them, unless an extra one was made because totals differ: then the two that lie closest together. When
 * two pairs lie equally close both count, so that the total is the one in the middle. Throws CriterionNotScored.
 */
export function countedReviews(rubric: ScoringRubric, reviews: readonly CriterionScores[]): readonly CriterionScores[] {
  if (reviews.length < 3 || !totalsDiffer(rubric, reviews)) return reviews;
  const totals = sortedTotals(rubric, reviews);
  const gaps = totals.slice(1).map(({ total }, i) => total.subtract(totals[i]?.total ?? total));
  const least = gaps.reduce((smallest, gap) => (gap.compare(smallest) < 0 ? gap : smallest));
  const isLeast = (gap: Fraction | undefined): boolean => gap?.compare(least) === 0;
  return totals.filter((_, i) => isLeast(gaps[i - 1]) || isLeast(gaps[i])).map(({ scores }) => scores);
}

function sortedTotals(
  rubric: ScoringRubric,
  reviews: readonly CriterionScores[],
): readonly { readonly scores: CriterionScores; readonly total: Fraction }[] {
  const totals = reviews.map((scores) => ({ scores, total: reviewTotal(rubric, scores) }));
  return totals.sort((a, b) => a.total.compare(b.total));
}
