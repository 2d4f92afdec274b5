import { instantOf, LOCALES, type Instant, type Language } from '#lib/kernel';

/** An amount as people type it, in integer cents; null when it is none: `1.250`, `1250,5`, `€ 1.250,50`, `1,250.50`. */
export function centsIn(text: string): number | null {
  const plain = text.replace(/[€\s\u00a0]/g, '').replace(/,-$/, '');
  const simple = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(plain);
  const grouped =
    /^(\d{1,3})((?:\.\d{3})+)(?:,(\d{1,2}))?$/.exec(plain) ?? /^(\d{1,3})((?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(plain);
  const [whole, cents] =
    simple !== null ? [simple[1], simple[2]] : [`${grouped?.[1] ?? ''}${grouped?.[2] ?? ''}`, grouped?.[3]];
  if (simple === null && grouped === null) return null;
  return Number(`${(whole ?? '').replace(/[.,]/g, '')}${(cents ?? '').padEnd(2, '0')}`);
}

/** A whole number as people type it; null when it is none. */
export function wholeIn(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** Cents as a person would type them: `1.250` or `1.250,50` in Dutch, `1,250` or `1,250.50` in English. `centsIn` reads both. */
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
