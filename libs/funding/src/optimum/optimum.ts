import type { CalculatorTools, PricingSolver } from '#lib/kernel';
import type { BlockingQuota } from '../allocation/allocation-answer.js';
import type { FundingProblem } from '../allocation/funding-problem.js';
import { bestRanked } from './best-ranked.js';
import { blockingQuotas } from './blocking-quotas.js';
import { largestValue } from './largest-value.js';
import { moneyClasses } from './money-classes.js';
import { Search } from './search.js';

/** The best awards by entry (0 is none); `bound` is the value that no allocation exceeds. */
export interface Optimum {
  readonly amounts: readonly number[];
  readonly isProven: boolean;
  readonly bound: number;
}

/**
 * The allocation with the largest value, then the most money paid, then the list of awards that is largest in the order of the ranking;
 * or the quotas that cannot hold. `firstCore`: how many entries are chosen among first; it makes no difference to the outcome. Throws AllocationCancelled, NoAllocationFound.
 */
export function optimum(
  problem: FundingProblem,
  solver: PricingSolver,
  tools: CalculatorTools,
  firstCore?: number,
): Optimum | { readonly blocking: readonly BlockingQuota[] } {
  const search = new Search(problem, moneyClasses(problem), solver, tools);
  const best = largestValue(search, firstCore);
  if (best === null) return { blocking: blockingQuotas(problem, (changed) => search.of(changed).canHold()) };
  search.tell(0.5);
  const { amounts, isProven } = bestRanked(search, best);
  return { amounts, isProven: isProven && best.bound === best.value, bound: best.bound };
}
