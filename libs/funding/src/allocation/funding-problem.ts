import { Fraction } from '#lib/kernel';
import type { Refusal } from './allocation-answer.js';
import type { AllocationInput, Id, Quota, RankedRequest } from './allocation-input.js';
import { coFinancingRefusal } from './refusals.js';
import { scaleOf } from './whole-values.js';

/** An eligible proposal. Money and value are whole numbers. */
export interface Entry {
  readonly id: Id;
  readonly value: number;
  readonly requested: number;
  /** The least award, at least one unit: an award of nothing is none. */
  readonly minimum: number;
  /** Positions of the quotas it counts for. */
  readonly quotas: readonly number[];
}

/** What is to be divided among whom; the order of the input's rows makes no difference to it. */
export interface FundingProblem {
  readonly budget: number;
  readonly quotas: readonly Quota[];
  /** Everybody, best first. */
  readonly ranking: readonly Id[];
  /** Eligible, best first. */
  readonly entries: readonly Entry[];
  /** Not eligible, best first. */
  readonly refused: readonly Refusal[];
  /** Values were multiplied by this to make them whole. */
  readonly scale: number;
}

/** An input without faults as a problem. Without partial awards each needs all it asked. */
export function fundingProblem(input: AllocationInput, partial: boolean): FundingProblem {
  const share = shareOf(input.cofinancingMin);
  const scale = scaleOf(input.proposals.map(({ value }) => value)) ?? 1;
  const quotasOf = quotaFinder(input.quotas);
  const [entries, refused]: [Entry[], Refusal[]] = [[], []];
  const rows = [...input.proposals].sort((a, b) => a.rank - b.rank);
  for (const row of rows) {
    const refusal = coFinancingRefusal(row, share);
    if (refusal !== null) refused.push(refusal);
    else
      entries.push({
        ...amounts(row, partial),
        id: row.id,
        value: Math.round(row.value * scale),
        quotas: quotasOf(row),
      });
  }
  const { budget, quotas } = input;
  return { budget, quotas, ranking: rows.map(({ id }) => id), entries, refused, scale };
}

/** `1/5`, or the decimal that a number is written as. Throws NotAFraction. */
export function shareOf(written: number | string): Fraction {
  return typeof written === 'number' ? Fraction.fromNumber(written) : Fraction.parse(written);
}

function amounts({ requested, minimum }: RankedRequest, partial: boolean): Pick<Entry, 'requested' | 'minimum'> {
  return { requested, minimum: partial ? Math.max(1, minimum) : requested };
}

/** Finds the quotas of a proposal by looking only at the fields that quotas speak of. */
function quotaFinder(quotas: readonly Quota[]): (row: RankedRequest) => readonly number[] {
  const byField = new Map<string, Map<unknown, number[]>>();
  quotas.forEach(({ field, value }, q) => {
    const byValue = byField.get(field) ?? new Map<unknown, number[]>();
    byField.set(field, byValue.set(value, [...(byValue.get(value) ?? []), q]));
  });
  return (row) =>
    Array.from(byField).flatMap(([field, byValue]) =>
      Object.hasOwn(row, field) ? (byValue.get(row[field]) ?? []) : [],
    );
}
