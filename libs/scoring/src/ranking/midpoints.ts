/** Nodes and weights of a quadrature rule. */
export interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The midpoint rule in u = asinh(bend x) on a range of a standard deviation x: steps are even below 1/bend and grow by ratio above it, which
 * takes out the long tail to the right. The densities here are smooth, fall to nothing at both ends or go on evenly through zero (they
 * depend on x^2), and then equal steps converge faster than any power of the step (Trefethen and Weideman 2014): 8 nodes do what 24 of
 * Gauss-Legendre do.
 */
export function midpoints(count: number, [low, high]: readonly [number, number], bend: number): Rule {
  const [from, until] = [Math.asinh(bend * low), Math.asinh(bend * high)];
  const step = (until - from) / count;
  const places = Float64Array.from({ length: count }, (_, i) => from + (i + 0.5) * step);
  return {
    nodes: places.map((u) => Math.sinh(u) / bend),
    weights: places.map((u) => (step * Math.cosh(u)) / bend),
  };
}
