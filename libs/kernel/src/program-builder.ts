import type { IntegerProgram } from './integer-program.js';

/** Puts an integer program together column by column and row by row. */
export class ProgramBuilder {
  private readonly cost: number[] = [];
  private readonly bounds: (readonly [lower: number, upper: number])[] = [];
  private readonly whole: number[] = [];
  private readonly rowBounds: (readonly [lower: number, upper: number])[] = [];
  private readonly starts: number[] = [0];
  private readonly columns: number[] = [];
  private readonly values: number[] = [];

  /** The number of the new column; it is whole unless a fraction will do. */
  column(cost: number, lower: number, upper: number, isWhole = true): number {
    this.bounds.push([lower, upper]);
    this.whole.push(Number(isWhole));
    return this.cost.push(cost) - 1;
  }

  /** The sum of value times column lies between the bounds. */
  row(lower: number, upper: number, terms: readonly (readonly [column: number, value: number])[]): void {
    for (const [column, value] of terms) {
      this.columns.push(column);
      this.values.push(value);
    }
    this.rowBounds.push([lower, upper]);
    this.starts.push(this.columns.length);
  }

  build(): IntegerProgram {
    const side = (list: readonly (readonly [number, number])[], which: 0 | 1): Float64Array =>
      Float64Array.from(list, (bounds) => bounds[which]);
    return {
      cost: Float64Array.from(this.cost),
      lower: side(this.bounds, 0),
      upper: side(this.bounds, 1),
      isWhole: Uint8Array.from(this.whole),
      rows: {
        lower: side(this.rowBounds, 0),
        upper: side(this.rowBounds, 1),
        starts: Int32Array.from(this.starts),
        columns: Int32Array.from(this.columns),
        values: Float64Array.from(this.values),
      },
    };
  }
}
