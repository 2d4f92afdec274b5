/** The finest step of a number in a result: beyond it machines may differ. */
const STEPS = 1e6;

/** The same value with every number rounded to 1e-6, so that equal results are equal texts. */
export function rounded<T>(value: T): T {
  if (typeof value === 'number') return (Math.round(value * STEPS) / STEPS + 0) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => rounded(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]: [string, unknown]) => [key, rounded(item)])) as T;
}
