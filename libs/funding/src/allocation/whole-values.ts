import { Fraction } from '#lib/kernel';

/** Beyond this, sums of ten thousand values are no longer exact for a solver that reckons in doubles. */
export const MOST_WHOLE_VALUE = 1_000_000_000;
const MOST_SCALE = 1_000_000n;

/**
 * The smallest power of ten that makes whole numbers of all values, so that sums of them are exact; null when a value has more than
 * six decimals, or too many for its size.
 */
export function scaleOf(values: readonly number[]): number | null {
  let scale = 1n;
  for (const value of values) {
    if (Number.isInteger(value)) continue;
    const { denominator } = Fraction.fromNumber(value);
    while (scale % denominator !== 0n && scale < MOST_SCALE) scale *= 10n;
    if (scale % denominator !== 0n) return null;
  }
  const most = values.reduce((largest, value) => Math.max(largest, value), 0);
  return most * Number(scale) <= MOST_WHOLE_VALUE ? Number(scale) : null;
}
