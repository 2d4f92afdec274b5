import { ProgramBuilder, type IntegerProgram, type IntegerSolver, type ProgramAnswer } from '#lib/kernel';
import { isFairer, type Fairest } from './fairest.js';
import { assignmentOf, keepsRules, type Assignment, type AssignmentProblem } from './problem.js';
import { setsWorth, type ReviewSet } from './review-sets.js';

/** Beyond so many sets one linear program takes minutes. */
const MOST_SETS = 40_000;

/**
 * Halves the room between the worst sum known and its bound: can every proposal have a set of reviewers worth that much? With a column
 * for each whole set, what cannot be is seen in the linear program itself, where columns for pairs leave it to thousands of branches
 * (the set form of the generalised assignment problem: Savelsbergh 1997, doi:10.1287/opre.45.6.831). Null when there are too many sets.
 */
export function searchSets(
  problem: AssignmentProblem,
  seed: string,
  known: Fairest,
  solver: IntegerSolver,
): Fairest | null {
  const sets = setsWorth(problem, seed, { least: known.assignment.worst, most: MOST_SETS });
  if (sets === null) return null;
  let { assignment: best, nodes } = known;
  let bound = Math.min(known.bound, leastOfBest(problem, sets));
  const ask = (aim: 'any' | 'total', worst: number): ProgramAnswer & { readonly found: Assignment | null } => {
    const worthy = sets.filter(({ worth }) => worth >= worst);
    const answer = solver.maximise(program(problem, worthy, aim), { mostNodes: known.mostNodes, seed: 0 });
    nodes += answer.nodes;
    const found = assignmentFrom(problem, worthy, answer);
    if (found !== null && isFairer(found, best)) best = found;
    return { ...answer, found };
  };
  let isKnown = true;
  while (best.worst < bound && isKnown) {
    const middle = best.worst + Math.ceil((bound - best.worst) / 2);
    const { status, found } = ask('any', middle);
    if (status === 'infeasible') bound = middle - 1;
    else isKnown = found !== null;
  }
  const { status, bound: totalBound } = ask('total', best.worst);
  const proven = isKnown && status === 'optimal' && best.total >= Math.floor(totalBound + 1e-6);
  return { assignment: best, proven, bound, nodes, mostNodes: known.mostNodes };
}

/** The worth of the best set, for the proposal whose best set is worth least: above it no program has an answer. */
function leastOfBest(problem: AssignmentProblem, sets: readonly ReviewSet[]): number {
  const best = problem.proposals.map(() => 0);
  for (const { proposal, worth } of sets) best[proposal] = Math.max(best[proposal]!, worth);
  return Math.min(...best);
}

/** One set for each proposal, and each reviewer's load. */
function program(problem: AssignmentProblem, sets: readonly ReviewSet[], aim: 'any' | 'total'): IntegerProgram {
  const builder = new ProgramBuilder();
  const ofProposal = problem.proposals.map((): [number, number][] => []);
  const ofReviewer = problem.reviewers.map((): [number, number][] => []);
  for (const { proposal, pairs, worth } of sets) {
    const column = builder.column(aim === 'total' ? worth : 0, 0, 1);
    ofProposal[proposal]!.push([column, 1]);
    for (const pair of pairs) ofReviewer[problem.pairs.reviewer[pair]!]!.push([column, 1]);
  }
  for (const terms of ofProposal) builder.row(1, 1, terms);
  ofReviewer.forEach((terms, r) => builder.row(problem.minLoads[r]!, problem.maxLoads[r]!, terms));
  return builder.build();
}

/** What the solver says, counted again in whole numbers. */
function assignmentFrom(
  problem: AssignmentProblem,
  sets: readonly ReviewSet[],
  { values }: ProgramAnswer,
): Assignment | null {
  if (values === null) return null;
  const chosen = Int32Array.from(sets.filter((_, column) => values[column] === 1).flatMap(({ pairs }) => pairs)).sort();
  return keepsRules(problem, chosen) ? assignmentOf(problem, chosen) : null;
}
