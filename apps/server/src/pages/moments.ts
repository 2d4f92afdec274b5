import { LOCALES, type Language } from '#lib/kernel';

export { clock, dateAndTime, longDate, plainDate } from '#lib/kernel';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

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
