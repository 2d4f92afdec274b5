import type { Network } from './network.js';
import { UNBOUNDED } from './network.js';
import { SpanningTree } from './spanning-tree.js';
import type { CalculatorTools } from '#lib/kernel';
import { AssignmentCancelled } from './tools.js';

/** The cheapest flow with the dual prices that prove it: `cost + potential[source] - potential[target]` is at least 0 where more could flow, at most 0 where less could. */
export interface CheapestFlow {
  readonly flow: Int32Array;
  readonly potential: Float64Array;
}

/** The flow of an arc is at its lower bound, in the tree, or at its upper bound. */
const [AT_LOWER, IN_TREE, AT_UPPER] = [1, 0, -1] as const;
const PIVOTS_BETWEEN_LOOKS = 2_048;

/**
 * The cheapest flow of a network that has one, by the primal network simplex method (Ahuja, Magnanti and Orlin, Network Flows, ch. 11), with
 * block search for the entering arc and strongly feasible trees, which cannot cycle. Costs are whole numbers, and 8 x nodes x the largest stays below 2^53, so that every sum is exact.
 * Throws AssignmentCancelled.
 */
export function cheapestFlow(network: Network, cost: Float64Array, tools: CalculatorTools): CheapestFlow {
  const simplex = new NetworkSimplex(network, cost);
  const expected = 1.5 * network.source.length;
  for (let pivots = 0; simplex.pivot(); pivots++) {
    if (pivots % PIVOTS_BETWEEN_LOOKS !== 0) continue;
    if (tools.isCancelled()) throw new AssignmentCancelled();
    tools.progress(Math.min(0.99, pivots / expected));
  }
  return simplex.answer();
}

class NetworkSimplex {
  private readonly source: Int32Array;
  private readonly target: Int32Array;
  /** Above the lower bound, which is moved into the supplies of the nodes. */
  private readonly capacity: Int32Array;
  private readonly flow: Int32Array;
  private readonly cost: Float64Array;
  private readonly state: Int8Array;
  private readonly tree: SpanningTree;
  private readonly arcs: number;
  private readonly block: number;
  private at = 0;

  constructor(
    private readonly network: Network,
    cost: Float64Array,
  ) {
    this.arcs = network.source.length;
    const all = this.arcs + network.nodes - 1;
    this.source = extended(network.source, all);
    this.target = extended(network.target, all);
    this.capacity = extended(network.upper, all);
    this.flow = new Int32Array(all);
    this.cost = new Float64Array(all);
    this.cost.set(cost);
    this.state = new Int8Array(all);
    this.tree = new SpanningTree(network.nodes);
    this.block = Math.max(20, Math.ceil(Math.sqrt(this.arcs)));
    this.start(this.moveLowerBounds());
  }

  /** Improves the flow by one arc; false when no arc can. */
  pivot(): boolean {
    const entering = this.entering();
    if (entering < 0) return false;
    const isForward = this.state[entering] === AT_LOWER;
    const first = (isForward ? this.source : this.target)[entering]!;
    const second = (isForward ? this.target : this.source)[entering]!;
    const join = this.tree.meeting(first, second);
    const leaving = this.leaving(entering, [first, second], join);
    this.augment(entering, leaving.delta, join);
    if (leaving.node < 0) this.state[entering] = -this.state[entering]!;
    else this.exchange(entering, leaving.node, leaving.isFirst ? [first, second] : [second, first], join);
    return true;
  }

  answer(): CheapestFlow {
    const { lower } = this.network;
    return {
      flow: this.flow.slice(0, this.arcs).map((flow, arc) => flow + lower[arc]!),
      potential: this.tree.potential,
    };
  }

  private moveLowerBounds(): Int32Array {
    const { nodes, source, target, lower, upper } = this.network;
    const supply = new Int32Array(nodes);
    for (let arc = 0; arc < this.arcs; arc++) {
      const least = lower[arc]!;
      supply[source[arc]!]! -= least;
      supply[target[arc]!]! += least;
      this.capacity[arc] = upper[arc]! - least;
      // An arc that cannot change never enters the tree: its reduced cost counts as 0.
      this.state[arc] = this.capacity[arc] === 0 ? IN_TREE : AT_LOWER;
    }
    return supply;
  }

  /** The first tree: a dear arc of its own from each node to the root, or back. */
  private start(supply: Int32Array): void {
    const { tree } = this;
    const root = this.network.nodes - 1;
    const dear = 1 + this.network.nodes * this.cost.reduce((most, cost) => Math.max(most, Math.abs(cost)), 0);
    for (let node = 0; node < root; node++) {
      const arc = this.arcs + node;
      const isUp = supply[node]! >= 0;
      this.source[arc] = isUp ? node : root;
      this.target[arc] = isUp ? root : node;
      this.capacity[arc] = UNBOUNDED;
      this.cost[arc] = dear;
      this.flow[arc] = Math.abs(supply[node]!);
      tree.arc[node] = arc;
      tree.direction[node] = isUp ? 1 : -1;
      tree.potential[node] = isUp ? -dear : dear;
    }
  }

  /** Block search (Grigoriadis 1986): the best arc of the next block that holds one; -1 when a whole round finds none. */
  private entering(): number {
    const { state, cost, source, target, arcs, block } = this;
    const { potential } = this.tree;
    let [best, least, left, at] = [-1, 0, block, this.at];
    for (let seen = 0; seen < arcs; seen++) {
      const reduced = state[at]! * (cost[at]! + potential[source[at]!]! - potential[target[at]!]!);
      if (reduced < least) {
        least = reduced;
        best = at;
      }
      at += 1;
      if (at === arcs) at = 0;
      left -= 1;
      if (left > 0) continue;
      if (best >= 0) break;
      left = block;
    }
    this.at = at;
    return best;
  }

  /**
   * How much can flow round the cycle from `first` over the entering arc to `second` and back over the tree, and below which node the arc
   * is that stops it (-1: the entering arc itself). Among equals the last one on the cycle from the join: the tree stays strongly feasible (Cunningham 1976).
   */
  private leaving(
    entering: number,
    [first, second]: readonly [number, number],
    join: number,
  ): { delta: number; node: number; isFirst: boolean } {
    const { flow, capacity } = this;
    const { parent, arc, direction } = this.tree;
    let [delta, node, isFirst] = [capacity[entering]!, -1, false];
    for (let u = first; u !== join; u = parent[u]!) {
      const a = arc[u]!;
      const room = direction[u] === -1 ? capacity[a]! - flow[a]! : flow[a]!;
      if (room < delta) [delta, node, isFirst] = [room, u, true];
    }
    for (let u = second; u !== join; u = parent[u]!) {
      const a = arc[u]!;
      const room = direction[u] === 1 ? capacity[a]! - flow[a]! : flow[a]!;
      if (room <= delta) [delta, node, isFirst] = [room, u, false];
    }
    return { delta, node, isFirst };
  }

  private augment(entering: number, delta: number, join: number): void {
    if (delta === 0) return;
    const { flow } = this;
    const { parent, arc, direction } = this.tree;
    const change = this.state[entering]! * delta;
    flow[entering]! += change;
    for (let u = this.source[entering]!; u !== join; u = parent[u]!) flow[arc[u]!]! -= direction[u]! * change;
    for (let u = this.target[entering]!; u !== join; u = parent[u]!) flow[arc[u]!]! += direction[u]! * change;
  }

  /** The entering arc takes the place of the arc above `cut`. */
  private exchange(entering: number, cut: number, [node, under]: readonly [number, number], join: number): void {
    const { tree, state } = this;
    const out = tree.arc[cut]!;
    state[entering] = IN_TREE;
    state[out] = this.flow[out] === 0 ? AT_LOWER : AT_UPPER;
    const direction = this.source[entering] === node ? 1 : -1;
    tree.move({ cut, node, under, join }, entering, direction);
    tree.shift(node, tree.potential[under]! - tree.potential[node]! - direction * this.cost[entering]!);
  }
}

function extended(values: Int32Array, length: number): Int32Array {
  const longer = new Int32Array(length);
  longer.set(values);
  return longer;
}
