import type { AssignmentProblem } from './problem.js';

export type Id = string | number;

/** What `regioloket assign` reads: pairs are [proposal, reviewer, utility], by position. */
export interface AssignmentInput {
  readonly reviewsPerProposal: number;
  readonly minLoad: number;
  readonly maxLoad: number;
  /** The seat of each reviewer. */
  readonly seats: readonly string[];
  readonly pairs: readonly (readonly [proposal: number, reviewer: number, utility: number])[];
  readonly proposals?: readonly Id[];
  readonly reviewers?: readonly Id[];
  /** Pairs that are settled, [proposal, reviewer]. */
  readonly fixed?: readonly (readonly [proposal: number, reviewer: number])[];
  /** By reviewer, where it is not as for everybody. */
  readonly loads?: readonly { readonly min?: number; readonly max?: number }[];
}

/** A problem in the order of its names, and where each of its proposals and reviewers stands in the input. */
export interface OrderedProblem {
  readonly problem: AssignmentProblem;
  readonly proposalAt: Int32Array;
  readonly reviewerAt: Int32Array;
}

/** The number of proposals: those named, else one more than the largest position in a pair. */
export function proposalCount({ proposals, pairs }: AssignmentInput): number {
  return proposals?.length ?? pairs.reduce((most, [p]) => Math.max(most, p), -1) + 1;
}

/** An input without faults as a problem. In whatever order the input names things, the problem is the same. */
export function orderedProblem(input: AssignmentInput, seat: string | null): OrderedProblem {
  const proposalAt = order(input.proposals, proposalCount(input));
  const reviewerAt = order(input.reviewers, input.seats.length);
  const load = (side: 'min' | 'max', all: number): Int32Array =>
    reviewerAt.map((at) => input.loads?.[at]?.[side] ?? all);
  const problem = {
    proposals: names(input.proposals, proposalAt),
    reviewers: names(input.reviewers, reviewerAt),
    reviewsPerProposal: input.reviewsPerProposal,
    minLoads: load('min', input.minLoad),
    maxLoads: load('max', input.maxLoad),
    hasSeat: seat === null ? null : Uint8Array.from(reviewerAt, (at) => Number(input.seats[at] === seat)),
    ...sortedPairs(input, inverse(proposalAt), inverse(reviewerAt)),
  };
  return { problem, proposalAt, reviewerAt };
}

function sortedPairs(
  input: AssignmentInput,
  proposalOf: Int32Array,
  reviewerOf: Int32Array,
): Pick<AssignmentProblem, 'pairs' | 'fixed'> {
  const width = reviewerOf.length;
  const key = (p: number, r: number): number => proposalOf[p]! * width + reviewerOf[r]!;
  const keys = Float64Array.from(input.pairs, ([p, r, utility]) => key(p, r) * 1024 + utility).sort();
  const places = keys.map((value) => Math.floor(value / 1024));
  const settled = new Set((input.fixed ?? []).map(([p, r]) => key(p, r)));
  return {
    pairs: {
      proposal: Int32Array.from(places, (place) => Math.floor(place / width)),
      reviewer: Int32Array.from(places, (place) => place % width),
      utility: Int32Array.from(keys, (value) => value % 1024),
    },
    fixed: Uint8Array.from(places, (place) => Number(settled.has(place))),
  };
}

/** Positions sorted by name; without names as they stand. */
function order(ids: readonly Id[] | undefined, count: number): Int32Array {
  const at = Int32Array.from({ length: count }, (_, i) => i);
  if (ids === undefined) return at;
  const text = ids.map(String);
  return at.sort((a, b) => (text[a]! < text[b]! ? -1 : 1));
}

function names(ids: readonly Id[] | undefined, at: Int32Array): string[] {
  return Array.from(at, (i) => String(ids?.[i] ?? i));
}

export function inverse(permutation: Int32Array): Int32Array {
  const places = new Int32Array(permutation.length);
  permutation.forEach((at, place) => (places[at] = place));
  return places;
}
