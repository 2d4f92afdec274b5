import { sha256 } from '#lib/kernel';
import type { AssignmentProblem } from './problem.js';

/** Enough values that two answers hardly ever draw the same sum. */
const MOST_VALUES = 65_536;

/**
 * The cost of each pair: minus its weight, stretched so far that no draw can outweigh one unit, plus a draw by seed and the names of the
 * pair. Two flows differ by cycles that pass each reviewer at most once, so by at most `turns` pairs gained and as many lost: a draw below
 * `values` decides only among equal weights when the stretch is above `(values - 1) x turns`. Weights are whole numbers from 0 to `most`;
 * 8 x nodes x the largest cost stays below 2^53.
 */
export function drawnCosts(problem: AssignmentProblem, weights: Int32Array, seed: string, nodes: number): Float64Array {
  const turns = Math.min(problem.proposals.length, problem.reviewers.length);
  const most = weights.reduce((max, weight) => Math.max(max, weight), 1);
  const longest = Math.floor(Number.MAX_SAFE_INTEGER / (8 * nodes * (most + 1)));
  const values = Math.max(1, Math.min(MOST_VALUES, Math.floor((longest - 1) / turns)));
  const stretch = (values - 1) * turns + 1;
  const draw = draws(problem, seed);
  const cost = new Float64Array(weights.length);
  for (let pair = 0; pair < cost.length; pair++) cost[pair] = (draw(pair) % values) - weights[pair]! * stretch;
  return cost;
}

/** A number from 0 to 2^32 - 1 for each pair, that depends on the seed and the two names only. */
export function draws({ proposals, reviewers, pairs }: AssignmentProblem, seed: string): (pair: number) => number {
  const [byProposal, byReviewer] = [marks(proposals, `${seed} proposal`), marks(reviewers, `${seed} reviewer`)];
  return (pair) => mix(byProposal[pairs.proposal[pair]!]! ^ mix(byReviewer[pairs.reviewer[pair]!]!));
}

function marks(names: readonly string[], seed: string): Uint32Array {
  return Uint32Array.from(names, (name) => Number.parseInt(sha256(`${seed} ${name}`).slice(0, 8), 16));
}

/** The last steps of MurmurHash3 (Appleby): each bit in changes half of the bits out. */
function mix(bits: number): number {
  let h = bits ^ (bits >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
