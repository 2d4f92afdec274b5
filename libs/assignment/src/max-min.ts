import type { IntegerSolver, CalculatorTools } from '#lib/kernel';
import { bestAlone } from './best-alone.js';
import { improveFairly } from './fair-program.js';
import { isFairer, type Fairest } from './fairest.js';
import { maximiseTotal, maximiseWeights, type Outcome } from './maximise-total.js';
import { proposalSums, type Assignment, type AssignmentProblem } from './problem.js';
import { searchSets } from './set-search.js';

/** Nodes that a solver may look at; nothing is left to the clock, so that the same input has the same answer. */
const BUDGETS: readonly { readonly mostPairs: number; readonly mostNodes: number }[] = [
  // 80 x 20: proven.
  { mostPairs: 1_600, mostNodes: 20_000 },
  // 200 x 40: a first look. Beyond it even the first linear program takes minutes.
  { mostPairs: 8_000, mostNodes: 3 },
  { mostPairs: Infinity, mostNodes: 0 },
];
const ROUNDS = 16;
/** Weights of proposals are kept in sixteenths, from 1/16 to 64. */
const [GRAIN, MOST_WEIGHT] = [16, 64];
const STEP = 3;

/**
 * First the largest sum for the worst-off proposal, then the largest total. Finding it is NP-hard: weighted totals give an answer and a
 * bound, a solver proves or improves them as far as its budget goes. Throws AssignmentCancelled.
 */
export function maximiseWorst(
  problem: AssignmentProblem,
  seed: string,
  solver: IntegerSolver,
  tools: CalculatorTools,
): Fairest | Exclude<Outcome, { readonly assignment: Assignment }> {
  const first = maximiseTotal(problem, seed, tools);
  if ('broken' in first) return first;
  const bound = bestAlone(problem);
  const { mostNodes } = BUDGETS.find(({ mostPairs }) => problem.pairs.utility.length <= mostPairs)!;
  const sure = { assignment: first.assignment, proven: true, bound, nodes: 0, mostNodes };
  if (first.assignment.worst >= bound) return sure;
  const weighed = { ...sure, proven: false, ...byWeights(problem, seed, sure, tools) };
  if (mostNodes === 0) return weighed;
  return searchSets(problem, seed, weighed, solver) ?? improveFairly(problem, seed, weighed, solver);
}

/**
 * Totals in which a proposal weighs more as long as its sum is low. A weighted mean of sums is never below the smallest one, so each
 * largest weighted total is a bound too (Lagrange).
 */
function byWeights(
  problem: AssignmentProblem,
  seed: string,
  known: Pick<Fairest, 'assignment' | 'bound'>,
  tools: CalculatorTools,
): Pick<Fairest, 'assignment' | 'bound'> {
  let { assignment: best, bound } = known;
  let sums = proposalSums(problem, best.chosen);
  const weights = new Float64Array(sums.length).fill(1);
  for (let round = 0; round < ROUNDS && best.worst < bound; round++) {
    const target = Math.max(best.worst + 1, (best.worst + bound) / 2);
    for (let p = 0; p < sums.length; p++) {
      const weight = weights[p]! * Math.exp((STEP * (target - sums[p]!)) / target);
      weights[p] = Math.min(MOST_WEIGHT, Math.max(1 / GRAIN, weight));
    }
    const grains = Int32Array.from(weights, (weight) => Math.round(weight * GRAIN));
    const { proposal, utility } = problem.pairs;
    const weighted = utility.map((value, pair) => value * grains[proposal[pair]!]!);
    const outcome = maximiseWeights(problem, weighted, seed, tools);
    if ('broken' in outcome) break;
    sums = proposalSums(problem, outcome.assignment.chosen);
    const [total, weight] = [
      sums.reduce((sum, value, p) => sum + value * grains[p]!, 0),
      grains.reduce((a, b) => a + b),
    ];
    bound = Math.min(bound, Math.floor(total / weight));
    if (isFairer(outcome.assignment, best)) best = outcome.assignment;
  }
  return { assignment: best, bound };
}
