import type { Text } from '#lib/kernel';
import type { Id } from './allocation-input.js';

/** `stop` and `skip` go down the ranking, `pro-rata` gives each the same share, `optimal` has the largest value. */
export type AllocationRule = 'optimal' | 'stop' | 'skip' | 'pro-rata';

export interface Award {
  readonly id: Id;
  readonly amount: number;
}

export interface Refusal {
  readonly id: Id;
  /** `below-minimum`: its share of the money is less than it can work with (pro rata). */
  readonly reason: 'co-financing' | 'below-minimum';
  readonly sentence: Text;
}

/** Who gets what. All lists are in the order of the ranking. */
export interface Allocated {
  readonly rule: AllocationRule;
  readonly value: number;
  readonly paid: number;
  readonly unspent: number;
  readonly awards: readonly Award[];
  /** Eligible and not funded. */
  readonly reserve: readonly Id[];
  readonly refused: readonly Refusal[];
  /** Quota minimums that are not reached, as `theme=health count 0 < 2`. */
  readonly quotaViolations: readonly string[];
  /** Only where the optimum could not be proven within the solver's budget: no allocation is worth more than `bound`. */
  readonly proven?: false;
  readonly bound?: number;
}

/** A bound of a quota that cannot hold together with the others named and the budget. */
export interface BlockingQuota {
  readonly quota: string;
  readonly side: 'min' | 'max';
  readonly need: number;
  readonly sentence: Text;
}

/** No allocation keeps every quota (`optimal` only). */
export interface Unallocatable {
  readonly rule: 'optimal';
  readonly feasible: false;
  /** None too many: without any one of them the others can hold. */
  readonly blocking: readonly BlockingQuota[];
}

export type AllocationAnswer = Allocated | Unallocatable;
