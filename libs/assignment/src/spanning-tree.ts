/**
 * The spanning tree of the network simplex method: the arcs whose flow may lie between its bounds. Children hang in linked lists, so that
 * moving a branch costs as many steps as the path that turns round, and a shift of potentials as many as the branch has nodes.
 */
export class SpanningTree {
  readonly parent: Int32Array;
  /** The arc to the parent, and 1 when it runs from the node to the parent, -1 when from the parent to the node. */
  readonly arc: Int32Array;
  readonly direction: Int8Array;
  /** Nodes in the branch that begins here. */
  readonly size: Int32Array;
  /** Dual prices: the reduced cost of a tree arc is 0. */
  readonly potential: Float64Array;
  private readonly firstChild: Int32Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;

  /** A star: every node hangs from the root, which is the last one. */
  constructor(nodes: number) {
    const root = nodes - 1;
    this.parent = new Int32Array(nodes).fill(root);
    this.parent[root] = -1;
    this.arc = new Int32Array(nodes).fill(-1);
    this.direction = new Int8Array(nodes);
    this.size = new Int32Array(nodes).fill(1);
    this.size[root] = nodes;
    this.potential = new Float64Array(nodes);
    this.firstChild = new Int32Array(nodes).fill(-1);
    this.next = new Int32Array(nodes).fill(-1);
    this.previous = new Int32Array(nodes).fill(-1);
    for (let node = 0; node < root; node++) this.attach(node, root);
  }

  /** Where the paths from two nodes to the root meet. */
  meeting(one: number, other: number): number {
    const { parent, size } = this;
    let [u, v] = [one, other];
    while (u !== v) {
      if (size[u]! < size[v]!) u = parent[u]!;
      else v = parent[v]!;
    }
    return u;
  }

  /**
   * Cuts the branch of `cut` off and hangs it by `node`, one of its own, under `under`; the path between `node` and `cut` turns round.
   * `join` is where both ends of the arc meet: from there on no size changes.
   */
  move(
    branch: { readonly cut: number; readonly node: number; readonly under: number; readonly join: number },
    arc: number,
    direction: number,
  ): void {
    const { parent, size } = this;
    const moved = size[branch.cut]!;
    for (let u = parent[branch.cut]!; u !== branch.join; u = parent[u]!) size[u]! -= moved;
    for (let u = branch.under; u !== branch.join; u = parent[u]!) size[u]! += moved;
    this.turn(branch.node, branch.cut, branch.under);
    this.arc[branch.node] = arc;
    this.direction[branch.node] = direction;
  }

  /** Raises the potential of each node of a branch. */
  shift(top: number, by: number): void {
    const { potential, firstChild, next, parent } = this;
    let node = top;
    for (;;) {
      potential[node]! += by;
      if (firstChild[node]! >= 0) {
        node = firstChild[node]!;
        continue;
      }
      while (node !== top && next[node]! < 0) node = parent[node]!;
      if (node === top) return;
      node = next[node]!;
    }
  }

  private turn(from: number, until: number, under: number): void {
    const { parent, arc, direction, size } = this;
    const whole = size[until]!;
    let [node, newParent, newArc, newDirection, newSize] = [from, under, -1, 0, whole];
    for (;;) {
      const [oldParent, oldArc, oldDirection, oldSize] = [parent[node]!, arc[node]!, direction[node]!, size[node]!];
      this.detach(node);
      this.attach(node, newParent);
      arc[node] = newArc;
      direction[node] = newDirection;
      size[node] = newSize;
      if (node === until) return;
      newParent = node;
      newArc = oldArc;
      newDirection = -oldDirection;
      newSize = whole - oldSize;
      node = oldParent;
    }
  }

  private detach(node: number): void {
    const { firstChild, next, previous } = this;
    const [before, after] = [previous[node]!, next[node]!];
    if (before >= 0) next[before] = after;
    else firstChild[this.parent[node]!] = after;
    if (after >= 0) previous[after] = before;
  }

  private attach(node: number, under: number): void {
    const after = this.firstChild[under]!;
    this.parent[node] = under;
    this.previous[node] = -1;
    this.next[node] = after;
    if (after >= 0) this.previous[after] = node;
    this.firstChild[under] = node;
  }
}
