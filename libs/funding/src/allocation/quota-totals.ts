import type { Quota } from './allocation-input.js';
import type { FundingProblem } from './funding-problem.js';

/** What the awards (by entry; 0 is none) put under each quota: proposals or units of money. */
export function quotaTotals({ entries, quotas }: FundingProblem, amounts: readonly number[]): readonly number[] {
  const totals = quotas.map(() => 0);
  entries.forEach((entry, i) => {
    const amount = amounts[i] ?? 0;
    if (amount === 0) return;
    for (const q of entry.quotas) totals[q] = (totals[q] ?? 0) + (quotas[q]?.measure === 'count' ? 1 : amount);
  });
  return totals;
}

/** `theme=health count`: how a quota is called. */
export function quotaName({ field, value, measure }: Quota): string {
  return `${field}=${value} ${measure}`;
}

/** Minimums that are not reached, as `theme=health count 0 < 2`. */
export function quotaViolations(problem: FundingProblem, amounts: readonly number[]): readonly string[] {
  const totals = quotaTotals(problem, amounts);
  return problem.quotas.flatMap((quota, q) => {
    const [have, need] = [totals[q] ?? 0, quota.min ?? 0];
    return have < need ? [`${quotaName(quota)} ${have} < ${need}`] : [];
  });
}
