import type { CalculatorTools } from '#lib/kernel';
import { whatBlocks } from './feasibility.js';
import type { BrokenCut } from './irreducible-rules.js';
import { assignmentNetwork } from './network.js';
import { cheapestFlow } from './network-simplex.js';
import { assignmentOf, type Assignment, type AssignmentProblem } from './problem.js';
import { drawnCosts } from './tie-break.js';

/** The assignment, or the rules that make one impossible. */
export type Outcome = { readonly assignment: Assignment } | { readonly broken: BrokenCut };

/** The largest sum of utilities, proven; among equal sums the seed decides. Throws AssignmentCancelled. */
export function maximiseTotal(problem: AssignmentProblem, seed: string, tools: CalculatorTools): Outcome {
  return maximiseWeights(problem, problem.pairs.utility, seed, tools);
}

/** The largest sum of weights, whole numbers from 0. Looks first whether there is any assignment at all. Throws AssignmentCancelled. */
export function maximiseWeights(
  problem: AssignmentProblem,
  weights: Int32Array,
  seed: string,
  tools: CalculatorTools,
): Outcome {
  const network = assignmentNetwork(problem);
  const broken = whatBlocks(problem, network);
  if (broken !== null) return { broken };
  const { flow } = cheapestFlow(network, drawnCosts(problem, weights, seed, network.nodes), tools);
  return { assignment: assignmentOf(problem, chosenPairs(flow.subarray(0, network.seatArcs))) };
}

/** Positions of the pairs over which a review flows. */
function chosenPairs(flow: Int32Array): Int32Array {
  const chosen = new Int32Array(flow.reduce((sum, one) => sum + one, 0));
  let count = 0;
  flow.forEach((one, pair) => {
    if (one === 1) chosen[count++] = pair;
  });
  return chosen;
}
