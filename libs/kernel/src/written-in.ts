import type { Language } from './text.js';

/** Small words of one language that the other does not have. */
const SMALL_WORDS: Readonly<Record<Language, ReadonlySet<string>>> = {
  nl: new Set(
    'aan als bij dat de deze dit een en er het hun ik maar met naar niet nog om ook op te uit uw van voor wij wordt worden zijn zo'.split(
      ' ',
    ),
  ),
  en: new Set(
    'and are as at because but by for from has have if it its not our than that the their there they this to were which with you your'.split(
      ' ',
    ),
  ),
};

/**
 * The language of a text by its small words: that of which it has more than twice as many; null when it has too few to tell. People write in
 * the language they like: nobody is asked for it.
 */
export function writtenIn(text: string): Language | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const [nl, en] = (['nl', 'en'] as const).map(
    (language) => words.filter((word) => SMALL_WORDS[language].has(word)).length,
  );
  if (nl === undefined || en === undefined) return null;
  if (nl > 2 * en) return 'nl';
  return en > 2 * nl ? 'en' : null;
}
