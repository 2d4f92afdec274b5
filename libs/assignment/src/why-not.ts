import type { Text, CalculatorTools } from '#lib/kernel';
import { explainBlocking, type Blocking } from './blocking.js';
import { maximiseTotal } from './maximise-total.js';
import { assignmentNetwork } from './network.js';
import { findPair, type Assignment, type AssignmentProblem } from './problem.js';
import { whyNotSentence } from './why-not-sentences.js';

/**
 * Why a reviewer is not asked for a proposal: there is a conflict; every place that is not kept for the seat is taken; the reviewer has
 * the largest load; or others are worth more together.
 */
export type WhyNotReason = 'assigned' | 'conflict' | 'seat' | 'load' | 'utility';

export interface WhyNot {
  readonly reason: WhyNotReason;
  /** What the total loses when the pair is forced in and all else is arranged anew; null when that cannot be. */
  readonly loss: number | null;
  /** What stands in the way when it cannot be. */
  readonly blocking: readonly Blocking[];
  readonly sentence: Text;
}

/** Explains a pair by forcing it in and solving again. `assignment` is the best one. Throws AssignmentCancelled. */
export function whyNot(
  problem: AssignmentProblem,
  assignment: Assignment,
  {
    proposal,
    reviewer,
    seat,
    seed,
  }: { readonly proposal: number; readonly reviewer: number; readonly seat: string; readonly seed: string },
  tools: CalculatorTools,
): WhyNot {
  const pair = findPair(problem, proposal, reviewer);
  const names = { proposal: problem.proposals[proposal]!, reviewer: problem.reviewers[reviewer]!, seat };
  const told = (reason: WhyNotReason, loss: number | null, blocking: readonly Blocking[] = []): WhyNot => ({
    reason,
    loss,
    blocking,
    sentence: whyNotSentence(reason, loss, names),
  });
  if (pair < 0) return told('conflict', null);
  if (assignment.chosen.includes(pair)) return told('assigned', 0);
  const forced = { ...problem, fixed: problem.fixed.slice() };
  forced.fixed[pair] = 1;
  const outcome = maximiseTotal(forced, seed, tools);
  const reason = reasonOf(problem, assignment, proposal, reviewer);
  if ('assignment' in outcome) return told(reason, assignment.total - outcome.assignment.total);
  const blocking = explainBlocking(forced, assignmentNetwork(forced), outcome.broken, seat);
  return told(
    reason === 'utility' ? (blocking.some(({ kind }) => kind === 'seat') ? 'seat' : 'load') : reason,
    null,
    blocking,
  );
}

function reasonOf(
  problem: AssignmentProblem,
  { chosen, loads }: Assignment,
  proposal: number,
  reviewer: number,
): WhyNotReason {
  const { hasSeat, pairs, maxLoads, reviewsPerProposal } = problem;
  if (hasSeat?.[reviewer] === 0) {
    const others = chosen.filter((pair) => pairs.proposal[pair] === proposal && hasSeat[pairs.reviewer[pair]!] === 0);
    if (others.length >= reviewsPerProposal - 1) return 'seat';
  }
  return loads[reviewer]! >= maxLoads[reviewer]! ? 'load' : 'utility';
}
