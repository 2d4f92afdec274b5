import type { LetterBlock } from '#lib/documents';
import { formatCents, Fraction, type Language } from '#lib/kernel';

/** Decimals of a score in a letter; the exact fraction decides, the letter rounds. */
const DECIMALS = 2;

export const paragraph = (text: string): LetterBlock => ({ kind: 'paragraph', text });
export const euro = (cents: number, language: Language): string => formatCents(BigInt(cents), language);

/** A score in words of the language; a dash where there is none. */
export function decimal(exact: string | null, language: Language): string {
  return exact === null ? '–' : inLanguage(Fraction.parse(exact).toDecimal(DECIMALS), language);
}

/** A place in a ranking; equals share one, so it can be a half. */
export function placeIn(position: number, language: Language): string {
  return inLanguage(String(position), language);
}

function inLanguage(text: string, language: Language): string {
  return language === 'nl' ? text.replace('.', ',') : text;
}
