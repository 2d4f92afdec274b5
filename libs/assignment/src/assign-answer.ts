import type { Text } from '#lib/kernel';
import type { Id } from './assignment-input.js';
import type { RuleKind } from './irreducible-rules.js';
import type { WhyNotReason } from './why-not.js';

export type NamedPair = readonly [proposal: Id, reviewer: Id];

/** Rules of one kind that cannot hold together with the others named. */
export interface NamedBlocking {
  readonly kind: RuleKind;
  readonly proposals: readonly Id[];
  readonly reviewers: readonly Id[];
  readonly need: number;
  readonly have: number;
  readonly sentence: Text;
}

export interface NamedWhyNot {
  readonly proposal: Id;
  readonly reviewer: Id;
  readonly reason: WhyNotReason;
  /** What the total loses with the pair forced in; null when the rules cannot hold with it. */
  readonly loss: number | null;
  readonly blocking: readonly NamedBlocking[];
  readonly sentence: Text;
}

/** What stayed of an earlier assignment, and what changed. */
export interface NamedChanges {
  readonly kept: number;
  readonly added: readonly NamedPair[];
  readonly removed: readonly NamedPair[];
}

export interface FeasibleAnswer {
  readonly feasible: true;
  readonly proven: boolean;
  readonly total: number;
  /** The sum of the worst-off proposal; with `max-min` also what it cannot exceed, and the nodes of branch and bound looked at and allowed. */
  readonly worst: number;
  readonly bound?: number;
  readonly nodes?: number;
  readonly mostNodes?: number;
  /** Reviews by reviewer, and the pairs, in the order of the input. */
  readonly loads: readonly number[];
  readonly assignment: readonly NamedPair[];
  readonly whyNot?: NamedWhyNot;
  readonly rebalance?: NamedChanges;
}

/** With the ids of the input when it names both proposals and reviewers, else with positions. */
export type AssignAnswer = FeasibleAnswer | { readonly feasible: false; readonly blocking: readonly NamedBlocking[] };
