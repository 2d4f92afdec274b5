import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawLine, tiedAtLine, type PlacedEntry } from './index.js';

const placed = (id: string, position: number, cents: number, meetsThreshold = true): PlacedEntry => ({
  ...{ id, position, cents, meetsThreshold },
});
const tied = (...args: Parameters<typeof tiedAtLine>): string => [...tiedAtLine(...args)].sort().join('');

/** Every order of a few. */
function ordersOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return all.length < 2
    ? [all]
    : all.flatMap((one) => ordersOf(all.filter((other) => other !== one)).map((rest) => [one, ...rest]));
}

describe('equal totals at the money line', () => {
  const pair = [placed('a', 1, 40), placed('b', 2.5, 40), placed('c', 2.5, 40), placed('d', 4, 20)];

  it('are tied when the money reaches some of them', () => {
    expect(tied(pair, 80, 'stop')).toBe('bc');
    expect(tied(pair, 80, 'skip')).toBe('bc');
  });

  it('are not when it reaches all of them, or none', () => {
    expect([tied(pair, 120, 'stop'), tied(pair, 40, 'stop'), tied(pair, 0, 'skip')]).toEqual(['', '', '']);
  });

  it('below the threshold get nothing in any order', () => {
    expect(tied([placed('a', 1.5, 40), placed('b', 1.5, 40, false)], 40, 'stop')).toBe('');
  });

  it('are not where the smaller one fits in any order and the larger in none', () => {
    expect(tied([placed('a', 1.5, 90), placed('b', 1.5, 30)], 50, 'skip')).toBe('');
    expect(tied([placed('a', 1.5, 90), placed('b', 1.5, 30)], 50, 'stop')).toBe('b');
  });

  it('finds the one that fits only when it comes first', () => {
    expect(tied([placed('a', 2, 2), placed('b', 2, 5), placed('c', 2, 2)], 5, 'skip')).toBe('abc');
  });

  it('finds nobody whom every order of the others grants', () => {
    expect(tied([placed('a', 2, 10), placed('b', 2, 1), placed('c', 2, 10)], 11, 'skip')).toBe('ac');
  });

  it('are those that some order grants and another leaves out', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 5 });
    const shortages = fc.constantFrom<'stop' | 'skip'>('stop', 'skip');
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 40 }), shortages, (amounts, ceiling, shortage) => {
        const group = amounts.map((cents, i) => placed(String(i), 2, cents));
        const [above, below] = [placed('x', 0, 5), placed('y', 9, 3)];
        const grants = ordersOf(group).map((order) => {
          const verdicts = drawLine([above, ...order, below], ceiling, shortage);
          return new Set(verdicts.filter(({ ground }) => ground === null).map(({ id }) => id));
        });
        const expected = group.filter(({ id }) => new Set(grants.map((ids) => ids.has(id))).size === 2);
        const found = tiedAtLine([above, ...group, below], ceiling, shortage);
        expect([...found].sort()).toEqual(expected.map(({ id }) => id).sort());
      }),
      { numRuns: 300 },
    );
  });

  it('are none where nobody shares a place', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 8 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 60 }), (list, ceiling) => {
        const entries = list.map((cents, i) => placed(String(i), i + 1, cents));
        expect(tied(entries, ceiling, 'stop')).toBe('');
        expect(drawLine(entries, ceiling, 'stop')).toHaveLength(list.length);
      }),
    );
  });
});
