import { at } from './vector.js';

/**
 * Replaces the lower triangle of a symmetric matrix (row after row, order x order) by its Cholesky factor L with A = L L'. Answers log|A|,
 * or -Infinity when the matrix is not positive definite in floating point.
 */
export function factorise(a: Float64Array, order: number): number {
  let logDeterminant = 0;
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(a, i * order + j);
      for (let k = 0; k < j; k++) sum -= at(a, i * order + k) * at(a, j * order + k);
      if (j < i) a[i * order + j] = sum / at(a, j * order + j);
      else if (!(sum > 0)) return -Infinity;
      else {
        a[i * order + i] = Math.sqrt(sum);
        logDeterminant += Math.log(sum);
      }
    }
  }
  return logDeterminant;
}

/** Replaces x by L^-1 x. */
export function solveLower(l: Float64Array, order: number, x: Float64Array): void {
  for (let i = 0; i < order; i++) {
    let sum = at(x, i);
    for (let k = 0; k < i; k++) sum -= at(l, i * order + k) * at(x, k);
    x[i] = sum / at(l, i * order + i);
  }
}

/** Replaces x by L^-T x. */
export function solveUpper(l: Float64Array, order: number, x: Float64Array): void {
  for (let i = order - 1; i >= 0; i--) {
    const value = at(x, i) / at(l, i * order + i);
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] = at(x, k) - at(l, i * order + k) * value;
  }
}

/** A^-1 from its factor, as a full symmetric matrix. */
export function inverse(l: Float64Array, order: number): Float64Array {
  const answer = new Float64Array(order * order);
  for (let column = 0; column < order; column++) {
    const unit = answer.subarray(column * order, (column + 1) * order);
    unit[column] = 1;
    solveLower(l, order, unit);
    solveUpper(l, order, unit);
  }
  return answer;
}
