import type { Assignment } from './problem.js';

/** The best assignment for the worst-off proposal, and how sure that is. */
export interface Fairest {
  readonly assignment: Assignment;
  readonly proven: boolean;
  /** No assignment gives every proposal more than this. */
  readonly bound: number;
  /** Nodes of branch and bound that were looked at, and how many were allowed. */
  readonly nodes: number;
  readonly mostNodes: number;
}

/** Fairer: the worst-off proposal has more or, when it has as much, all have more together. */
export function isFairer(one: Assignment, other: Assignment): boolean {
  return one.worst > other.worst || (one.worst === other.worst && one.total > other.total);
}
