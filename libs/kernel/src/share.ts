import { Fraction } from './fraction.js';
import type { Language } from './text.js';

/** Shares that people say with a word; of any other a percentage is easier than a fraction. */
const IN_A_WORD: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  '1/2': { nl: 'de helft', en: 'half' },
  '1/3': { nl: 'een derde', en: 'one third' },
  '2/3': { nl: 'twee derde', en: 'two thirds' },
  '1/4': { nl: 'een kwart', en: 'one quarter' },
  '3/4': { nl: 'driekwart', en: 'three quarters' },
};

/** A share of something as it is said: `de helft`, `twee derde`, `70 procent`. Never rounded: what is no percentage stays a fraction. Throws NotAFraction. */
export function shareInWords(share: string, language: Language): string {
  const fraction = Fraction.parse(share);
  const word = IN_A_WORD[fraction.toString()]?.[language];
  if (word !== undefined) return word;
  const percentage = fraction.times(Fraction.of(100n));
  if (percentage.compare(Fraction.parse(percentage.toDecimal(2))) !== 0) return fraction.toString();
  const digits = percentage.toDecimal(2).replace(/\.?0+$/, '');
  return language === 'nl' ? `${digits.replace('.', ',')} procent` : `${digits} percent`;
}
