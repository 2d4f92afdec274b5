import type { Language } from '#lib/kernel';
import { withValueAt, type CompiledQuestion, type QuestionKind } from '#lib/regulation';
import type { Fields } from '../form-fields.js';
import { linesIn, partnersIn, schoolsIn, type ReadRows } from './read-rows.js';
import { centsIn, wholeIn } from './typed-values.js';

type Content = Readonly<Record<string, unknown>>;

/** One answer as it was typed: a value, nothing, or text that is no answer yet. */
interface ReadAnswer {
  readonly value?: unknown;
  /** Kept as it was typed, by path. */
  readonly typed?: Readonly<Record<string, string>>;
}

/** What a form sent, in the language of its page. */
interface Sent {
  readonly fields: Fields;
  readonly language: Language;
}

/** The answers with those of the asked questions replaced by what a form sent. Nothing that was typed is lost. */
export function withAnswers(content: Content, questions: readonly CompiledQuestion[], sent: Sent): Content {
  let [answers, typed] = [content, without(typedIn(content), questions)];
  for (const { path, question } of questions) {
    const read = readAnswer(path, question, sent);
    answers = withValueAt(answers, path, read.value);
    typed = { ...typed, ...read.typed };
  }
  const summed = withTotal(answers, typed);
  return withValueAt(summed, 'typed', Object.keys(typed).length === 0 ? undefined : typed);
}

function readAnswer(path: string, question: CompiledQuestion['question'], { fields, language }: Sent): ReadAnswer {
  const list = LISTS[question.kind];
  if (list !== undefined) return rows(path, list(fields, language));
  const text = (fields[path] ?? '').trim();
  return text === '' ? {} : readText(path, question, { text, language });
}

const LISTS: Readonly<Partial<Record<QuestionKind, (fields: Fields, language: Language) => ReadRows>>> = {
  ...{ schools: schoolsIn, partners: partnersIn, lines: linesIn },
};

function readText(
  path: string,
  { kind, choices = {} }: CompiledQuestion['question'],
  { text, language }: { readonly text: string; readonly language: Language },
): ReadAnswer {
  if (kind === 'tick') return { value: true };
  if (kind === 'yes-no') return { value: text === 'true' };
  if (kind === 'money') return known(path, text, centsIn(text, language));
  if (kind === 'number') return known(path, text, wholeIn(text));
  if (kind === 'choice' && !(text in choices)) return { typed: { [path]: text } };
  return { value: text };
}

function known(path: string, text: string, value: number | null): ReadAnswer {
  return value === null ? { typed: { [path]: text } } : { value };
}

function rows(path: string, { items, typed }: ReadRows): ReadAnswer {
  const kept = Object.fromEntries(Object.entries(typed).map(([place, text]) => [`${path}.${place}`, text]));
  return { ...(items.length === 0 ? {} : { value: items }), typed: kept };
}

function typedIn(content: Content): Readonly<Record<string, string>> {
  return (content['typed'] as Readonly<Record<string, string>> | undefined) ?? {};
}

function without(
  typed: Readonly<Record<string, string>>,
  questions: readonly CompiledQuestion[],
): Readonly<Record<string, string>> {
  const isAsked = (key: string): boolean => questions.some(({ path }) => key === path || key.startsWith(`${path}.`));
  return Object.fromEntries(Object.entries(typed).filter(([key]) => !isAsked(key)));
}

/** The lines are added up for who leaves the total empty. */
function withTotal(answers: Content, typed: Readonly<Record<string, string>>): Content {
  const budget = answers['budget'] as { totalCents?: number; lines?: readonly { cents?: number }[] } | undefined;
  const { lines = [], totalCents } = budget ?? {};
  if (lines.length === 0 || totalCents !== undefined || 'budget.totalCents' in typed) return answers;
  if (Object.keys(typed).some((key) => key.startsWith('budget.lines'))) return answers;
  return withValueAt(
    answers,
    'budget.totalCents',
    lines.reduce((sum, { cents = 0 }) => sum + cents, 0),
  );
}
