import { DomainError, Fraction } from '#lib/kernel';

/** What reviewers score and how scores become one number. Numbers are exact texts such as `3.4`. */
export interface ScoringRubric {
  readonly scale: { readonly min: string; readonly max: string; readonly step: string };
  /** `weighted-mean`: on the scale of the scores; `sum`: of the points of all criteria. */
  readonly total: 'weighted-mean' | 'sum';
  readonly threshold: { readonly total: string; readonly eachCriterion?: string };
  /** One review more when the totals lie this far apart or further; then the ones that lie closest together count. */
  readonly extraReview?: { readonly whenTotalsDifferBy: string };
  readonly criteria: readonly { readonly key: string; readonly weight: number }[];
}

/** Scores of one review by criterion, as exact texts. */
export type CriterionScores = Readonly<Record<string, string>>;

/** A review without a score for a criterion has no total. */
export class CriterionNotScored extends DomainError {
  readonly code = 'criterion-not-scored';
  constructor(criterion: string) {
    super('A criterion has no score.', { criterion });
  }
}

/** Whether a score is one of the steps of the scale. */
export function isOnScale({ scale }: ScoringRubric, score: Fraction): boolean {
  const [min, max, step] = [Fraction.parse(scale.min), Fraction.parse(scale.max), Fraction.parse(scale.step)];
  const isInside = score.compare(min) >= 0 && score.compare(max) <= 0;
  return isInside && score.subtract(min).over(step).denominator === 1n;
}

/** The total of one review. Throws CriterionNotScored. */
export function reviewTotal({ criteria, total }: ScoringRubric, scores: CriterionScores): Fraction {
  let [sum, weights] = [Fraction.ZERO, 0n];
  for (const { key, weight } of criteria) {
    const text = scores[key];
    if (text === undefined) throw new CriterionNotScored(key);
    const factor = total === 'sum' ? 1n : BigInt(weight);
    sum = sum.add(Fraction.parse(text).times(Fraction.of(factor)));
    weights += factor;
  }
  return total === 'sum' ? sum : sum.over(Fraction.of(weights));
}
