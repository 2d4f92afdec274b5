import type { IntegerProgram } from '#lib/kernel';

/** An upper bound of a program, and what a column must lose to it when it goes against its sign; both times `UNIT`, exact. */
export interface PriceBound {
  readonly bound: bigint;
  /** By column: above zero it is wanted at its upper bound, below zero at its lower one. */
  readonly gain: readonly bigint[];
}

/** Prices are rounded to 2^-40, so that everything after them is exact. */
const BITS = 40;
export const UNIT = 2n ** BigInt(BITS);

/**
 * For any price of each row, a program's largest value is at most the value of all rows' bounds at these prices plus what each column
 * gains beyond what it takes (Lagrange). A column that goes against the sign of its gain lowers that bound by |gain|.
 */
export function priceBound({ cost, lower, upper, rows }: IntegerProgram, prices: Float64Array): PriceBound {
  const gain = Array.from(cost, (value) => BigInt(value) * UNIT);
  let bound = 0n;
  prices.forEach((price, row) => {
    const [low, high] = [rows.lower[row] ?? -Infinity, rows.upper[row] ?? Infinity];
    const side = price > 0 ? high : low;
    if (price === 0 || !Number.isFinite(side)) return;
    const exact = BigInt(Math.round(price * 2 ** BITS));
    bound += exact * BigInt(side);
    for (let at = rows.starts[row] ?? 0; at < (rows.starts[row + 1] ?? 0); at++) {
      const column = rows.columns[at] ?? 0;
      gain[column] = (gain[column] ?? 0n) - exact * BigInt(rows.values[at] ?? 0);
    }
  });
  gain.forEach((value, column) => (bound += value * BigInt((value > 0n ? upper[column] : lower[column]) ?? 0)));
  return { bound, gain };
}
