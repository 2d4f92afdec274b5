import type { CalculatorTools } from '#lib/kernel';
import type { FundingProblem } from './funding-problem.js';
import { Purse } from './purse.js';
import { step } from './tools.js';

/**
 * Gives money out from the top of the ranking; 0 is no award. What does not fit is below its minimum or finds a count maximum full.
 * `stop` ends at the first that does not fit or gets less than it asked, `skip` goes on. Minimums of quotas are not reserved.
 */
export function downTheRanking(
  problem: FundingProblem,
  rule: 'stop' | 'skip',
  tools: CalculatorTools,
): readonly number[] {
  const purse = new Purse(problem);
  let isStopped = false;
  return problem.entries.map((entry, i) => {
    step(tools, i, problem.entries.length);
    const most = isStopped ? 0 : purse.mostFor(entry);
    const amount = most >= entry.minimum ? most : 0;
    if (amount > 0) purse.pay(entry, amount);
    isStopped = isStopped || (rule === 'stop' && amount < entry.requested);
    return amount;
  });
}
