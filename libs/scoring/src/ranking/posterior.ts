import type { CalculatorTools } from '#lib/kernel';
import { effectsGiven } from './conditional-proposals.js';
import { Conditional } from './given-spreads.js';
import { gridOn, regionOf, type GridNode } from './grid.js';
import { Mixture, movesBetween, type Summary } from './mixture.js';
import type { Design } from './panel.js';
import { PRIORS, type Model, type Spreads } from './spreads.js';
import { part, RankingCancelled } from './tools.js';
import { statisticsOf, type Statistics } from './statistics.js';
import { at } from './vector.js';

/** What is known after the scores, in the order of the design. */
export interface Posterior extends Summary {
  readonly statistics: Statistics;
  readonly nodes: readonly GridNode[];
  readonly accuracy: Accuracy;
}

/** How well the grid integrates: the largest moves by the last refinement, of expected ranks and of means and SDs of effects. */
export interface Accuracy {
  readonly nodesPerDimension: number;
  readonly nodes: number;
  readonly expectedRankMoved: number;
  readonly effectMoved: number;
}

/** Refined until nothing moves by this much. After the last refinement the accuracy tells how far it came. */
const ENOUGH = { expectedRank: 0.002, effect: 0.001 };
const REFINEMENTS = [9, 12, 16, 24, 36];

/** The posterior of a design whose scores are not all the same. Throws RankingCancelled. */
export function posteriorOf(design: Design, model: Model, tools: CalculatorTools): Posterior {
  const prior = PRIORS[model];
  const statistics = statisticsOf(design, prior.learnsLevel ? 3.5 : meanOfMeans(design), prior.learnsLevel);
  const conditional = new Conditional(statistics);
  const logDensity = (spreads: Spreads): number => conditional.at(spreads).logLikelihood + prior.logDensity(spreads);
  const region = regionOf(logDensity, prior);
  let before: Summary | undefined;
  for (const [i, count] of REFINEMENTS.entries()) {
    const nodes = gridOn(logDensity, region, count);
    const summary = integrated(nodes, conditional, statistics, part(tools, i / (i + 1), (i + 1) / (i + 2)));
    const moves = before && movesBetween(before, summary);
    const isEnough = moves && moves.expectedRankMoved < ENOUGH.expectedRank && moves.effectMoved < ENOUGH.effect;
    if (moves && (isEnough || i === REFINEMENTS.length - 1))
      return { ...summary, statistics, nodes, accuracy: { nodesPerDimension: count, nodes: nodes.length, ...moves } };
    before = summary;
  }
  throw new RangeError('There are at least two refinements.');
}

function integrated(
  nodes: readonly GridNode[],
  conditional: Conditional,
  statistics: Statistics,
  tools: CalculatorTools,
): Summary {
  const mixture = new Mixture(statistics);
  nodes.forEach((node, i) => {
    if (tools.isCancelled()) throw new RankingCancelled();
    tools.progress(i / nodes.length);
    const given = conditional.at(node);
    mixture.add(node, effectsGiven(statistics, node, given), given.mean);
  });
  return mixture.summary();
}

/** The level of `snsf`, which is data and no parameter: the mean of the proposals' means. */
function meanOfMeans({ starts, y, proposals }: Design): number {
  const means = proposals.map((_, p) => {
    const own = y.subarray(at(starts, p), at(starts, p + 1));
    return own.reduce((sum, score) => sum + score, 0) / own.length;
  });
  return means.reduce((sum, mean) => sum + mean, 0) / means.length;
}
