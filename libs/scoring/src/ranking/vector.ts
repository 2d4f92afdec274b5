/** The number at a place that is known to exist; the compiler cannot know, and a check in an inner loop costs more than the sum. */
export function at(vector: Float64Array | Int32Array, index: number): number {
  return vector[index] as number;
}

export function add(vector: Float64Array, index: number, amount: number): void {
  vector[index] = at(vector, index) + amount;
}
