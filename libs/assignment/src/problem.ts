/** Pairs that may be assigned, by position; a pair that is not listed is a conflict. Utilities are whole numbers from 0 to 1000. */
export interface Pairs {
  readonly proposal: Int32Array;
  readonly reviewer: Int32Array;
  readonly utility: Int32Array;
}

/** Who may review what, and how much. Proposals and reviewers are numbered from 0, pairs are sorted by proposal, then reviewer. */
export interface AssignmentProblem {
  /** Names for the draw among equal answers; their numbers follow the order of these names. */
  readonly proposals: readonly string[];
  readonly reviewers: readonly string[];
  readonly reviewsPerProposal: number;
  /** Fewest and most reviews, by reviewer. */
  readonly minLoads: Int32Array;
  readonly maxLoads: Int32Array;
  /** By reviewer 1 for the seat that every proposal must have among its reviewers; null: no such rule. */
  readonly hasSeat: Uint8Array | null;
  readonly pairs: Pairs;
  /** By pair 1 where it is settled: it is in every answer. */
  readonly fixed: Uint8Array;
}

/** The pairs of an answer as positions in the problem's list, ascending, with what they are worth. */
export interface Assignment {
  readonly chosen: Int32Array;
  /** Sum of the utilities, and the smallest sum that a proposal has. */
  readonly total: number;
  readonly worst: number;
  /** Reviews by reviewer. */
  readonly loads: Int32Array;
}

/** Counts what the chosen pairs are worth, always from the utilities themselves. */
export function assignmentOf(problem: AssignmentProblem, chosen: Int32Array): Assignment {
  const loads = new Int32Array(problem.reviewers.length);
  for (const pair of chosen) loads[problem.pairs.reviewer[pair]!]! += 1;
  const sums = proposalSums(problem, chosen);
  const total = sums.reduce((sum, value) => sum + value, 0);
  return { chosen, total, worst: sums.reduce((least, value) => Math.min(least, value), Infinity), loads };
}

/** The sum of the utilities by proposal. */
export function proposalSums({ proposals, pairs }: AssignmentProblem, chosen: Int32Array): Float64Array {
  const sums = new Float64Array(proposals.length);
  for (const pair of chosen) sums[pairs.proposal[pair]!]! += pairs.utility[pair]!;
  return sums;
}

/** Whether the chosen pairs keep every rule of the problem. */
export function keepsRules(problem: AssignmentProblem, chosen: Int32Array): boolean {
  const { proposals, reviewsPerProposal, pairs, hasSeat, fixed, minLoads, maxLoads } = problem;
  const [reviews, seats] = [new Int32Array(proposals.length), new Int32Array(proposals.length)];
  let settled = 0;
  for (const pair of chosen) {
    const p = pairs.proposal[pair]!;
    reviews[p]! += 1;
    seats[p]! += hasSeat?.[pairs.reviewer[pair]!] ?? 1;
    settled += fixed[pair]!;
  }
  const { loads } = assignmentOf(problem, chosen);
  return (
    settled === fixed.reduce((sum, one) => sum + one, 0) &&
    reviews.every((count, p) => count === reviewsPerProposal && seats[p]! >= 1) &&
    loads.every((load, r) => load >= minLoads[r]! && load <= maxLoads[r]!)
  );
}

/** The position of a pair in the sorted list, or -1: a conflict. */
export function findPair({ pairs: { proposal, reviewer } }: AssignmentProblem, p: number, r: number): number {
  let [low, high] = [0, proposal.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (proposal[middle]! < p || (proposal[middle] === p && reviewer[middle]! < r)) low = middle + 1;
    else high = middle;
  }
  return proposal[low] === p && reviewer[low] === r ? low : -1;
}
