import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDate, type CalendarDate } from '#lib/kernel';
import {
  addWorkingDays,
  computeTerm,
  freeDays,
  isBeyondHorizon,
  isWorkingDay,
  remindersOf,
  type TermInput,
} from './index.js';

const d = calendarDate;
const lastDay = (start: string, period: string, more: Partial<TermInput> = {}): string =>
  computeTerm({ start: d(start), period, source: 'law', ...more }).lastDay;

describe('free days', () => {
  it.each([
    [2023, '01-01 04-07 04-10 04-27 04-28 05-05 05-18 05-19 05-29 12-25 12-26'],
    [2024, '01-01 03-29 04-01 04-27 05-05 05-09 05-10 05-20 12-25 12-26 12-27'],
    [2025, '01-01 04-18 04-21 04-26 05-05 05-29 05-30 06-09 12-25 12-26'],
    [2026, '01-01 01-02 04-03 04-06 04-27 05-05 05-14 05-15 05-25 12-25 12-26'],
    [2027, '01-01 03-26 03-29 04-27 05-05 05-06 05-07 05-17 12-25 12-26'],
    [2028, '01-01 04-14 04-17 04-27 04-28 05-05 05-25 05-26 06-05 12-25 12-26'],
    [2029, '01-01 03-30 04-02 04-27 05-05 05-10 05-21 12-25 12-26'],
    [2030, '01-01 04-19 04-22 04-27 05-05 05-30 06-10 12-25 12-26'],
    [2031, '01-01 04-11 04-14 04-26 05-05 05-22 06-02 12-25 12-26'],
    [2032, '01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26'],
  ])('of %i are those of the law and the decrees', (year, days) => {
    expect(
      freeDays(year)
        .map((free) => free.day.slice(5))
        .join(' '),
    ).toBe(days);
  });

  it('name a day once when two fall together: Ascension Day on 5 May 2016 is one day', () => {
    const days = freeDays(2016).filter((free) => free.day === '2016-05-05');
    expect(days).toHaveLength(1);
  });

  it('that a decree equates with a holiday name it by its title, which names exactly those days', () => {
    const dutch = new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: 'UTC' });
    const equated = [2023, 2024, 2025, 2026, 2027, 2028]
      .flatMap(freeDays)
      .filter(({ ground }) => ground.includes('lid 3;'));
    expect(equated).toHaveLength(10);
    for (const { day, ground } of equated) expect(ground).toContain(dutch.format(Date.parse(day)));
    const titles = new Set(equated.map(({ ground }) => ground));
    const named = [...titles].flatMap((title) => title.match(/\d{1,2} [a-z]+ \d{4}/g) ?? []);
    expect(named).toHaveLength(equated.length);
  });

  it('are known until the end of 2028; later answers say that they may change', () => {
    expect(isBeyondHorizon(d('2028-12-31'))).toBe(false);
    expect(computeTerm({ start: d('2028-12-01'), period: 'P6W', source: 'law' }).beyondHorizon).toBe(true);
  });
});

describe('a term of a law', () => {
  it.each([
    ['2026-04-02', '2026-05-18', ['Hemelvaartsdag', 'gelijkgestelde dag', 'zaterdag', 'zondag']],
    ['2026-04-03', '2026-05-18', ['gelijkgestelde dag', 'zaterdag', 'zondag']],
    ['2027-03-26', '2027-05-10', ['gelijkgestelde dag', 'zaterdag', 'zondag']],
    ['2026-11-13', '2026-12-28', ['Eerste Kerstdag', 'Tweede Kerstdag', 'zondag']],
  ])('of six weeks announced on %s ends on %s', (start, end, names) => {
    const answer = computeTerm({ start: d(start), period: 'P6W', source: 'law' });
    expect(answer.lastDay).toBe(end);
    expect(answer.because.map((reason) => reason.name.nl)).toEqual(names);
    expect(answer.because.every((reason) => reason.rule === 'art-1')).toBe(true);
    expect(answer.movedFrom).toBe(addDays(d(start), 42));
  });

  it('does not move when it is longer than twelve weeks or three months (art. 4)', () => {
    expect(lastDay('2026-02-03', 'P13W')).toBe('2026-05-05');
    const answer = computeTerm({ start: d('2027-11-12'), period: 'P22W', source: 'law' });
    expect(answer).toMatchObject({ lastDay: '2028-04-14', movedFrom: null });
    expect(answer.because).toMatchObject([{ rule: 'art-4', day: '2028-04-14', name: { nl: 'Goede Vrijdag' } }]);
    expect(lastDay('2026-02-16', 'P12W')).toBe('2026-05-11');
  });

  it('of at least three days holds two working days (art. 2), and then does not end on a free day', () => {
    const answer = computeTerm({ start: d('2026-11-20'), period: 'P3D', source: 'law' });
    expect(answer).toMatchObject({ lastDay: '2026-11-24', movedFrom: '2026-11-23' });
    expect(answer.because.map((reason) => reason.rule)).toEqual(['art-2']);
    expect(lastDay('2026-11-20', 'P2D')).toBe('2026-11-23');
  });

  it('begins on the day after, unless it is said otherwise', () => {
    expect(lastDay('2026-11-23', 'P1W')).toBe('2026-11-30');
    expect(computeTerm({ start: d('2026-11-24'), period: 'P1W', source: 'law', startsNextDay: false }).lastDay).toBe(
      '2026-11-30',
    );
  });

  it('of a decree moves too (art. 5); of a ministerial regulation or own rules it stays', () => {
    expect(lastDay('2026-11-13', 'P6W', { source: 'decree' })).toBe('2026-12-28');
    expect(lastDay('2026-11-13', 'P6W', { source: 'ministerial-regulation' })).toBe('2026-12-25');
    const own = computeTerm({ start: d('2026-11-13'), period: 'P6W', source: 'own-rules' });
    expect(own.because).toMatchObject([{ rule: 'art-5', ground: 'Atw art. 5' }]);
  });

  it('counted back never moves', () => {
    const answer = computeTerm({ start: d('2026-12-28'), period: 'P3D', source: 'law', direction: 'backward' });
    expect(answer).toMatchObject({ lastDay: '2026-12-25', movedFrom: null, because: [{ rule: 'backward' }] });
  });

  it('stands still while it is suspended; days suspended twice count once', () => {
    const suspensions = [
      { from: d('2026-09-10'), until: d('2026-09-19') },
      { from: d('2026-09-15'), until: d('2026-09-24') },
    ];
    expect(lastDay('2026-09-01', 'P8W')).toBe('2026-10-27');
    expect(lastDay('2026-09-01', 'P8W', { suspensions })).toBe('2026-11-11');
    expect(lastDay('2026-09-01', 'P8W', { suspensions: [{ from: d('2026-08-20'), until: d('2026-09-02') }] })).toBe(
      '2026-10-28',
    );
    expect(lastDay('2026-09-01', 'P8W', { suspensions: [{ from: d('2026-12-01'), until: d('2026-12-31') }] })).toBe(
      '2026-10-27',
    );
  });

  it('keeps the day number in months, or takes the last day of the month', () => {
    expect(lastDay('2027-11-30', 'P3M', { source: 'own-rules' })).toBe('2028-02-29');
  });

  it('refuses a length with a sign', () => {
    expect(() => lastDay('2026-01-05', '-P1W')).toThrow(/sign/);
  });
});

describe('working days', () => {
  it('skip weekends and free days, in both directions', () => {
    expect(addWorkingDays(d('2026-12-24'), 1)).toBe('2026-12-28');
    expect(addWorkingDays(d('2026-12-28'), -1)).toBe('2026-12-24');
    expect(remindersOf(d('2026-05-18'), ['-P2WD', '+P1WD', '-P1W'])).toEqual([
      { code: '-P2WD', day: '2026-05-12' },
      { code: '+P1WD', day: '2026-05-19' },
      { code: '-P1W', day: '2026-05-11' },
    ]);
  });
});

const anyDate = fc.integer({ min: 0, max: 3000 }).map((n): CalendarDate => addDays(d('2024-01-01'), n));
const anyPeriod = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom('D', 'W', 'M', 'WD'))
  .map(([n, u]) => `P${n}${u}`);
const anySuspensions = fc.array(
  fc.tuple(anyDate, fc.integer({ min: 0, max: 40 })).map(([from, n]) => ({ from, until: addDays(from, n) })),
  { maxLength: 6 },
);

describe('every term', () => {
  it('ends on a working day when the law moves it, and never before its plain end', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 12 }), (start, weeks) => {
        const answer = computeTerm({ start, period: `P${weeks}W`, source: 'law' });
        expect(isWorkingDay(answer.lastDay)).toBe(true);
        expect(answer.lastDay >= addDays(start, weeks * 7)).toBe(true);
        expect(answer.movedFrom === null).toBe(answer.because.length === 0);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('is lengthened by exactly the suspended days inside it, in whatever order they are listed', () => {
    fc.assert(
      fc.property(anyDate, anyPeriod, anySuspensions, (start, period, suspensions) => {
        const input = { start, period, source: 'own-rules' as const };
        const answer = computeTerm({ ...input, suspensions });
        const plain = computeTerm(input).lastDay;
        let suspended = 0;
        for (let day = addDays(start, 1); day <= answer.lastDay; day = addDays(day, 1)) {
          if (suspensions.some((s) => s.from <= day && day <= s.until)) suspended += 1;
        }
        expect(addDays(plain, suspended)).toBe(answer.lastDay);
        expect(computeTerm({ ...input, suspensions: [...suspensions].reverse() }).lastDay).toBe(answer.lastDay);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('ends no earlier when it starts later', () => {
    fc.assert(
      fc.property(
        anyDate,
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('law' as const, 'own-rules' as const),
        (start, weeks, source) => {
          const period = `P${weeks}W`;
          expect(
            computeTerm({ start: addDays(start, 1), period, source }).lastDay >=
              computeTerm({ start, period, source }).lastDay,
          ).toBe(true);
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });
});
