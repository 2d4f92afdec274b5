import type { CalculatorTools, PricingSolver } from '#lib/kernel';
import type { Allocated, AllocationAnswer, AllocationRule, Refusal } from './allocation-answer.js';
import type { AllocationInput, Id } from './allocation-input.js';
import { downTheRanking } from './down-the-ranking.js';
import { fundingProblem, type FundingProblem } from './funding-problem.js';
import { optimum } from '../optimum/optimum.js';
import { proRata } from './pro-rata.js';
import { quotaViolations } from './quota-totals.js';

/** What is asked of an input without faults. */
export interface AllocationQuestion {
  readonly input: AllocationInput;
  readonly rule: AllocationRule;
  /** Whether an award may be less than was asked, down to the minimum. */
  readonly partial: boolean;
}

/** Who gets what by the rule, or the quotas that cannot hold (`optimal`, which needs the solver). Throws AllocationCancelled. */
export function allocate(
  { input, rule, partial }: AllocationQuestion,
  solver: PricingSolver | null,
  tools: CalculatorTools,
): AllocationAnswer {
  const problem = fundingProblem(input, partial);
  if (rule === 'optimal') return optimal(problem, solver, tools);
  if (rule === 'pro-rata') {
    const { amounts, refused } = proRata(problem, tools);
    return allocated(problem, rule, amounts, byRank(problem, [...problem.refused, ...refused]));
  }
  return allocated(problem, rule, downTheRanking(problem, rule === 'stop' ? 'stop' : 'skip', tools));
}

function optimal(problem: FundingProblem, solver: PricingSolver | null, tools: CalculatorTools): AllocationAnswer {
  if (solver === null) throw new TypeError('The rule optimal needs a solver.');
  const found = optimum(problem, solver, tools);
  if ('blocking' in found) return { rule: 'optimal', feasible: false, blocking: found.blocking };
  const answer = allocated(problem, 'optimal', found.amounts);
  return found.isProven ? answer : { ...answer, proven: false, bound: found.bound / problem.scale };
}

function byRank({ ranking }: FundingProblem, refused: readonly Refusal[]): readonly Refusal[] {
  const placeOf = new Map(ranking.map((id, place) => [id, place]));
  return [...refused].sort((a, b) => (placeOf.get(a.id) ?? 0) - (placeOf.get(b.id) ?? 0));
}

/** The answer that the awards (by entry; 0 is none) make. */
function allocated(
  problem: FundingProblem,
  rule: AllocationRule,
  amounts: readonly number[],
  refused: readonly Refusal[] = problem.refused,
): Allocated {
  const { entries, budget, scale } = problem;
  const funded = entries.flatMap(({ id, value }, i) => (amounts[i] ? [{ id, value, amount: amounts[i] }] : []));
  const paid = funded.reduce((sum, { amount }) => sum + amount, 0);
  const isRefused = new Set<Id>(refused.map(({ id }) => id));
  return {
    rule,
    value: funded.reduce((sum, { value }) => sum + value, 0) / scale,
    paid,
    unspent: budget - paid,
    awards: funded.map(({ id, amount }) => ({ id, amount })),
    reserve: entries.flatMap(({ id }, i) => (amounts[i] || isRefused.has(id) ? [] : [id])),
    refused,
    quotaViolations: quotaViolations(problem, amounts),
  };
}
