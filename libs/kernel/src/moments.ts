import { dateOf, ZONE } from './calendar-date.js';
import type { Language } from './text.js';

/** English as in Europe: the day before the month. */
export const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' };

/** `maandag 30 november 2026` of an instant or a calendar date. */
export function longDate(language: Language, moment: string): string {
  return format(language, moment, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** `30 november 2026`. */
export function plainDate(language: Language, moment: string): string {
  return format(language, moment, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** `30 november 2026, 17.00 uur` of an instant, in Amsterdam. */
export function dateAndTime(language: Language, instant: string): string {
  return `${longDate(language, instant)}, ${clock(language, instant)}`;
}

/** `17.00 uur`, `17:00`. */
export function clock(language: Language, instant: string): string {
  const options = { hour: '2-digit', minute: '2-digit', timeZone: ZONE, hourCycle: 'h23' } as const;
  const time = new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(instant));
  return language === 'nl' ? `${time.replace(':', '.')} uur` : time;
}

function format(language: Language, moment: string, options: Intl.DateTimeFormatOptions): string {
  const day = moment.includes('T') ? dateOf(moment) : moment;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' }).format(
    Date.UTC(year, month - 1, date),
  );
}
