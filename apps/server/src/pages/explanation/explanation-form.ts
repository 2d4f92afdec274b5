import { phoneOf } from '#lib/kernel';
import type { WantedExplanation } from '#lib/decision';
import { textIn, type Fields } from '../form-fields.js';
import type { FieldError } from '../pages.js';

const WAYS = ['oral', 'written'] as const;

/** What an applicant wants explained, from the fields of the form, with what is wrong in them. */
export function explanationIn(
  fields: Fields,
  say: (key: string) => string,
): { readonly wanted: WantedExplanation; readonly errors: readonly FieldError[] } {
  const of = (name: string, most: number): string => textIn(fields, name, most);
  const way = WAYS.find((one) => one === fields['way']);
  const wanted = {
    ...{
      way: way ?? 'written',
      words: of('words', 5000),
      phone: phoneOf(of('phone', 40)) ?? of('phone', 40),
      times: of('times', 300),
    },
  } as const;
  const wrong = [
    ...(way === undefined ? ['way'] : []),
    ...(wanted.words === '' ? ['words'] : []),
    // A number is something one can call, not a sentence.
    ...(way === 'oral' && phoneOf(wanted.phone) === null ? ['phone'] : []),
  ];
  return { wanted, errors: wrong.map((id) => ({ id, message: say(`explanation.error-${id}`) })) };
}
