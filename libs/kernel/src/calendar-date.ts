import { Temporal } from 'temporal-polyfill';
import { DomainError } from './domain-error.js';

/** A calendar date in Europe/Amsterdam, `YYYY-MM-DD`. Sorts and compares as text. */
export type CalendarDate = string & { readonly calendarDate: true };

/** An instant as ISO text in UTC, with up to microseconds: `2026-11-23T20:18:00.123456Z`. */
export type Instant = string;

export const ZONE = 'Europe/Amsterdam';

/** Not a date that exists, or not written as YYYY-MM-DD. */
export class NotADate extends DomainError {
  readonly code = 'not-a-date';
  constructor(text: string) {
    super('This is not a date.', { text });
  }
}

/** A wall time that does not exist or exists twice, because the clock changes that night. */
export class WallTimeIsNotOne extends DomainError {
  readonly code = 'wall-time-is-not-one';
  constructor(wall: string) {
    super('The clock changes at this moment; choose another time.', { wall });
  }
}

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** Throws NotADate. */
export function calendarDate(text: string): CalendarDate {
  if (!SHAPE.test(text) || text.startsWith('0000')) throw new NotADate(text);
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as CalendarDate;
  } catch {
    throw new NotADate(text);
  }
}

export function isCalendarDate(text: string): text is CalendarDate {
  return holds(() => calendarDate(text));
}

const INSTANT = /^(?!0000)\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

/** Whether a text names one instant: a date with a time and an offset. */
export function isInstant(text: string): text is Instant {
  return INSTANT.test(text) && holds(() => Temporal.Instant.from(text));
}

function holds(reading: () => unknown): boolean {
  try {
    reading();
    return true;
  } catch {
    return false;
  }
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return plain(date).add({ days }).toString() as CalendarDate;
}

/** Months and years keep the day number, or take the last day of the month. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  return plain(date).add({ months }, { overflow: 'constrain' }).toString() as CalendarDate;
}

/** Whole days from the first date to the second; negative when it lies before. */
export function daysBetween(from: CalendarDate, until: CalendarDate): number {
  return plain(from).until(plain(until), { largestUnit: 'days' }).days;
}

/** 1 Monday … 7 Sunday. */
export function dayOfWeek(date: CalendarDate): number {
  return plain(date).dayOfWeek;
}

export function yearOf(date: CalendarDate): number {
  return plain(date).year;
}

/** The date on which an instant falls in Amsterdam. */
export function dateOf(instant: Instant): CalendarDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDate().toString() as CalendarDate;
}

/** The first instant of a date in Amsterdam. */
export function startOfDay(date: CalendarDate): Instant {
  return plain(date).toZonedDateTime(ZONE).toInstant().toString();
}

/** The instant after the last of a date: a term that ends on this date is over from here on. */
export function endOfDay(date: CalendarDate): Instant {
  return startOfDay(addDays(date, 1));
}

/** The last date in Amsterdam that has a moment before an instant: the day before when the instant is a midnight. */
export function lastDayBefore(instant: Instant): CalendarDate {
  return dateOf(Temporal.Instant.from(instant).subtract({ nanoseconds: 1 }).toString());
}

/** The instant of a wall time `YYYY-MM-DDTHH:MM` in Amsterdam. Throws WallTimeIsNotOne in the two odd hours of a year. */
export function instantOf(wall: string): Instant {
  const local = Temporal.PlainDateTime.from(wall);
  try {
    return local.toZonedDateTime(ZONE, { disambiguation: 'reject' }).toInstant().toString();
  } catch {
    throw new WallTimeIsNotOne(wall);
  }
}

/** The wall time `YYYY-MM-DDTHH:MM` of an instant in Amsterdam. */
export function wallTimeOf(instant: Instant): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

function plain(date: CalendarDate): Temporal.PlainDate {
  return Temporal.PlainDate.from(date);
}
