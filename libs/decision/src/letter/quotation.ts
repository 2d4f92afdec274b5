import type { LetterBlock, LetterQuote } from '#lib/documents';
import { writtenIn, type Language } from '#lib/kernel';
import { paragraph } from './letter-words.js';
import type { Words } from './decision-letter.js';

/** The language of what people wrote, where it is another than the letter's. */
function otherLanguage(text: string, language: Language): Language | null {
  const own = writtenIn(text);
  return own === language ? null : own;
}

/** What people wrote, as they wrote it. */
export function quotation(text: string, { language }: Pick<Words, 'language'>): LetterBlock {
  const other = otherLanguage(text, language);
  return other === null ? paragraph(text) : { kind: 'paragraph', text, language: other };
}

/** The same as an item of a list: `Samenwerking: …`. */
export function quotedItem(lead: string, text: string, { language }: Pick<Words, 'language'>): string | LetterQuote {
  const other = otherLanguage(text, language);
  return other === null ? `${lead} ${text}` : { lead, text, language: other };
}

/** Says that what follows was written in another language; nothing when all of it is in the letter's own. */
export function languageTold(texts: readonly string[], { language, say }: Words): readonly LetterBlock[] {
  const others = new Set(texts.flatMap((text) => otherLanguage(text, language) ?? []));
  return [...others].map((other) => paragraph(say(`decision.written-in-${other}`)));
}
