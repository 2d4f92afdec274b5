import type { Network } from './network.js';

/**
 * A flow that keeps every upper bound and goes round in circles, brought above the lower bounds step by step (Ford and Fulkerson).
 * Bounds may be widened under way; `upper` and `lower` are the circulation's own copies.
 */
export class Circulation {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly flow: Int32Array;
  /** Nodes reached by the last search; after one that failed, no more can flow out of them and no less in (Hoffman 1960). */
  readonly reached: Uint8Array;
  private readonly begin: Int32Array;
  private readonly arcsAt: Int32Array;
  private readonly via: Int32Array;
  private readonly queue: Int32Array;
  private isForward = true;
  private readonly undone: (readonly [arc: number, by: number])[] = [];

  constructor(readonly network: Network) {
    const { nodes, source, target } = network;
    this.lower = network.lower.slice();
    this.upper = network.upper.slice();
    this.flow = new Int32Array(source.length);
    this.reached = new Uint8Array(nodes);
    this.via = new Int32Array(nodes);
    this.queue = new Int32Array(nodes);
    this.begin = new Int32Array(nodes + 1);
    for (let arc = 0; arc < source.length; arc++) {
      this.begin[source[arc]! + 1]! += 1;
      this.begin[target[arc]! + 1]! += 1;
    }
    for (let node = 0; node < nodes; node++) this.begin[node + 1]! += this.begin[node]!;
    this.arcsAt = new Int32Array(2 * source.length);
    const at = this.begin.slice();
    for (let arc = 0; arc < source.length; arc++) {
      for (const node of [source[arc]!, target[arc]!]) {
        this.arcsAt[at[node]!] = arc;
        at[node]! += 1;
      }
    }
  }

  /** Brings an arc's flow up to its lower bound; false when it cannot, and `reached` tells why. */
  repair(arc: number): boolean {
    const { source, target } = this.network;
    while (this.flow[arc]! < this.lower[arc]!) {
      if (!this.search(target[arc]!, source[arc]!)) return false;
      this.push(arc);
    }
    return true;
  }

  /** Forgets how to undo what was pushed until now. */
  keep(): void {
    this.undone.length = 0;
  }

  /** Takes back everything pushed since `keep`. */
  undo(): void {
    for (const [arc, by] of this.undone) this.flow[arc]! -= by;
    this.undone.length = 0;
  }

  /** By node 1 where more can flow to from a node or, backwards, from where more can flow to it. */
  reach(node: number, isForward: boolean): Uint8Array {
    this.isForward = isForward;
    this.spreadFrom(node, -1);
    return this.reached.slice();
  }

  /**
   * Whether more can flow from one node to another, breadth first from the end with fewer arcs: the desk has one for everybody, and a
   * search that begins there looks at everything.
   */
  private search(from: number, to: number): boolean {
    const { reached } = this;
    this.isForward = this.degree(from) <= this.degree(to);
    if (this.isForward ? this.spreadFrom(from, to) : this.spreadFrom(to, from)) return true;
    if (!this.isForward) for (let node = 0; node < reached.length; node++) reached[node]! ^= 1;
    return false;
  }

  private spreadFrom(start: number, goal: number): boolean {
    const { reached, queue } = this;
    reached.fill(0);
    reached[start] = 1;
    queue[0] = start;
    let tail = 1;
    for (let head = 0; head < tail && reached[goal] !== 1; head++) tail = this.spread(queue[head]!, tail);
    return reached[goal] === 1;
  }

  /** Queues the neighbours of a node that are not reached yet; answers the new end of the queue. */
  private spread(node: number, end: number): number {
    const { begin, arcsAt, reached, via, queue, isForward } = this;
    const { source, target } = this.network;
    let tail = end;
    // From the back: the arc to the desk, which knows everybody, comes before the pairs.
    for (let i = begin[node + 1]! - 1; i >= begin[node]!; i--) {
      const arc = arcsAt[i]!;
      const isOut = source[arc] === node;
      const other = isOut ? target[arc]! : source[arc]!;
      if (reached[other] === 1 || this.room(arc, isOut === isForward) <= 0) continue;
      reached[other] = 1;
      via[other] = arc;
      queue[tail++] = other;
    }
    return tail;
  }

  private degree(node: number): number {
    return this.begin[node + 1]! - this.begin[node]!;
  }

  private room(arc: number, isAlong: boolean): number {
    return isAlong ? this.upper[arc]! - this.flow[arc]! : this.flow[arc]! - this.lower[arc]!;
  }

  /** Sends as much as the arc needs and the path that was found can carry. */
  private push(arc: number): void {
    const { source, target } = this.network;
    const [goal, start] = this.isForward ? [source[arc]!, target[arc]!] : [target[arc]!, source[arc]!];
    const path: { readonly over: number; readonly isAlong: boolean }[] = [];
    for (let node = goal; node !== start;) {
      const over = this.via[node]!;
      path.push({ over, isAlong: (this.isForward ? target : source)[over] === node });
      node = target[over] === node ? source[over]! : target[over]!;
    }
    const need = this.lower[arc]! - this.flow[arc]!;
    const by = path.reduce((least, { over, isAlong }) => Math.min(least, this.room(over, isAlong)), need);
    for (const { over, isAlong } of path) this.add(over, isAlong ? by : -by);
    this.add(arc, by);
  }

  private add(arc: number, by: number): void {
    this.flow[arc]! += by;
    this.undone.push([arc, by]);
  }
}
