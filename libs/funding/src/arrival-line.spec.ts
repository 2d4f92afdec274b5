import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrivalLine, type Arrival } from './index.js';

const arrival = (id: string, day: string, cents: number, more: Partial<Arrival> = {}): Arrival => ({
  ...{ id, day, cents, lot: null, passes: true },
  ...more,
});
const stands = (arrivals: readonly Arrival[], left: number): unknown => [...arrivalLine(arrivals, left).values()];

describe('the money in order of arrival', () => {
  it('goes to who was complete first, and what does not fit is passed over', () => {
    const given = [arrival('a', '1', 40), arrival('b', '2', 70), arrival('c', '3', 50), arrival('d', '4', 20)];
    expect(stands(given, 100)).toEqual(['fits', 'ceiling', 'fits', 'ceiling']);
  });

  it('needs no lots when all of a day fit', () => {
    expect(stands([arrival('a', '1', 40), arrival('b', '1', 60)], 100)).toEqual(['fits', 'fits']);
  });

  it('needs lots when those of one day do not fit together, and everything behind them waits', () => {
    const given = [arrival('a', '1', 60), arrival('b', '1', 60), arrival('c', '1', 120), arrival('d', '2', 10)];
    expect(stands(given, 100)).toEqual(['lots', 'lots', 'ceiling', 'waits']);
  });

  it('follows the lots once they are drawn', () => {
    const given = [arrival('b', '1', 60, { lot: 1 }), arrival('a', '1', 60, { lot: 2 }), arrival('d', '2', 10)];
    expect(stands(given, 100)).toEqual(['fits', 'ceiling', 'fits']);
  });

  it('keeps no money for who does not reach the threshold', () => {
    const given = [arrival('a', '1', 60, { passes: false }), arrival('b', '1', 60), arrival('c', '1', 40)];
    expect(stands(given, 100)).toEqual(['threshold', 'fits', 'fits']);
  });

  it('never promises more than there is', () => {
    const some = fc.array(
      fc.record({ day: fc.constantFrom('1', '2', '3'), cents: fc.integer({ min: 0, max: 50 }), passes: fc.boolean() }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 200 }), (list, left) => {
        const sorted = [...list].sort((a, b) => (a.day < b.day ? -1 : 1));
        const all = sorted.map(({ day, cents, passes }, i) => arrival(String(i), day, cents, { passes }));
        const line = arrivalLine(all, left);
        const given = all.filter(({ id }) => line.get(id) === 'fits').reduce((sum, { cents }) => sum + cents, 0);
        expect(given).toBeLessThanOrEqual(left);
        expect(line.size).toBe(all.length);
      }),
    );
  });
});
