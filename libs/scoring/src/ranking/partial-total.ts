import { Fraction } from '#lib/kernel';

/** A criterion with its weight, at least zero. */
export interface WeightedCriterion {
  readonly key: string;
  readonly weight: Fraction;
}

/** The share of the weights is compared with this slack: 0.7 + 0.1 of 1 is 0.8 to whoever wrote it. */
const SLACK = Fraction.of(1n, 1_000_000_000n);

/**
 * The total of a review in which criteria may be empty: the weighted mean of the criteria given, with their weights renormalised. An empty
 * score means "not judged", never zero. No total (null) when the criteria given have less than `minWeight` of all weight, or none.
 */
export function partialTotal(
  criteria: readonly WeightedCriterion[],
  minWeight: Fraction,
  scores: ReadonlyMap<string, Fraction>,
): Fraction | null {
  let [sum, given, whole] = [Fraction.ZERO, Fraction.ZERO, Fraction.ZERO];
  for (const { key, weight } of criteria) {
    const score = scores.get(key);
    whole = whole.add(weight);
    if (score === undefined) continue;
    given = given.add(weight);
    sum = sum.add(weight.times(score));
  }
  if (given.compare(Fraction.ZERO) === 0 || given.over(whole).compare(minWeight.subtract(SLACK)) < 0) return null;
  return sum.over(given);
}
