export type Id = string | number;
type Scalar = string | number | boolean | null;

/** At least and at most so many proposals, or units of money, for those whose `field` has this value. */
export interface Quota {
  readonly field: string;
  readonly value: Scalar;
  readonly measure: 'count' | 'amount';
  readonly min?: number;
  readonly max?: number;
}

/** A proposal that was ranked. Amounts are whole numbers of one unit; further fields are for quotas. */
export interface RankedRequest {
  readonly id: Id;
  /** 1 is the best; no two are equal. */
  readonly rank: number;
  /** What funding it is worth; at most six decimals. */
  readonly value: number;
  readonly requested: number;
  /** The minimum workable amount. */
  readonly minimum: number;
  /** What the applicant brings in. */
  readonly own: number;
  readonly [field: string]: Scalar;
}

/** What `regioloket allocate` reads. */
export interface AllocationInput {
  readonly budget: number;
  /** The least share of all costs that applicants bear themselves: a decimal number, or an exact `n/d`. */
  readonly cofinancingMin: number | string;
  readonly quotas: readonly Quota[];
  readonly proposals: readonly RankedRequest[];
}
