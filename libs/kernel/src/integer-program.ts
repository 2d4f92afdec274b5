/**
 * A linear program in whole numbers: the largest `cost · x` with each row between its bounds and each column a whole number between its
 * bounds. Rows are sparse: those of row i stand at `starts[i]` up to `starts[i + 1]`.
 */
export interface IntegerProgram {
  readonly cost: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** By column: 0 where a fraction will do; without it all are whole. */
  readonly isWhole?: Uint8Array;
  readonly rows: {
    readonly lower: Float64Array;
    readonly upper: Float64Array;
    readonly starts: Int32Array;
    readonly columns: Int32Array;
    readonly values: Float64Array;
  };
}

/** How far a solver got. `values` are rounded to whole numbers and not yet checked: that is for whoever asked, in integers. */
export interface ProgramAnswer {
  readonly status: 'optimal' | 'infeasible' | 'limit';
  readonly values: Float64Array | null;
  /** No answer is larger; Infinity when nothing is known. */
  readonly bound: number;
  /** Nodes of branch and bound that were looked at. */
  readonly nodes: number;
}

/** Solves integer programs; an adapter, given to pure libraries as an argument. The same program and seed give the same answer. */
export interface IntegerSolver {
  maximise(program: IntegerProgram, how: { readonly mostNodes: number; readonly seed: number }): ProgramAnswer;
}

/** Also solves a program in fractions, and tells what it learned. */
export interface PricingSolver extends IntegerSolver {
  /**
   * By row: by how much the largest value in fractions would grow with one unit more at the bound that holds it; negative for a lower
   * bound, 0 where none does. Null when not even fractions keep all rows. Prices are approximate: a bound made of them must be computed anew.
   */
  prices(program: IntegerProgram): Float64Array | null;
}
