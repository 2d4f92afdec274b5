import type { AssignmentProblem } from './problem.js';
import { draws } from './tie-break.js';

/** A set of reviewers that one proposal may have: as many as it must, with its settled ones and the seat, where there is such a rule. */
export interface ReviewSet {
  readonly proposal: number;
  /** The pairs, by position in the problem's list. */
  readonly pairs: readonly number[];
  /** Sum of the utilities. */
  readonly worth: number;
}

/** All sets worth at least `least`, in an order that the seed draws; null when there are more than `most`. */
export function setsWorth(
  problem: AssignmentProblem,
  seed: string,
  { least, most }: { readonly least: number; readonly most: number },
): readonly ReviewSet[] | null {
  const sets: ReviewSet[] = [];
  const { proposal } = problem.pairs;
  for (let begin = 0, end = 0; begin < proposal.length; begin = end) {
    while (proposal[end] === proposal[begin]) end += 1;
    const pairs = Array.from({ length: end - begin }, (_, i) => begin + i);
    if (!addSets(problem, pairs, sets, { least, most })) return null;
  }
  const draw = draws(problem, seed);
  const drawn = new Map(sets.map((set) => [set, set.pairs.reduce((sum, pair) => sum + draw(pair), 0)]));
  return sets.sort((a, b) => drawn.get(a)! - drawn.get(b)!);
}

/** Adds the sets of one proposal; false when there are too many. The best pairs come first, so that what cannot be worth enough ends early. */
function addSets(
  { pairs: { proposal, reviewer, utility }, fixed, hasSeat, reviewsPerProposal }: AssignmentProblem,
  pairs: readonly number[],
  sets: ReviewSet[],
  { least, most }: { readonly least: number; readonly most: number },
): boolean {
  const free = pairs.filter((pair) => fixed[pair] !== 1).sort((a, b) => utility[b]! - utility[a]! || a - b);
  const worth = (some: readonly number[]): number => some.reduce((sum, pair) => sum + utility[pair]!, 0);
  const extend = (chosen: readonly number[], sum: number, from: number): boolean => {
    const missing = reviewsPerProposal - chosen.length;
    if (missing === 0) {
      const isSeated = hasSeat === null || chosen.some((pair) => hasSeat[reviewer[pair]!] === 1);
      if (isSeated) sets.push({ proposal: proposal[pairs[0]!]!, pairs: chosen, worth: sum });
      return sets.length <= most;
    }
    for (let next = from; next + missing <= free.length; next++) {
      if (sum + worth(free.slice(next, next + missing)) < least) return true;
      if (!extend([...chosen, free[next]!], sum + utility[free[next]!]!, next + 1)) return false;
    }
    return true;
  };
  const settled = pairs.filter((pair) => fixed[pair] === 1);
  return extend(settled, worth(settled), 0);
}
