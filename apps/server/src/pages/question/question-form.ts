import type { PublishedWords } from '#lib/intake';
import type { Fields } from '../form-fields.js';
import type { FieldError } from '../pages.js';

const MOST: Readonly<Record<string, number>> = {
  question_nl: 2000,
  question_en: 2000,
  answer_nl: 5000,
  answer_en: 5000,
};

/** What is published of a question, from the fields of the form, with what is wrong in them. English is both or neither. */
export function publishedIn(
  fields: Fields,
  say: (key: string, values?: Readonly<Record<string, unknown>>) => string,
): { readonly words: PublishedWords; readonly errors: readonly FieldError[] } {
  const of = (name: string): string => (fields[name] ?? '').trim();
  const inEnglish = of('question_en') !== '' || of('answer_en') !== '';
  const needed = ['question_nl', 'answer_nl', ...(inEnglish ? ['question_en', 'answer_en'] : [])];
  const errors = [
    ...needed.filter((id) => of(id) === '').map((id) => ({ id, message: say(`question.error-${id}`) })),
    ...Object.entries(MOST)
      .filter(([id, most]) => of(id).length > most)
      .map(([id, most]) => ({ id, message: say('question.error-long', { most }) })),
    ...(fields['anonymous'] === 'on' ? [] : [{ id: 'anonymous', message: say('question.error-anonymous') }]),
  ];
  const both = (name: string): { nl: string; en: string | null } => ({
    nl: of(`${name}_nl`),
    en: inEnglish ? of(`${name}_en`) : null,
  });
  return { words: { question: both('question'), answer: both('answer') }, errors };
}
