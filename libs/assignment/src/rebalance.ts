import type { CalculatorTools } from '#lib/kernel';
import { maximiseWeights, type Outcome } from './maximise-total.js';
import type { AssignmentProblem } from './problem.js';

/** What happened since an assignment was made; pairs by position in the problem's list. */
export interface DropOut {
  /** By pair 1 where it was assigned, and where the review is done. */
  readonly previous: Uint8Array;
  readonly finished: Uint8Array;
  /** By reviewer 1 who can do no more reviews. */
  readonly dropped: Uint8Array;
}

/** The problem that is left, and its outcome. */
export interface Rebalanced {
  readonly changed: AssignmentProblem;
  readonly outcome: Outcome;
}

/**
 * Assigns anew after reviewers dropped out. What is finished stays, also theirs; of the rest as many pairs as possible stay, and among
 * the ways to do that the total is the largest. Throws AssignmentCancelled.
 */
export function rebalance(
  problem: AssignmentProblem,
  dropOut: DropOut,
  seed: string,
  tools: CalculatorTools,
): Rebalanced {
  const { proposals, reviewers } = problem;
  const { changed, previous } = afterDropOut(problem, dropOut);
  // Two assignments differ by cycles that pass each reviewer at most once: one kept pair outweighs all that such a cycle can bring.
  const bonus = 1_000 * Math.min(proposals.length, reviewers.length) + 1;
  const weights = changed.pairs.utility.map((utility, pair) => utility + bonus * previous[pair]!);
  return { changed, outcome: maximiseWeights(changed, weights, seed, tools) };
}

/** Without the open pairs of those who dropped out and with what is finished settled. */
function afterDropOut(
  problem: AssignmentProblem,
  { previous, finished, dropped }: DropOut,
): { readonly changed: AssignmentProblem; readonly previous: Uint8Array } {
  const { proposal, reviewer, utility } = problem.pairs;
  const stays = (_: number, pair: number): boolean => dropped[reviewer[pair]!] === 0 || finished[pair] === 1;
  const fixed = problem.fixed.map((one, pair) => one | finished[pair]!);
  const changed = {
    ...problem,
    pairs: { proposal: proposal.filter(stays), reviewer: reviewer.filter(stays), utility: utility.filter(stays) },
    fixed: fixed.filter(stays),
    minLoads: problem.minLoads.map((load, r) => (dropped[r] === 1 ? 0 : load)),
  };
  return { changed, previous: previous.filter(stays) };
}
