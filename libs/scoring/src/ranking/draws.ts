import { SeededRandom, type CalculatorTools } from '#lib/kernel';
import { solveUpper } from './cholesky.js';
import { forEachColumn } from './conditional-proposals.js';
import { Conditional } from './given-spreads.js';
import type { GridNode } from './grid.js';
import { NormalDraws } from './normal-draws.js';
import type { Posterior } from './posterior.js';
import { RankingCancelled } from './tools.js';
import { at } from './vector.js';

/** The seed of every ranking: a ranking is a computation, and nobody should be able to choose its noise. */
export const SEED = 'regioloket rank 1';

/** One drawn panel; its arrays are used again for the next. */
export interface Draw {
  /** Drawn effects of the proposals, and the same in ascending order. */
  readonly theta: Float64Array;
  readonly ascending: Float64Array;
  /** Their means and 1/SD when the reviewers are as drawn: then they are independent. */
  readonly mean: Float64Array;
  readonly precision: Float64Array;
}

/**
 * Draws panels from the posterior: standard deviations by systematic resampling of the grid, reviewers from their normal, proposals given
 * the reviewers. Draws come in pairs with opposite noise, which takes out most of the error of what is nearly linear in it.
 * Throws RankingCancelled.
 */
export function drawPanels(
  posterior: Posterior,
  draws: number,
  tools: CalculatorTools,
  visit: (draw: Draw) => void,
): void {
  const normals = new NormalDraws(new SeededRandom(SEED));
  const conditional = new Conditional(posterior.statistics);
  let done = 0;
  for (const [node, pairs] of resampled(posterior.nodes, draws / 2)) {
    const panel = new PanelDraws(posterior, node, conditional);
    for (let i = 0; i < pairs; i++) {
      panel.renew(normals);
      for (const sign of [1, -1]) visit(panel.draw(sign));
      if (done++ % 500 === 0) {
        tools.progress((2 * done) / draws);
        if (tools.isCancelled()) throw new RankingCancelled();
      }
    }
  }
}

/** How many of `count` draws each node gets: one for each of the points (i + 1/2)/count of the cumulated weights. */
function resampled(nodes: readonly GridNode[], count: number): readonly (readonly [GridNode, number])[] {
  let [cumulated, taken] = [0, 0];
  return nodes.flatMap((node, i) => {
    cumulated += node.weight;
    const until =
      i === nodes.length - 1 ? count : Math.min(count, Math.max(taken, Math.floor(cumulated * count + 0.5)));
    const pairs = until - taken;
    taken = until;
    return pairs === 0 ? [] : [[node, pairs] as const];
  });
}

/** Draws with the standard deviations of one node: b = mean + L^-T z, theta = f (S - N b) + v sqrt(f) e. */
class PanelDraws {
  private readonly z: Float64Array;
  private readonly e: Float64Array;
  private readonly b: Float64Array;
  private readonly given: { readonly mean: Float64Array; readonly factor: Float64Array };
  private readonly shrinkage: Float64Array;
  private readonly answer: Draw;

  constructor(
    private readonly posterior: Posterior,
    { t, k, v }: GridNode,
    conditional: Conditional,
  ) {
    const { order, sums, design } = posterior.statistics;
    this.given = conditional.at({ t, k, v });
    [this.z, this.b, this.e] = [new Float64Array(order), new Float64Array(order), new Float64Array(sums.length)];
    this.shrinkage = sums.map((_, p) => (t * t) / (v * v + (at(design.starts, p + 1) - at(design.starts, p)) * t * t));
    this.answer = {
      ...{ theta: new Float64Array(sums.length), ascending: new Float64Array(sums.length) },
      ...{ mean: new Float64Array(sums.length), precision: this.shrinkage.map((f) => 1 / (v * Math.sqrt(f))) },
    };
  }

  renew(normals: NormalDraws): void {
    normals.fill(this.z);
    normals.fill(this.e);
  }

  draw(sign: number): Draw {
    const { statistics } = this.posterior;
    const { theta, mean, precision, ascending } = this.answer;
    for (let c = 0; c < this.b.length; c++) this.b[c] = sign * at(this.z, c);
    solveUpper(this.given.factor, statistics.order, this.b);
    for (let c = 0; c < this.b.length; c++) this.b[c] = at(this.b, c) + at(this.given.mean, c);
    for (let p = 0; p < theta.length; p++) {
      let level = 0;
      forEachColumn(statistics, p, (c, x) => (level += x * at(this.b, c)));
      mean[p] = at(this.shrinkage, p) * (at(statistics.sums, p) - level);
      theta[p] = at(mean, p) + (sign * at(this.e, p)) / at(precision, p);
    }
    ascending.set(theta);
    ascending.sort();
    return this.answer;
  }
}
