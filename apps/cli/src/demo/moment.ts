import { addDays, instantOf, type CalendarDate, type Instant } from '#lib/kernel';

/** A day counted from the first load, with the time in Amsterdam when it matters: `-12` or `-12 20:15`. */
export type When = number | string;

/** The instant of a day and time counted from `today`; at `usual` (HH:MM) when only the day is given. */
export function momentOf(today: CalendarDate, when: When, usual: string): Instant {
  const [days = '0', time = usual] = String(when).split(' ');
  return instantOf(`${addDays(today, Number(days))}T${time}`);
}
