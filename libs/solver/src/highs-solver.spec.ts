import { beforeAll, describe, expect, it } from '@jest/globals';
import { ProgramBuilder, type IntegerSolver } from '#lib/kernel';
import { highsSolver } from './index.js';

let solver: IntegerSolver;
beforeAll(async () => {
  solver = await highsSolver();
});

const how = { mostNodes: 1_000, seed: 0 };

/** Weights 3, 4 and 5 with values 30, 50 and 60 under a limit. */
const knapsack = (limit: number, least = 0): ProgramBuilder => {
  const builder = new ProgramBuilder();
  const columns = [30, 50, 60].map((value) => builder.column(value, 0, 1));
  const weighed = [3, 4, 5].map((weight, i) => [columns[i]!, weight] as const);
  builder.row(-Infinity, limit, weighed);
  builder.row(least, Infinity, weighed);
  return builder;
};

describe('an integer program', () => {
  it('has the best answer in whole numbers, not the rounded best of the fractions', () => {
    const answer = solver.maximise(knapsack(8).build(), how);
    expect([answer.status, Array.from(answer.values ?? []), answer.bound]).toEqual(['optimal', [1, 0, 1], 90]);
  });

  it('that has no answer says so', () => {
    expect(solver.maximise(knapsack(8, 10).build(), how)).toMatchObject({ status: 'infeasible', values: null });
  });

  it('gives the same answer each time, also when several are equally good', () => {
    const builder = new ProgramBuilder();
    const columns = Array.from({ length: 12 }, () => builder.column(1, 0, 1));
    builder.row(
      0,
      5,
      columns.map((column) => [column, 1] as const),
    );
    const ask = (): number[] => Array.from(solver.maximise(builder.build(), how).values ?? []);
    expect(ask()).toEqual(ask());
  });
});
