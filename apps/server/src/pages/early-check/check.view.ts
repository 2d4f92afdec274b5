import type { CheckToAnswer } from '#lib/intake';
import { answerInWords, type AnswerWords, type CompiledForm } from '#lib/regulation';
import type { Fields } from '../form-fields.js';
import type { FieldError } from '../pages.js';

interface Shown {
  readonly check: CheckToAnswer;
  readonly form: CompiledForm;
  readonly fields: Fields;
  readonly words: AnswerWords;
  readonly errors: readonly FieldError[];
}

/** The questions part by part: the answer where it may be read, what the form misses, and what the secretary writes of it. */
export function checkRows({ check, form, fields, words, errors }: Shown): readonly object[] {
  const { language } = words;
  const { asked, given, faults } = check.gaps;
  const questions = form.every().filter(({ path }) => asked.includes(path));
  const faultAt = (path: string): string => faults.find((one) => one.path === path)?.message[language] ?? '';
  return form.file.order.map((key) => ({
    name: form.file.parts[key]?.label[language] ?? key,
    isShown: check.parts.includes(key),
    rows: questions
      .filter(({ part }) => part === key)
      .map((one) => {
        const id = `m-${one.path.replaceAll('.', '-')}`;
        const name = `missing.${one.path}`;
        return {
          ...{
            id,
            name,
            label: one.question.label[language],
            fault: faultAt(one.path),
            isGiven: given.includes(one.path),
          },
          lines: check.parts.includes(key) ? answerInWords(one, check.content, words) : [],
          typed: fields[name] ?? faultAt(one.path),
          error: errors.find((error) => error.id === id)?.message ?? null,
        };
      }),
  }));
}
