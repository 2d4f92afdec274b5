import type { AssignmentProblem } from './problem.js';

/** The smallest sum that a proposal would have if it could choose first: no assignment gives every proposal more. */
export function bestAlone(problem: AssignmentProblem): number {
  const { pairs, fixed, hasSeat, reviewsPerProposal: k } = problem;
  let least = Infinity;
  for (let begin = 0, end = 0; begin < pairs.proposal.length; begin = end) {
    while (pairs.proposal[end] === pairs.proposal[begin]) end += 1;
    const list = Array.from({ length: end - begin }, (_, i) => begin + i);
    list.sort((a, b) => fixed[b]! - fixed[a]! || pairs.utility[b]! - pairs.utility[a]!);
    const first = list.slice(0, k);
    if (hasSeat !== null && !first.some((pair) => hasSeat[pairs.reviewer[pair]!] === 1)) {
      const seated = list.find((pair) => hasSeat[pairs.reviewer[pair]!] === 1);
      if (seated !== undefined) first.splice(-1, 1, seated);
    }
    least = Math.min(
      least,
      first.reduce((sum, pair) => sum + pairs.utility[pair]!, 0),
    );
  }
  return least;
}
