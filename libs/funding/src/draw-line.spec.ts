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

  const placed = (id: string, cents: number, position: number, minimumCents = 1): LineEntry => ({
    ...{ id, cents, position, minimumCents, meetsThreshold: true },
  });
  const awards = (list: readonly LineEntry[], ceiling: number): unknown =>
    drawLine(list, ceiling, 'pro-rata').map(({ cents, ground }) => (ground === null ? cents : ground));

  it('shares what is left among equal scores in proportion, and ends there', () => {
    const list = [placed('a', 40, 1), placed('b', 60, 2.5), placed('c', 30, 2.5), placed('d', 1, 4)];
    expect(awards(list, 130)).toEqual([40, 60, 30, 'ceiling']);
    expect(awards(list, 100)).toEqual([40, 40, 20, 'ceiling']);
  });

  it('shares among equals alone: who stands by itself at the line gets nothing', () => {
    expect(awards([placed('a', 40, 1), placed('b', 61, 2), placed('c', 1, 3)], 100)).toEqual([
      40,
      'ceiling',
      'ceiling',
    ]);
  });

  it('leaves out of a share who cannot work with it, the neediest first, and shares anew', () => {
    const list = [placed('a', 60, 2, 59), placed('b', 60, 2, 50), placed('c', 60, 2, 10)];
    expect(awards(list, 90)).toEqual(['ceiling', 'ceiling', 60]);
    expect(awards(list, 110)).toEqual(['ceiling', 55, 55]);
    expect(awards([placed('a', 60, 1.5, 50), placed('b', 60, 1.5, 50)], 90)).toEqual(['ceiling', 'ceiling']);
  });

  it('goes on sharing with those whose equals have their share already', () => {
    expect(awards([{ ...placed('c', 60, 2), hasEquals: true }, placed('d', 5, 4)], 30)).toEqual([30, 'ceiling']);
  });

  it('gives each of some equals the same part in whatever order they stand, and never more than there is', () => {
    const some = fc.array(
      fc.record({ cents: fc.integer({ min: 1, max: 5000 }), least: fc.integer({ min: 1, max: 100 }) }),
      {
        ...{ minLength: 2, maxLength: 12 },
      },
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 20_000 }), (list, ceiling) => {
        const all = list.map(({ cents, least }, i) => placed(String(i), cents, 1, Math.min(cents, least)));
        const given = drawLine(all, ceiling, 'pro-rata');
        const sum = given.reduce((paid, { cents, ground }) => paid + (ground === null ? cents : 0), 0);
        expect(sum).toBeLessThanOrEqual(ceiling);
        const back = [...drawLine([...all].reverse(), ceiling, 'pro-rata')].reverse();
        expect(back).toEqual(given);
      }),
    );
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
