import type { FundingProblem } from '../allocation/funding-problem.js';

/** Entries that count for the same amount quotas: money can move among them without any quota noticing. */
export interface MoneyClasses {
  /** By entry. */
  readonly classOf: readonly number[];
  /** The amount quotas of each class. */
  readonly quotasOf: readonly (readonly number[])[];
}

export function moneyClasses({ entries, quotas }: FundingProblem): MoneyClasses {
  const classes = new Map<string, number>();
  const quotasOf: (readonly number[])[] = [];
  const classOf = entries.map((entry) => {
    const own = entry.quotas.filter((q) => quotas[q]?.measure === 'amount');
    const key = own.join();
    const known = classes.get(key);
    if (known !== undefined) return known;
    classes.set(key, quotasOf.length);
    return quotasOf.push(own) - 1;
  });
  return { classOf, quotasOf };
}

/** Whether a unit can always go from an award of one class to one of another: no ceiling gets more, no minimum gets less. */
export function canMove({ quotas }: FundingProblem, { quotasOf }: MoneyClasses, from: number, to: number): boolean {
  const [giving, getting] = [quotasOf[from] ?? [], quotasOf[to] ?? []];
  return (
    getting.every((q) => quotas[q]?.max === undefined || giving.includes(q)) &&
    giving.every((q) => (quotas[q]?.min ?? 0) === 0 || getting.includes(q))
  );
}
