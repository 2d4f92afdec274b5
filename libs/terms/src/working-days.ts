import { addDays, addMonths, parsePeriod, type CalendarDate, type Period } from '#lib/kernel';
import { isWorkingDay } from './free-days.js';

/** The working day that lies `count` working days after (or, when negative, before) a date. Zero gives the date itself. */
export function addWorkingDays(date: CalendarDate, count: number): CalendarDate {
  const step = Math.sign(count);
  let day = date;
  for (let left = Math.abs(count); left > 0;) {
    day = addDays(day, step);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** A date moved by a period in any unit. */
export function addPeriod(date: CalendarDate, { count, unit }: Period): CalendarDate {
  switch (unit) {
    case 'working-days':
      return addWorkingDays(date, count);
    case 'days':
      return addDays(date, count);
    case 'weeks':
      return addDays(date, 7 * count);
    case 'months':
      return addMonths(date, count);
    case 'years':
      return addMonths(date, 12 * count);
  }
}

export interface Reminder {
  /** As the workflow writes it: `-P10WD` is ten working days before the last day, `+P2WD` two after it. */
  readonly code: string;
  readonly day: CalendarDate;
}

/** The days on which to remind. Throws NotAPeriod. */
export function remindersOf(lastDay: CalendarDate, codes: readonly string[]): readonly Reminder[] {
  return codes.map((code) => ({ code, day: addPeriod(lastDay, parsePeriod(code)) }));
}
