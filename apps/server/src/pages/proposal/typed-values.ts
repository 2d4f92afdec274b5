import { instantOf, LOCALES, type Instant, type Language } from '#lib/kernel';

/**
 * An amount as people type it, in integer cents; null when it is none: `1250,5`, `€ 1.250,50`, `1,250.50`. Two digits at most stand behind the decimal
 * sign. One group of three (`1.250`, `1,250`) is thousands by the sign of that language only: `0,500`, and `1,250` in Dutch, are not understood.
 */
export function centsIn(text: string, language: Language): number | null {
  const plain = text.replace(/[€\s\u200b]/g, '').replace(/,-$/, '');
  const simple = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(plain);
  if (simple !== null) return joined(simple[1] ?? '', simple[2]);
  const [, whole = '', sign = '', rest] = GROUPED.exec(plain) ?? [];
  const isCertain = rest !== undefined || whole.split(sign).length > 2;
  if (whole === '' || (!isCertain && sign !== THOUSANDS[language])) return null;
  return joined(whole, rest?.slice(1));
}

/** `1.250`, `1.250.000`, `1.250,50`, and the same with the signs the other way round. */
const GROUPED = /^([1-9]\d{0,2}([.,])\d{3}(?:\2\d{3})?)((?!\2)[.,]\d{1,2})?$/;
const THOUSANDS: Readonly<Record<Language, string>> = { nl: '.', en: ',' };

function joined(whole: string, cents = ''): number {
  return Number(`${whole.replace(/[.,]/g, '')}${cents.padEnd(2, '0')}`);
}

/** A whole number as people type it; null when it is none. */
export function wholeIn(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** Cents as a person would type them: `1.250` or `1.250,50` in Dutch, `1,250` or `1,250.50` in English. `centsIn` reads both back. */
export function centsAsTyped(cents: number, language: Language): string {
  const minimumFractionDigits = cents % 100 === 0 ? 0 : 2;
  return new Intl.NumberFormat(LOCALES[language], { minimumFractionDigits }).format(cents / 100);
}

/** A wall time as browsers send it, as an instant; null when it is none. */
export function instantIn(text: string): Instant | null {
  try {
    return instantOf(text.trim().slice(0, 16));
  } catch {
    return null;
  }
}
