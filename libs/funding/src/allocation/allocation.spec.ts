import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeededRandom, type PricingSolver } from '#lib/kernel';
import { projectFolder } from '#lib/settings';
import { highsSolver } from '#lib/solver';
import { smallAllocation } from '#lib/testing';
import {
  allocate,
  passedOver,
  UNWATCHED,
  type Allocated,
  type AllocationInput,
  type AllocationRule,
  type Quota,
  type RankedRequest,
} from '../index.js';

const FULL = process.env['FULL'] === '1';
const RULES = ['stop', 'skip', 'pro-rata', 'optimal'] as const;

let solver: PricingSolver;
beforeAll(async () => {
  solver = await highsSolver();
});

const answer = (input: AllocationInput, rule: AllocationRule, partial = true): Allocated => {
  const found = allocate({ input, rule, partial }, solver, UNWATCHED);
  if ('feasible' in found) throw new Error('blocked');
  return found;
};
const small = (seed: string, most?: number): AllocationInput =>
  smallAllocation(seed, most) as unknown as AllocationInput;
const amounts = ({ awards }: Allocated): unknown => Object.fromEntries(awards.map(({ id, amount }) => [id, amount]));

type Example = AllocationInput & { readonly name: string; readonly reference: any };

describe('the contract files', () => {
  const folder = join(projectFolder(), 'test', 'contracts', 'allocate');
  const files = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example);

  it('are two', () => expect(files.map(({ name }) => name)).toEqual(['b1-knapsack-14', 'b2-quotas-18']));

  it.each(files)('$name: stop and skip are the reference', (input) => {
    for (const [rule, key] of [
      ['stop', 'greedyStop'],
      ['skip', 'greedySkip'],
    ] as const) {
      const { value, paid, unspent, quotaViolations, ...rest } = answer(input, rule);
      const { amounts: expected, minimumQuotaViolations, ...sums } = input.reference[key];
      if ('unspent' in sums) expect(unspent).toBe(sums.unspent);
      expect({ value, paid, quotaViolations }).toEqual({
        value: sums.value,
        paid: sums.paid,
        quotaViolations: minimumQuotaViolations,
      });
      expect(amounts({ ...rest, value, paid, unspent, quotaViolations })).toEqual(expected);
    }
  });

  it.each(files)('$name: optimal is the reference, among those eligible', (input) => {
    const { optimalValue, paidAtOptimum, oneOptimalSelection, provenBy, eligible } = input.reference;
    const found = answer(input, 'optimal');
    expect([found.value, found.paid]).toEqual([optimalValue, paidAtOptimum]);
    if (provenBy.optimalSelections === 1) expect(found.awards.map(({ id }) => id)).toEqual(oneOptimalSelection);
    expect([...found.awards.map(({ id }) => id), ...found.reserve].sort()).toEqual(eligible);
    expect(found).not.toHaveProperty('proven');
  });
});

/** Own arithmetic, in whole numbers: `own < n/d x (requested + own)`. */
const SHARES: Readonly<Record<string, readonly [bigint, bigint]>> = { '0': [0n, 1n], '1/4': [1n, 4n] };
const isEligible = ({ requested, own }: RankedRequest, share: number | string): boolean => {
  const [n, d] = SHARES[String(share)]!;
  return BigInt(own) * d >= n * BigInt(requested + own);
};
const counts = (row: RankedRequest, { field, value }: Quota): boolean => row[field] === value;

/** The contract's words once more, as plainly as they can be written. */
function down(input: AllocationInput, rule: 'stop' | 'skip', partial: boolean): Record<string, number> {
  const given: Record<string, number> = {};
  const rows = [...input.proposals]
    .sort((a, b) => a.rank - b.rank)
    .filter((row) => isEligible(row, input.cofinancingMin));
  const used = (quota: Quota): number =>
    rows.reduce((sum, row) => {
      const amount = given[row.id];
      return sum + (amount === undefined || !counts(row, quota) ? 0 : quota.measure === 'count' ? 1 : amount);
    }, 0);
  for (const row of rows) {
    const left = input.budget - Object.values(given).reduce((a, b) => a + b, 0);
    const own = input.quotas.filter((quota) => counts(row, quota) && quota.max !== undefined);
    const isFull = own.some((quota) => quota.measure === 'count' && used(quota) >= quota.max!);
    const rooms = own.filter(({ measure }) => measure === 'amount').map((quota) => quota.max! - used(quota));
    const award = Math.min(row.requested, left, ...rooms);
    const fits = !isFull && award >= Math.max(1, partial ? row.minimum : row.requested);
    if (fits) given[row.id] = award;
    if (rule === 'stop' && (!fits || award < row.requested)) break;
  }
  return given;
}

/** Pro rata without ceilings, as the contract says it. */
function shared({ budget, proposals, cofinancingMin }: AllocationInput): Record<string, number> {
  const rows = [...proposals].sort((a, b) => a.rank - b.rank).filter((row) => isEligible(row, cofinancingMin));
  for (;;) {
    const asked = rows.reduce((sum, { requested }) => sum + requested, 0);
    const [n, d] = asked <= budget ? [1, 1] : [budget, asked];
    const given = rows.map(({ requested }) => Math.floor((requested * n) / d));
    let rest = asked <= budget ? 0 : budget - given.reduce((a, b) => a + b, 0);
    const byFraction = rows
      .map((_, i) => i)
      .sort((i, j) => ((rows[j]!.requested * n) % d) - ((rows[i]!.requested * n) % d) || i - j);
    for (const i of byFraction) if (rest-- > 0) given[i]! += 1;
    const below = rows.findLastIndex(({ minimum }, i) => given[i]! < Math.max(1, minimum));
    if (below < 0) return Object.fromEntries(rows.map(({ id }, i) => [id, given[i]!]));
    rows.splice(below, 1);
  }
}

/** Every rule that any answer must keep. */
function faults(input: AllocationInput, found: Allocated, partial: boolean): string[] {
  const rowOf = new Map(input.proposals.map((row) => [row.id, row]));
  const awarded = found.awards.map(({ id, amount }) => ({ row: rowOf.get(id)!, amount }));
  const everybody = [...found.awards.map(({ id }) => id), ...found.reserve, ...found.refused.map(({ id }) => id)];
  const total = (quota: Quota): number =>
    awarded
      .filter(({ row }) => counts(row, quota))
      .reduce((sum, { amount }) => sum + (quota.measure === 'count' ? 1 : amount), 0);
  const checks: Record<string, boolean> = {
    limits: awarded.every(
      ({ row, amount }) => amount >= Math.max(1, partial ? row.minimum : row.requested) && amount <= row.requested,
    ),
    eligible: awarded.every(({ row }) => isEligible(row, input.cofinancingMin)),
    budget: found.paid <= input.budget && found.paid + found.unspent === input.budget,
    paid: found.paid === awarded.reduce((sum, { amount }) => sum + amount, 0),
    value: found.value === awarded.reduce((sum, { row }) => sum + row.value, 0),
    ceilings: input.quotas.every((quota) => total(quota) <= (quota.max ?? Infinity)),
    minimums: found.quotaViolations.length === input.quotas.filter((quota) => total(quota) < (quota.min ?? 0)).length,
    everybodyOnce: [...everybody].sort().join() === [...rowOf.keys()].sort().join(),
    kept: found.rule !== 'optimal' || found.quotaViolations.length === 0,
  };
  return Object.keys(checks).filter((check) => !checks[check]);
}

describe('any small call', () => {
  const runs = Array.from({ length: 2_000 }, (_, i) => i);

  it.each([true, false])('is divided within every limit, by each rule (partial: %s)', (partial) => {
    for (const run of runs)
      for (const rule of RULES) {
        if (rule === 'optimal' && !FULL && run % 10 > 0) continue;
        const input = small(`valid ${run}`, 12);
        const found = allocate({ input, rule, partial }, solver, UNWATCHED);
        if (!('feasible' in found)) expect([run, rule, faults(input, found, partial)]).toEqual([run, rule, []]);
        else expect(rule).toBe('optimal');
      }
  });

  it('goes down the ranking as the contract says', () => {
    for (const run of runs)
      for (const rule of ['stop', 'skip'] as const)
        for (const partial of [true, false]) {
          const input = small(`down ${run}`, 12);
          expect([run, amounts(answer(input, rule, partial))]).toEqual([run, down(input, rule, partial)]);
        }
  });

  it('is shared pro rata as the contract says, where no ceiling holds anybody back', () => {
    for (const run of runs) {
      const input = { ...small(`shared ${run}`, 12), quotas: [] };
      expect([run, amounts(answer(input, 'pro-rata'))]).toEqual([run, shared(input)]);
    }
  });

  it('has the same outcome in whatever order its rows stand', () => {
    const random = new SeededRandom('rows');
    for (const run of runs.slice(0, 200))
      for (const rule of RULES) {
        const input = small(`rows ${run}`, 10);
        const turned = { ...input, proposals: random.shuffle(input.proposals), quotas: input.quotas };
        const ask = (asked: AllocationInput): unknown =>
          allocate({ input: asked, rule, partial: true }, solver, UNWATCHED);
        expect(JSON.stringify(ask(turned))).toBe(JSON.stringify(ask(input)));
      }
  });

  it('is never worth more by going down the ranking than by the largest value', () => {
    for (const run of runs.slice(0, 200)) {
      const input = { ...small(`worth ${run}`, 10), quotas: [] };
      expect(answer(input, 'optimal').value).toBeGreaterThanOrEqual(answer(input, 'skip').value);
    }
  });
});

describe('pro rata under ceilings', () => {
  const row = { value: 1, minimum: 1, own: 0 };
  const region = (field: string, max: number): Quota => ({ field: 'region', value: field, measure: 'amount', max });

  it('stops a full region only, and the others share what it leaves', () => {
    const proposals = [
      { ...row, id: 'n', rank: 1, requested: 100, region: 'north' },
      { ...row, id: 's', rank: 2, requested: 100, region: 'south' },
    ];
    const found = answer({ budget: 100, cofinancingMin: 0, quotas: [region('south', 20)], proposals }, 'pro-rata');
    expect(amounts(found)).toEqual({ n: 80, s: 20 });
  });

  it('counts places by rank', () => {
    const proposals = [1, 2, 3].map((rank) => ({ ...row, id: `p${rank}`, rank, requested: 10, region: 'north' }));
    const two: Quota = { field: 'region', value: 'north', measure: 'count', max: 2 };
    const found = answer({ budget: 10, cofinancingMin: 0, quotas: [two], proposals }, 'pro-rata');
    expect([amounts(found), found.reserve]).toEqual([{ p1: 5, p2: 5 }, ['p3']]);
  });
});

describe('co-financing', () => {
  const eligible = (cofinancingMin: number | string, requested: number, own: number): boolean => {
    const proposals = [{ id: 'a', rank: 1, value: 1, requested, minimum: 1, own }];
    return answer({ budget: requested, cofinancingMin, quotas: [], proposals }, 'skip').refused.length === 0;
  };

  it('is compared exactly', () => {
    expect([eligible('1/3', 10_000, 5_000), eligible('1/3', 10_000, 4_999)]).toEqual([true, false]);
    expect([eligible(0.1, 90_000_000_009, 10_000_000_001), eligible(0.1, 90_000_000_009, 10_000_000_000)]).toEqual([
      true,
      false,
    ]);
    // In doubles 0.07 x 100 is more than 7.
    expect([eligible(0.07, 93, 7), eligible('7/100', 93, 7), eligible('1/1', 5, 5), eligible(0, 5, 0)]).toEqual([
      ...[true, true, false, true],
    ]);
  });

  it('says how much is needed, in both languages', () => {
    const proposals = [{ id: 'a', rank: 1, value: 1, requested: 225, minimum: 1, own: 15 }];
    const { refused } = answer({ budget: 1, cofinancingMin: '1/5', quotas: [], proposals }, 'stop');
    expect(refused).toEqual([
      {
        id: 'a',
        reason: 'co-financing',
        sentence: {
          nl: 'De eigen bijdrage is 15 van 240; gevraagd is ten minste 1/5 van de kosten, hier 57.',
          en: 'The own contribution is 15 of 240; at least 1/5 of the costs is asked, here 57.',
        },
      },
    ]);
  });
});

it('who is passed over although better ranked is told', () => {
  const rows = [10, 5, 5, 9].map((requested, i) => ({
    id: i,
    rank: i + 1,
    value: 9,
    requested,
    minimum: requested,
    own: 0,
  }));
  const input = { budget: 10, cofinancingMin: 0, quotas: [], proposals: rows };
  expect(passedOver(input, answer(input, 'optimal'))).toEqual([0]);
  expect(passedOver(input, answer(input, 'skip'))).toEqual([]);
});
