import { beforeAll, describe, expect, it } from '@jest/globals';
import { ProgramBuilder, SeededRandom, type PricingSolver } from '#lib/kernel';
import { highsSolver } from '#lib/solver';
import { generatedAllocation, smallAllocation } from '#lib/testing';
import { allocate, UNWATCHED, type Allocated, type AllocationInput } from '../index.js';
import { fundingProblem, type FundingProblem } from '../allocation/funding-problem.js';
import { optimum } from './optimum.js';
import { priceBound, UNIT } from './price-bound.js';
import { isAllocation, valueOf } from './search.js';

let solver: PricingSolver;
beforeAll(async () => {
  solver = await highsSolver();
});

const FULL = process.env['FULL'] === '1';
const inputOf = (generated: object): AllocationInput => generated as AllocationInput;

/** The best of all allocations, each looked at: by value, then money paid, then the list of awards by rank; null when there is none. */
function exhaustive(problem: FundingProblem): readonly number[] | null {
  const { entries, budget } = problem;
  let best: { readonly amounts: readonly number[]; readonly key: readonly number[] } | null = null;
  const visit = (amounts: readonly number[], paid: number): void => {
    if (paid > budget) return;
    const entry = entries[amounts.length];
    if (entry !== undefined) {
      visit([...amounts, 0], paid);
      for (let amount = entry.minimum; amount <= entry.requested; amount++) visit([...amounts, amount], paid + amount);
      return;
    }
    if (!isAllocation(problem, amounts)) return;
    const key = [valueOf(problem, amounts), paid, ...amounts];
    if (best === null || isLarger(key, best.key)) best = { amounts, key };
  };
  visit([], 0);
  return (best as { amounts: readonly number[] } | null)?.amounts ?? null;
}

function isLarger(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
}

describe('the largest value', () => {
  const runs = Array.from({ length: FULL ? 1_000 : 200 }, (_, i) => i);

  it.each([
    [true, 100],
    [false, 100],
    [true, 1],
  ])('is that of exhaustive search, to the last award (partial: %s, first core of %i)', (partial, firstCore) => {
    let blocked = 0;
    for (const run of runs) {
      const problem = fundingProblem(inputOf(smallAllocation(`optimum ${run}`, 7)), partial);
      const expected = exhaustive(problem);
      const found = optimum(problem, solver, UNWATCHED, firstCore);
      if (expected === null) {
        blocked += 1;
        expect([run, Object.keys(found)]).toEqual([run, ['blocking']]);
      } else expect([run, found]).toEqual([run, { amounts: expected, isProven: true, bound: expect.any(Number) }]);
    }
    expect(blocked).toBeGreaterThan(runs.length / 20);
    expect(blocked).toBeLessThan(runs.length / 2);
  });

  it('of 300 proposals does not depend on how many are chosen among first, and no better one passes the solver', () => {
    const problem = fundingProblem(inputOf(generatedAllocation(300, 'cores')), true);
    const [small, large] = [10, 300].map((firstCore) => optimum(problem, solver, UNWATCHED, firstCore));
    expect(small).toEqual(large);
    if (small === undefined || 'blocking' in small) throw new Error('blocked');
    expect([small.isProven, isAllocation(problem, small.amounts)]).toEqual([true, true]);
    expect(small.bound).toBe(valueOf(problem, small.amounts));
  });

  it('with fractions of a point is added exactly', () => {
    const row = { minimum: 1, own: 0, requested: 1 };
    const proposals = [0.1, 0.2, 0.3].map((value, i) => ({ ...row, id: `p${i}`, rank: i + 1, value }));
    const found = allocate(
      { input: { budget: 2, cofinancingMin: 0, quotas: [], proposals }, rule: 'optimal', partial: true },
      solver,
      UNWATCHED,
    );
    expect(found).toMatchObject({ value: 0.5, awards: [{ id: 'p1' }, { id: 'p2' }] });
  });

  it('is paid in whole units where three fields of ceilings would split them', () => {
    // Each two of the three share 3: in fractions 1.5 for each, 4.5 together; in whole units 4.
    const row = { value: 1, requested: 3, minimum: 1, own: 0 };
    const [x, y] = ['x', 'y'];
    const proposals = [
      { ...row, id: 'a', rank: 1, f: x, g: y, h: x },
      { ...row, id: 'b', rank: 2, f: x, g: x, h: y },
      { ...row, id: 'c', rank: 3, f: y, g: x, h: x },
    ];
    const quotas = ['f', 'g', 'h'].map((field) => ({ field, value: 'x', measure: 'amount' as const, max: 3 }));
    const input = { budget: 9, cofinancingMin: 0, quotas, proposals };
    const problem = fundingProblem(input, true);
    const found = optimum(problem, solver, UNWATCHED);
    expect(found).toEqual({ amounts: exhaustive(problem), isProven: true, bound: 3 });
    expect(exhaustive(problem)).toEqual([2, 1, 1]);
  });

  it('that the solver could not prove says so, with what no allocation exceeds', () => {
    const tired: PricingSolver = {
      prices: (program) => solver.prices(program),
      maximise: (program, how) => ({ ...solver.maximise(program, how), status: 'limit', bound: 1e9 }),
    };
    const input = inputOf(generatedAllocation(40, 'tired'));
    const found = allocate({ input, rule: 'optimal', partial: true }, tired, UNWATCHED) as Allocated;
    const best = allocate({ input, rule: 'optimal', partial: true }, solver, UNWATCHED) as Allocated;
    expect(found.proven).toBe(false);
    expect(found.bound).toBeGreaterThanOrEqual(best.value);
    expect(best).not.toHaveProperty('proven');
  });

  it('never believes that an answer is the best when the solver knows of a larger bound', () => {
    const lazy: PricingSolver = {
      prices: (program) => solver.prices(program),
      maximise: (program, how) => ({ ...solver.maximise(program, how), values: new Float64Array(program.cost.length) }),
    };
    const input = { ...inputOf(generatedAllocation(40, 'lazy')), quotas: [] };
    const best = allocate({ input, rule: 'optimal', partial: true }, solver, UNWATCHED) as Allocated;
    const found = allocate({ input, rule: 'optimal', partial: true }, lazy, UNWATCHED) as Allocated;
    expect(found).toMatchObject({ proven: false, value: 0 });
    expect(found.bound).toBeGreaterThanOrEqual(best.value);
  });

  it('never takes an answer of the solver that breaks a rule', () => {
    const wrong: PricingSolver = {
      prices: (program) => solver.prices(program),
      maximise: ({ cost, upper }) => ({ status: 'optimal', values: upper.slice(0, cost.length), bound: 0, nodes: 0 }),
    };
    const input = inputOf(generatedAllocation(40, 'wrong'));
    expect(() => allocate({ input, rule: 'optimal', partial: true }, wrong, UNWATCHED)).toThrow(
      'No allocation that keeps all quotas was found',
    );
  });
});

describe('quotas that cannot hold', () => {
  const row = { rank: 1, value: 1, requested: 5, minimum: 3, own: 0 };
  const proposals = ['a', 'b', 'c'].map((id, i) => ({
    ...row,
    id,
    rank: i + 1,
    region: i === 0 ? 'n' : 's',
    theme: 't',
  }));
  const blocking = (budget: number, quotas: AllocationInput['quotas']): unknown => {
    const input = { budget, cofinancingMin: 0, quotas, proposals };
    const found = allocate({ input, rule: 'optimal', partial: true }, solver, UNWATCHED);
    return 'feasible' in found ? found.blocking.map(({ quota, side, need }) => `${quota} ${side} ${need}`) : found;
  };

  it('are named, and none too many', () => {
    const [twoNorth, fewTheme] = [
      { field: 'region', value: 'n', measure: 'count', min: 2 } as const,
      { field: 'theme', value: 't', measure: 'amount', max: 7 } as const,
    ];
    const south = { field: 'region', value: 's', measure: 'amount', min: 8, max: 9 } as const;
    expect(blocking(20, [fewTheme, twoNorth])).toEqual(['region=n count min 2']);
    expect(blocking(20, [fewTheme, south])).toEqual(['theme=t amount max 7', 'region=s amount min 8']);
    expect(blocking(7, [south])).toEqual(['region=s amount min 8']);
    expect(blocking(8, [south])).toMatchObject({ paid: 8 });
  });

  it('without any one of them can hold', () => {
    let seen = 0;
    for (let run = 0; run < 60; run++) {
      const input = inputOf(smallAllocation(`blocking ${run}`, 6));
      const found = allocate({ input, rule: 'optimal', partial: true }, solver, UNWATCHED);
      if (!('feasible' in found)) continue;
      seen += 1;
      const problem = fundingProblem(input, true);
      const only = (kept: readonly (typeof found.blocking)[number][]): FundingProblem => ({
        ...problem,
        quotas: problem.quotas.map(({ min, max, ...quota }) => {
          const name = `${quota.field}=${String(quota.value)} ${quota.measure}`;
          const has = (side: string, need?: number): boolean =>
            kept.some((one) => one.quota === name && one.side === side && one.need === need);
          return { ...quota, ...(has('min', min) ? { min: min! } : {}), ...(has('max', max) ? { max: max! } : {}) };
        }),
      });
      expect([run, exhaustive(only(found.blocking))]).toEqual([run, null]);
      for (const one of found.blocking)
        expect([run, exhaustive(only(found.blocking.filter((other) => other !== one)))]).not.toEqual([run, null]);
    }
    expect(seen).toBeGreaterThan(5);
  });
});

describe('the bound of prices', () => {
  it('is never below the largest value, whatever the prices', () => {
    const random = new SeededRandom('prices');
    for (let run = 0; run < 100; run++) {
      const builder = new ProgramBuilder();
      const columns = Array.from({ length: 6 }, () => builder.column(random.integer(20), 0, 1));
      for (const least of [-Infinity, 2])
        builder.row(
          least,
          5 + random.integer(8),
          columns.map((column) => [column, random.integer(6)] as const),
        );
      const program = builder.build();
      const { status, bound } = solver.maximise(program, { mostNodes: 1_000, seed: 0 });
      if (status !== 'optimal') continue;
      const prices = Float64Array.from([0, 1], () => (random.integer(2_000) - 1_000) / 300);
      expect(priceBound(program, prices).bound).toBeGreaterThanOrEqual(BigInt(Math.round(bound)) * UNIT);
      const dual = priceBound(program, solver.prices(program)!).bound;
      expect(dual).toBeLessThan(BigInt(Math.round(bound) + 20) * UNIT);
    }
  });
});
