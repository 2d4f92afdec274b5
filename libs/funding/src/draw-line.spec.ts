import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawLine, type LineEntry } from './index.js';

const entry = (id: string, cents: number, meetsThreshold = true): LineEntry => ({ id, cents, meetsThreshold });
const grounds = (entries: readonly LineEntry[], ceiling: number, shortage: 'stop' | 'skip'): unknown =>
  drawLine(entries, ceiling, shortage).map(({ ground }) => ground);

describe('the money line', () => {
  const entries = [entry('a', 40), entry('b', 70), entry('c', 50), entry('d', 10, false)];

  it('stops at the first that does not fit', () => {
    expect(grounds(entries, 100, 'stop')).toEqual([null, 'ceiling', 'ceiling', 'threshold']);
  });

  it('goes on with the ones that do fit where the regulation skips', () => {
    expect(grounds(entries, 100, 'skip')).toEqual([null, 'ceiling', null, 'threshold']);
  });

  it('never gives out more than there is, and skipping never gives less than stopping', () => {
    const some = fc.array(fc.record({ cents: fc.integer({ min: 0, max: 50 }), meets: fc.boolean() }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 200 }), (list, ceiling) => {
        const all = list.map(({ cents, meets }, i) => entry(String(i), cents, meets));
        const given = (shortage: 'stop' | 'skip'): number =>
          drawLine(all, ceiling, shortage).reduce((sum, { cents, ground }) => sum + (ground === null ? cents : 0), 0);
        expect(given('stop')).toBeLessThanOrEqual(given('skip'));
        expect(given('skip')).toBeLessThanOrEqual(ceiling);
      }),
    );
  });
});
