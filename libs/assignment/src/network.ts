import type { AssignmentProblem } from './problem.js';

/** More than any flow on one arc. */
export const UNBOUNDED = 2 ** 30;

/** Arcs from node to node with the least and the most that may flow; what flows into a node flows out again. */
export interface Network {
  readonly nodes: number;
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly lower: Int32Array;
  readonly upper: Int32Array;
}

/**
 * A problem as a network: reviews flow from the desk to the reviewers, over the pairs to the proposals and back to the desk. Each rule is
 * the bounds of one arc, so that a rule is dropped by widening them. With a seat rule the reviewers with the seat reach a proposal through a node of its own; since each
 * reviewer has the seat or not, every vertex of the network is in whole numbers.
 */
export interface AssignmentNetwork extends Network {
  /** Where the arcs of each sort begin: pairs at 0, then seats, reviews and loads, one for each proposal or reviewer. */
  readonly seatArcs: number;
  readonly reviewArcs: number;
  readonly loadArcs: number;
  readonly desk: number;
}

export function assignmentNetwork(problem: AssignmentProblem): AssignmentNetwork {
  const { hasSeat, pairs } = problem;
  const [proposals, reviewers] = [problem.proposals.length, problem.reviewers.length];
  const [seatArcs, seats] = [pairs.utility.length, hasSeat === null ? 0 : proposals];
  const [reviewArcs, loadArcs] = [seatArcs + seats, seatArcs + seats + proposals];
  const desk = reviewers + proposals + seats;
  const arcs = loadArcs + reviewers;
  const [source, target, lower, upper] = [0, 0, 0, 0].map(() => new Int32Array(arcs)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  for (let pair = 0; pair < seatArcs; pair++) {
    const r = pairs.reviewer[pair]!;
    source[pair] = r;
    target[pair] = reviewers + pairs.proposal[pair]! + (hasSeat?.[r] === 1 ? proposals : 0);
    lower[pair] = problem.fixed[pair]!;
    upper[pair] = 1;
  }
  const put = (arc: number, ends: readonly [number, number], least: number, most: number): void => {
    [source[arc], target[arc]] = ends;
    lower[arc] = least;
    upper[arc] = most;
  };
  const k = problem.reviewsPerProposal;
  for (let p = 0; p < seats; p++) put(seatArcs + p, [reviewers + proposals + p, reviewers + p], 1, UNBOUNDED);
  for (let p = 0; p < proposals; p++) put(reviewArcs + p, [reviewers + p, desk], k, k);
  for (let r = 0; r < reviewers; r++) put(loadArcs + r, [desk, r], problem.minLoads[r]!, problem.maxLoads[r]!);
  return { nodes: desk + 1, source, target, lower, upper, seatArcs, reviewArcs, loadArcs, desk };
}
