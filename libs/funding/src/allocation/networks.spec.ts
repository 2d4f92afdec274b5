import { describe, expect, it } from '@jest/globals';
import {
  allocate,
  arrivalLine,
  drawLots,
  UNWATCHED,
  type Allocated,
  type AllocationInput,
  type Arrival,
  type Quota,
} from '../index.js';

/** Requests in EUR, best ranked first: [requested, minimum, own]; each outcome below was worked out by hand. */
type Request = readonly [requested: number, minimum: number, own: number, region?: string];

const call = (
  budget: number,
  cofinancingMin: string,
  requests: readonly Request[],
  quotas: Quota[] = [],
): AllocationInput => ({
  ...{ budget, cofinancingMin, quotas },
  proposals: requests.map(([requested, minimum, own, region = ''], i) => ({
    ...{ id: `${i + 1}`, rank: i + 1, value: 1, requested, minimum, own, region },
  })),
});
const divide = (input: AllocationInput, rule: 'stop' | 'skip' | 'pro-rata', partial: boolean): Allocated =>
  allocate({ input, rule, partial }, null, UNWATCHED) as Allocated;
const outcome = ({ awards, reserve, refused, unspent }: Allocated): unknown => ({
  awards: awards.map(({ id, amount }) => `${id}: ${amount}`).join(', '),
  ...{ reserve: reserve.join(), refused: refused.map(({ id }) => id).join(), unspent },
});
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('the distribution of each network', () => {
  it('noord: tender, stops at the first that does not fit, nothing in part; half is borne by oneself', () => {
    const requests: Request[] = [
      ...times(7, [4_000, 500, 4_000] as const),
      [2_500, 500, 2_500],
      [1_500, 500, 1_500],
      [500, 500, 499],
    ];
    expect(outcome(divide(call(30_000, '1/2', requests), 'stop', false))).toEqual({
      // 7 x 4,000 = 28,000; the eighth asks 2,500 of the 2,000 left, and with it everything ends, though the ninth would fit.
      awards: '1: 4000, 2: 4000, 3: 4000, 4: 4000, 5: 4000, 6: 4000, 7: 4000',
      ...{ reserve: '8,9', refused: '10', unspent: 2_000 },
    });
  });

  it('oost: order of arrival, lots at the ceiling among those of one day', () => {
    const arrivals: Arrival[] = [
      ...times(8, 10_000).map((euro, i) => ({ id: `a${i}`, day: `2027-02-0${i + 1}`, euro })),
      ...['b', 'c'].map((id) => ({ id, day: '2027-02-09', euro: 8_000 })),
      { id: 'd', day: '2027-02-10', euro: 2_000 },
    ].map(({ id, day, euro }) => ({ id, day, cents: euro * 100, lot: null, passes: true }));
    const stands = (list: readonly Arrival[]): string[] => [...arrivalLine(list, 9_000_000).values()].slice(8);
    // 8 x 10,000 of 90,000 are gone; b and c ask 16,000 of the 10,000 left, d cannot know yet.
    expect(stands(arrivals)).toEqual(['lots', 'lots', 'waits']);
    const lots = drawLots('geheim:AEX 912,34', ['b', 'c']).order.map(({ id }) => id);
    const drawn = arrivals.map((one) => ({ ...one, lot: lots.includes(one.id) ? lots.indexOf(one.id) + 1 : null }));
    drawn.sort((x, y) => (x.day < y.day ? -1 : x.day > y.day ? 1 : (x.lot ?? 0) - (y.lot ?? 0)));
    // The first drawn gets 8,000, the second does not fit in 2,000, d does.
    expect(stands(drawn)).toEqual(['fits', 'ceiling', 'fits']);
  });

  it('gelderland: two tranches, each a tender that stops and pays in part', () => {
    const first: Request[] = [
      ...times(3, [15_000, 2_500, 15_000] as const),
      [14_000, 9_000, 14_000],
      [12_000, 5_000, 12_000],
      [2_500, 2_500, 2_500],
    ];
    const second: Request[] = [
      ...times(4, [13_000, 10_000, 13_000] as const),
      [13_000, 8_000, 13_000],
      [2_500, 2_500, 2_500],
    ];
    // 45,000 + 14,000; 1,000 is below the minimum of the fifth. What is left does not move to the second tranche here.
    expect(outcome(divide(call(60_000, '1/2', first), 'stop', true))).toEqual({
      awards: '1: 15000, 2: 15000, 3: 15000, 4: 14000',
      ...{ reserve: '5,6', refused: '', unspent: 1_000 },
    });
    // 52,000; the fifth gets the last 8,000, its minimum.
    expect(outcome(divide(call(60_000, '1/2', second), 'stop', true))).toEqual({
      awards: '1: 13000, 2: 13000, 3: 13000, 4: 13000, 5: 8000',
      ...{ reserve: '6', refused: '', unspent: 0 },
    });
  });

  it('midden: tender, stops, pays in part; a third is borne by oneself, to the euro', () => {
    const requests: Request[] = [
      ...times(5, [12_500, 1_000, 6_250] as const),
      [10_000, 1_000, 4_999],
      [10_000, 1_000, 5_000],
      [8_000, 2_500, 4_000],
      [1_000, 1_000, 500],
    ];
    // 62,500 + 10,000 (the sixth lacks one euro of its own); the eighth gets the last 2,500.
    expect(outcome(divide(call(75_000, '1/3', requests), 'stop', true))).toEqual({
      awards: '1: 12500, 2: 12500, 3: 12500, 4: 12500, 5: 12500, 7: 10000, 8: 2500',
      ...{ reserve: '9', refused: '6', unspent: 0 },
    });
  });

  it('noordwest: tender, skips and fills, pays in part', () => {
    const requests: Request[] = [
      ...times(4, [30_000, 5_000, 10_000] as const),
      [25_000, 20_000, 9_000],
      [20_000, 10_000, 7_000],
      [8_000, 5_000, 3_000],
      [5_000, 5_000, 2_000],
    ];
    // 120,000 + 25,000; 5,000 is too little for the sixth, and the minimum of the seventh.
    expect(outcome(divide(call(150_000, '1/4', requests), 'skip', true))).toEqual({
      awards: '1: 30000, 2: 30000, 3: 30000, 4: 30000, 5: 25000, 7: 5000',
      ...{ reserve: '6,8', refused: '', unspent: 0 },
    });
  });

  it('zuidwest: tender, stops, nothing in part; three tenths are borne by oneself', () => {
    const requests: Request[] = [
      ...times(4, [49_000, 5_000, 21_000] as const),
      [50_000, 5_000, 21_428],
      [49_000, 5_000, 21_000],
      [5_000, 5_000, 9_000],
    ];
    // 4 x 49,000 = 196,000; 21,428 is less than 3/10 of 71,428; 49,000 is all that is left.
    expect(outcome(divide(call(245_000, '3/10', requests), 'stop', false))).toEqual({
      awards: '1: 49000, 2: 49000, 3: 49000, 4: 49000, 6: 49000',
      ...{ reserve: '7', refused: '5', unspent: 0 },
    });
  });

  it('zuid: pro rata between equal scores under the ceiling of each of eight subregions', () => {
    const ceilings = (left: Readonly<Record<string, number>> = {}): Quota[] =>
      times(8, 0).map((_, i) => ({
        ...{ field: 'region', value: `s${i + 1}`, measure: 'amount' as const, max: left[`s${i + 1}`] ?? 15_000 },
      }));
    // The best score: s1 asks 6,000 and s2 12,000, all of it fits.
    const best = divide(
      call(
        120_000,
        '1/3',
        [
          [6_000, 1_000, 3_000, 's1'],
          [12_000, 1_000, 6_000, 's2'],
        ],
        ceilings(),
      ),
      'pro-rata',
      true,
    );
    expect(outcome(best)).toEqual({ awards: '1: 6000, 2: 12000', reserve: '', refused: '', unspent: 102_000 });
    // The next score. s1: 9,000 left of 15,000 asked, so 3/5 each. s2: 3,000 left of 12,000 asked, 1/4; one cannot work with 1,500, so the
    // other gets 3,000 of its 6,000. s3: 15,000 of 15,001 asked, 9,999.33 and 5,000.67, the euro left goes to the larger fraction.
    const next: Request[] = [
      ...([
        [10_000, 1_000, 5_000, 's1'],
        [5_000, 1_000, 2_500, 's1'],
        [6_000, 1_000, 3_000, 's2'],
        [6_000, 2_000, 3_000, 's2'],
      ] as const),
      ...([
        [10_000, 1_000, 5_000, 's3'],
        [5_001, 1_000, 2_501, 's3'],
      ] as const),
    ];
    expect(outcome(divide(call(102_000, '1/3', next, ceilings({ s1: 9_000, s2: 3_000 })), 'pro-rata', true))).toEqual({
      awards: '1: 6000, 2: 3000, 3: 3000, 5: 9999, 6: 5001',
      ...{ reserve: '', refused: '4', unspent: 102_000 - 27_000 },
    });
  });
});
