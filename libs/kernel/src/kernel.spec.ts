import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as kernel from './index.js';

const {
  Fraction,
  SeededRandom,
  addMonths,
  calendarDate,
  canonicalJson,
  dateOf,
  endOfDay,
  formatCents,
  instantOf,
  parsePeriod,
} = kernel;

describe('a calendar date', () => {
  it.each(['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', '0000-01-01', '2026-02-29', ''])('is not %p', (text) => {
    expect(() => calendarDate(text)).toThrow(kernel.NotADate);
  });

  it('keeps the day number when months are added, or takes the last day of the month', () => {
    expect(addMonths(calendarDate('2027-01-31'), 1)).toBe('2027-02-28');
    expect(addMonths(calendarDate('2024-02-29'), 12)).toBe('2025-02-28');
  });

  it.each([
    ['2026-03-29', '2026-03-29T22:00:00Z'],
    ['2026-10-25', '2026-10-25T23:00:00Z'],
    ['2027-03-28', '2027-03-28T22:00:00Z'],
    ['2027-10-31', '2027-10-31T23:00:00Z'],
    ['2026-07-01', '2026-07-01T22:00:00Z'],
  ])('%s ends in Amsterdam at %s, also when the clock changes', (date, instant) => {
    expect(endOfDay(calendarDate(date))).toBe(instant);
    expect(dateOf(endOfDay(calendarDate(date)))).toBe(kernel.addDays(calendarDate(date), 1));
  });

  it.each(['2026-03-29T02:30', '2026-10-25T02:30', '2027-03-28T02:00', '2027-10-31T02:59'])(
    'refuses the wall time %s',
    (wall) => {
      expect(() => instantOf(wall)).toThrow(kernel.WallTimeIsNotOne);
    },
  );

  it('takes every other half hour around a change of the clock', () => {
    expect(instantOf('2026-03-29T03:00')).toBe('2026-03-29T01:00:00Z');
    expect(instantOf('2026-10-25T01:59')).toBe('2026-10-24T23:59:00Z');
    expect(instantOf('2026-10-25T03:00')).toBe('2026-10-25T02:00:00Z');
  });

  it.each([
    ['2026-12-20T23:00:00Z', '2026-12-20'],
    ['2026-12-13T16:00:00Z', '2026-12-13'],
    ['2026-07-01T22:00:00Z', '2026-07-01'],
    ['2026-07-01T22:00:00.001Z', '2026-07-02'],
  ])('is the last one in time before %s: %s', (instant, date) => {
    expect(kernel.lastDayBefore(instant)).toBe(date);
  });
});

describe('a period', () => {
  it('has one unit and may have a sign', () => {
    expect(parsePeriod('P6W')).toEqual({ count: 6, unit: 'weeks' });
    expect(parsePeriod('-P10WD')).toEqual({ count: -10, unit: 'working-days' });
    expect(parsePeriod('+P2WD')).toEqual({ count: 2, unit: 'working-days' });
  });

  it.each(['P', '6W', 'P6', 'P1W2D', 'PT5H', 'P-6W', 'p6w', 'P99999D'])('is not %p', (text) => {
    expect(() => parsePeriod(text)).toThrow(kernel.NotAPeriod);
  });
});

const anyFraction = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 9n }))
  .map(([n, d]) => Fraction.of(n, d));

describe('a fraction', () => {
  it('keeps thirds: 2/3 of 10.000,01 is 6.666,67 and one third of a cent less', () => {
    const share = Fraction.parse('2/3').times(Fraction.of(1_000_001n));
    expect(share.toString()).toBe('2000002/3');
    expect(share.floor()).toBe(666_667n);
    expect(share.toDecimal(2)).toBe('666667.33');
  });

  it('obeys the laws of arithmetic', () => {
    fc.assert(
      fc.property(anyFraction, anyFraction, anyFraction, (a, b, c) => {
        expect(a.add(b).toString()).toBe(b.add(a).toString());
        expect(a.times(b.add(c)).toString()).toBe(a.times(b).add(a.times(c)).toString());
        expect(a.subtract(b).add(b).toString()).toBe(a.toString());
        expect(Math.sign(a.compare(b))).toBe(-Math.sign(b.compare(a)) + 0);
        expect(a.floor() * a.denominator <= a.numerator && (a.floor() + 1n) * a.denominator > a.numerator).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it('reads its own text and decimals', () => {
    expect(Fraction.parse('-0.60').toString()).toBe('-3/5');
    expect(Fraction.parse('0.005').toDecimal(2)).toBe('0.01');
    expect(Fraction.parse('-0.004').toDecimal(2)).toBe('0.00');
    expect(() => Fraction.parse('1e5')).toThrow(kernel.NotAFraction);
    expect(() => Fraction.parse('1/0')).toThrow(kernel.NotAFraction);
  });
});

it('a fraction is the decimal that a number is written as', () => {
  const texts = [0.1, -3, 3.4, 1e21, 2.5e-7, 5e-324].map((value) => Fraction.fromNumber(value).toString());
  expect(texts.slice(0, 5)).toEqual(['1/10', '-3/1', '17/5', `${10n ** 21n}/1`, '1/4000000']);
  expect(() => Fraction.fromNumber(Number.NaN)).toThrow(kernel.NotAFraction);
  expect(() => Fraction.fromNumber(Infinity)).toThrow(kernel.NotAFraction);
});

describe('money', () => {
  it('is written in both languages, also where a float would lose a cent', () => {
    expect(formatCents(1_500_005n, 'nl')).toBe('€ 15.000,05');
    expect(formatCents(1_500_005n, 'en')).toBe('€15,000.05');
    expect(formatCents(900_719_925_474_099_301n, 'nl')).toBe('€ 9.007.199.254.740.993,01');
    expect(formatCents(-5n, 'nl')).toBe('€ -0,05');
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys, and keeps large amounts', () => {
    expect(canonicalJson({ b: 1, a: 9007199254740995n })).toBe('{"a":"9007199254740995","b":1}');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
      { seed: 2 },
    );
  });
});

describe('seeded randomness', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const draw = (seed: string): number[] =>
      Array.from(
        { length: 5 },
        (
          (r) => () =>
            r.integer(1000)
        )(new SeededRandom(seed)),
      );
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('favours no number', () => {
    const random = new SeededRandom('dice');
    const counts = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i++) counts[random.integer(6)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('shuffles without losing an item', () => {
    expect(new SeededRandom('x').shuffle([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
  });
});
