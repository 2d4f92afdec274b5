import { addDays, calendarDate, dayOfWeek, yearOf, type CalendarDate, type Text } from '#lib/kernel';
import { EQUATED_DAYS } from './equated-days.js';

/** A day on which no term of a law ends, with its ground in the Algemene termijnenwet (Atw). */
export interface FreeDay {
  readonly day: CalendarDate;
  readonly name: Text;
  readonly ground: string;
}

const HOLIDAY = 'Atw art. 3 lid 1';
const GOOD_FRIDAY = 'Atw art. 3 lid 2';
const WEEKEND = 'Atw art. 1 lid 1';
const SATURDAY: Text = { nl: 'zaterdag', en: 'Saturday' };
const SUNDAY: Text = { nl: 'zondag', en: 'Sunday' };

const cache = new Map<number, ReadonlyMap<CalendarDate, FreeDay>>();

/** The recognised holidays of a year and the days equated with them, in order; Saturdays and Sundays are not in the list. */
export function freeDays(year: number): readonly FreeDay[] {
  return [...daysOf(year).values()];
}

/** Why a day is free, or undefined for a working day. */
export function freeDay(day: CalendarDate): FreeDay | undefined {
  const named = daysOf(yearOf(day)).get(day);
  if (named !== undefined) return named;
  const weekday = dayOfWeek(day);
  if (weekday < 6) return undefined;
  return { day, name: weekday === 6 ? SATURDAY : SUNDAY, ground: WEEKEND };
}

export function isWorkingDay(day: CalendarDate): boolean {
  return freeDay(day) === undefined;
}

function daysOf(year: number): ReadonlyMap<CalendarDate, FreeDay> {
  const known = cache.get(year);
  if (known !== undefined) return known;
  const days = [...holidays(year), ...equated(year)].sort((a, b) => (a.day < b.day ? -1 : 1));
  // Two names can fall on one day (Hemelvaart on 5 May): the first in the law's own order stays.
  const map = new Map<CalendarDate, FreeDay>();
  for (const free of days) if (!map.has(free.day)) map.set(free.day, free);
  cache.set(year, map);
  return map;
}

function holidays(year: number): FreeDay[] {
  const easter = easterSunday(year);
  const on = (monthDay: string): CalendarDate => calendarDate(`${String(year).padStart(4, '0')}-${monthDay}`);
  const free = (day: CalendarDate, nl: string, en: string, ground = HOLIDAY): FreeDay => ({
    day,
    name: { nl, en },
    ground,
  });
  return [
    free(on('01-01'), 'Nieuwjaarsdag', "New Year's Day"),
    free(addDays(easter, -2), 'Goede Vrijdag', 'Good Friday', GOOD_FRIDAY),
    free(addDays(easter, 1), 'Tweede Paasdag', 'Easter Monday'),
    free(kingsDay(on('04-27')), 'Koningsdag', "King's Day"),
    free(on('05-05'), 'Bevrijdingsdag', 'Liberation Day'),
    free(addDays(easter, 39), 'Hemelvaartsdag', 'Ascension Day'),
    free(addDays(easter, 50), 'Tweede Pinksterdag', 'Whit Monday'),
    free(on('12-25'), 'Eerste Kerstdag', 'Christmas Day'),
    free(on('12-26'), 'Tweede Kerstdag', 'Boxing Day'),
  ];
}

/** The King's birthday is kept on Saturday when it falls on a Sunday. */
function kingsDay(birthday: CalendarDate): CalendarDate {
  return dayOfWeek(birthday) === 7 ? addDays(birthday, -1) : birthday;
}

function equated(year: number): FreeDay[] {
  return EQUATED_DAYS.filter(({ day }) => day.startsWith(`${year}-`)).map(({ day, decree }) => ({
    day: calendarDate(day),
    name: { nl: 'gelijkgestelde dag', en: 'equated day' },
    ground: `Atw art. 3 lid 3; ${decree}`,
  }));
}

/** Gregorian Easter (Meeus, Astronomical Algorithms, ch. 8). */
function easterSunday(year: number): CalendarDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  const monthDay = `${String(Math.floor(n / 31)).padStart(2, '0')}-${String((n % 31) + 1).padStart(2, '0')}`;
  return calendarDate(`${String(year).padStart(4, '0')}-${monthDay}`);
}
