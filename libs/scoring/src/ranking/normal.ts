import { at } from './vector.js';

const SQRT_PI = Math.sqrt(Math.PI);

/**
 * The complementary error function with a relative error below 1e-13, in the tails too: the Maclaurin series of erf up to 2.5, beyond it
 * the continued fraction of Laplace (Abramowitz and Stegun 7.1.6 and 7.1.14).
 */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  return x < 2.5 ? 1 - erfSeries(x) : erfcFraction(x);
}

function erfSeries(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / SQRT_PI) * Math.exp(-x * x) * sum;
}

function erfcFraction(x: number): number {
  let fraction = x;
  for (let n = 120; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (SQRT_PI * fraction);
}

/** P(Z <= x) of a standard normal Z. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x / Math.SQRT2);
}

/** Beyond eight standard deviations less than 1e-15 is left. */
const EDGE = 8;
const STEPS = 1_024;
const TABLE = Float64Array.from({ length: 2 * EDGE * STEPS + 2 }, (_, i) => normalCdf(i / STEPS - EDGE));

/**
 * normalCdf from a table, for sums of millions: linear between steps of 1/1024, so off by at most max|phi'| h^2 / 8 = 3e-8, with
 * quickCdf(-x) = 1 - quickCdf(x) up to rounding.
 */
export function quickCdf(x: number): number {
  if (!(x > -EDGE)) return 0;
  if (x >= EDGE) return 1;
  const place = (x + EDGE) * STEPS;
  const step = Math.floor(place);
  const below = at(TABLE, step);
  return below + (place - step) * (at(TABLE, step + 1) - below);
}
