import { Circulation } from './circulation.js';
import { irreducibleRules, type BrokenCut } from './irreducible-rules.js';
import type { AssignmentNetwork } from './network.js';
import type { AssignmentProblem } from './problem.js';

/** Null when some assignment keeps every rule; otherwise rules that cannot hold together, none of which can be left out of the blame. */
export function whatBlocks(problem: AssignmentProblem, network: AssignmentNetwork): BrokenCut | null {
  const circulation = new Circulation(network);
  fillGreedily(problem, network, circulation.flow);
  const { lower, flow } = circulation;
  // Backwards: loads, reviews and seats before fixed pairs, so that most pairs are not looked at twice.
  for (let arc = lower.length - 1; arc >= 0; arc--)
    if (flow[arc]! < lower[arc]! && !circulation.repair(arc)) return irreducibleRules(circulation, network);
  return null;
}

/** A first flow that keeps every upper bound: each proposal takes its fixed pairs, one with the seat, then whoever has most room left. */
function fillGreedily(problem: AssignmentProblem, network: AssignmentNetwork, flow: Int32Array): void {
  const { pairs, hasSeat, fixed, maxLoads, reviewsPerProposal: k } = problem;
  const room = maxLoads.slice();
  const take = (pair: number): void => {
    const [p, r] = [pairs.proposal[pair]!, pairs.reviewer[pair]!];
    if (room[r]! <= 0 || flow[network.reviewArcs + p]! >= k) return;
    room[r]! -= 1;
    for (const arc of [pair, network.reviewArcs + p, network.loadArcs + r]) flow[arc]! += 1;
    if (hasSeat?.[r] === 1) flow[network.seatArcs + p]! += 1;
  };
  for (let begin = 0, end = 0; begin < pairs.proposal.length; begin = end) {
    while (pairs.proposal[end] === pairs.proposal[begin]) end += 1;
    const list = Array.from({ length: end - begin }, (_, i) => begin + i);
    const roomOf = (pair: number): number => room[pairs.reviewer[pair]!]!;
    list.sort((a, b) => fixed[b]! - fixed[a]! || roomOf(b) - roomOf(a) || a - b);
    const seated =
      hasSeat === null ? undefined : list.find((pair) => hasSeat[pairs.reviewer[pair]!] === 1 && roomOf(pair) > 0);
    if (seated !== undefined && fixed[list[0]!] === 0) take(seated);
    for (const pair of list) if (pair !== seated || flow[pair] === 0) take(pair);
  }
}
