import { dateOf, ZONE, type Language } from '#lib/kernel';

/** English as in Europe: the day before the month. */
const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

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

/** What is left until a moment, in whole days, hours or minutes; null when it has passed. */
export function timeLeft(language: Language, now: string, until: string): string | null {
  const left = Date.parse(until) - Date.parse(now);
  if (left <= 0) return null;
  const inUnit = (unit: string, size: number): string => {
    const options = { style: 'unit', unit, unitDisplay: 'long' } as const;
    return new Intl.NumberFormat(LOCALES[language], options).format(Math.floor(left / size));
  };
  if (left >= 2 * DAY) return inUnit('day', DAY);
  return left >= 2 * 60 * MINUTE ? inUnit('hour', 60 * MINUTE) : inUnit('minute', MINUTE);
}

function format(language: Language, moment: string, options: Intl.DateTimeFormatOptions): string {
  const day = moment.includes('T') ? dateOf(moment) : moment;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' }).format(
    Date.UTC(year, month - 1, date),
  );
}
