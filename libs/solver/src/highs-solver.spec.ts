import { beforeAll, describe, expect, it } from '@jest/globals';
import { ProgramBuilder, type PricingSolver } from '#lib/kernel';
import { highsSolver } from './index.js';

let solver: PricingSolver;
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

it('a column that need not be whole takes the fraction that is worth most', () => {
  const builder = new ProgramBuilder();
  const [whole, part] = [builder.column(3, 0, 5), builder.column(2, 0, 5, false)];
  builder.row(-Infinity, 7, [
    [whole, 2],
    [part, 2],
  ]);
  // Three whole ones leave half a unit; the values are rounded, the bound is not.
  expect(solver.maximise(builder.build(), how)).toMatchObject({ status: 'optimal', bound: 10 });
});

describe('prices', () => {
  it('tell what one unit more at a bound is worth in fractions', () => {
    // By value for weight 50/4, 60/5, 30/3: at 8 the second is whole, four fifths of the third.
    expect(Array.from(solver.prices(knapsack(8).build()) ?? [])).toEqual([expect.closeTo(12), expect.closeTo(0)]);
  });

  it('are negative at a lower bound', () => {
    const builder = new ProgramBuilder();
    builder.row(2, Infinity, [[builder.column(-7, 0, 5), 1]]);
    expect(Array.from(solver.prices(builder.build()) ?? [])).toEqual([expect.closeTo(-7)]);
  });

  it('do not exist where not even fractions keep all rows', () => {
    expect(solver.prices(knapsack(8, 10).build())).toBeNull();
  });
});

describe('a program without columns', () => {
  const empty = (lower: number): ReturnType<ProgramBuilder['build']> => {
    const builder = new ProgramBuilder();
    builder.row(lower, 3, []);
    return builder.build();
  };

  it('holds when zero lies between the bounds of each row', () => {
    expect(solver.maximise(empty(0), how)).toMatchObject({ status: 'optimal', bound: 0 });
    expect(solver.maximise(empty(1), how)).toMatchObject({ status: 'infeasible', values: null });
    expect([solver.prices(empty(0))?.length, solver.prices(empty(1))]).toEqual([1, null]);
  });
});
