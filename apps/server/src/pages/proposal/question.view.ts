import type { Language, Text } from '#lib/kernel';
import {
  answerInWords,
  inGroups,
  valueAt,
  YES_NO,
  type AnswerWords,
  type CompiledQuestion,
  type FormFault,
  type QuestionKind,
} from '#lib/regulation';
import { sumOfLines } from './budget-figures.js';
import { centsAsTyped } from './typed-values.js';

type Content = Readonly<Record<string, unknown>>;

/** Ids in pages have no dots, so that a style or a script can name them. */
export function fieldId(path: string): string {
  return path.replaceAll('.', '-');
}

/** A question with its answer, as a partial of its kind draws it. */
export interface FieldView {
  readonly id: string;
  readonly path: string;
  readonly partial: string;
  readonly label: string;
  readonly hint: string | null;
  readonly error: string | null;
  readonly optional: boolean;
  readonly [more: string]: unknown;
}

interface Asked {
  readonly content: Content;
  readonly faults: readonly FormFault[];
  readonly language: Language;
}

export function fieldView({ path, question }: CompiledQuestion, { content, faults, language }: Asked): FieldView {
  const { label, help, kind, optional = false } = question;
  const typed = (content['typed'] as Readonly<Record<string, string>> | undefined) ?? {};
  const fault = faults.find((one) => one.path === path);
  return {
    ...{ id: fieldId(path), path, field: path, label: label[language], hint: help?.[language] ?? null, optional },
    error: fault?.message[language] ?? null,
    wrongCell: fault?.cell === undefined ? null : fieldId(fault.cell),
    ...DRAWN[kind]({ path, question, value: shownValue(content, path), typed, language }),
  };
}

/** A total that is what the lines add up to stays empty, so that it follows them. */
function shownValue(content: Content, path: string): unknown {
  const value = valueAt(content, path);
  return path === 'budget.totalCents' && value === sumOfLines(content) ? undefined : value;
}

/** A question with its answer in words, where it may not change. */
export function readOnlyView(one: CompiledQuestion, content: Content, words: AnswerWords): FieldView {
  const { path, question } = one;
  return {
    ...{ id: fieldId(path), path, partial: 'q-read', label: question.label[words.language], hint: null, error: null },
    ...{ optional: false, lines: answerInWords(one, content, words) },
  };
}

interface Drawn {
  readonly path: string;
  readonly question: CompiledQuestion['question'];
  readonly value: unknown;
  readonly typed: Readonly<Record<string, string>>;
  readonly language: Language;
}

type Drawing = { readonly partial: string } & Readonly<Record<string, unknown>>;

const rowsOf =
  (partial: string) =>
  (drawn: Drawn): Drawing => ({ partial, rows: rowsView(drawn) });

/** How each kind of question is drawn: the partial and what it needs besides the words. */
const DRAWN: Readonly<Record<QuestionKind, (drawn: Drawn) => Drawing>> = {
  line: ({ path, value = '', typed, question }) => ({
    partial: 'text-field',
    value: typed[path] ?? (question.schema['format'] === 'iban' ? inGroups(value) : value),
  }),
  text: ({ value = '', question }) => ({ partial: 'text-field', rows: 6, max: question.schema['maxLength'], value }),
  number: ({ path, value = '', typed }) => ({
    ...{ partial: 'text-field', width: 'wt-w-s', inputmode: 'numeric', value: typed[path] ?? value },
  }),
  money: ({ path, value, typed, language }) => ({
    ...{ partial: 'text-field', prefix: '€', width: 'wt-w-m', inputmode: 'decimal' },
    value: typed[path] ?? (typeof value === 'number' ? centsAsTyped(value, language) : ''),
  }),
  tick: ({ value }) => ({ partial: 'q-tick', checked: value === true }),
  'yes-no': ({ value, language }) => ({ partial: 'q-choice', options: yesNo(value, language) }),
  choice: ({ value, question, language }) => ({
    partial: 'q-choice',
    options: choicesOf(question).map(([v, text]) => ({ value: v, text: text[language], on: v === value })),
  }),
  schools: rowsOf('q-schools'),
  partners: rowsOf('q-partners'),
  lines: rowsOf('q-lines'),
  files: ({ value }) => ({ partial: 'q-files', names: namesOf(value) }),
};

/** In the order of the schema: the database keeps the keys of an object in an order of its own. */
export function choicesOf({ choices = {}, schema }: Drawn['question']): readonly (readonly [string, Text])[] {
  const order = Array.isArray(schema['enum']) ? (schema['enum'] as readonly string[]) : Object.keys(choices);
  return order.flatMap((value) => {
    const choice = choices[value];
    return choice === undefined ? [] : [[value, choice.label] as const];
  });
}

function namesOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).map(({ name }: { name: string }) => name);
}

function yesNo(value: unknown, language: Language): readonly object[] {
  const [yes, no] = YES_NO[language];
  return [
    { value: 'true', text: yes, on: value === true },
    { value: 'false', text: no, on: value === false },
  ];
}

/** The rows of a list and one empty row behind them, so that a page without scripts can always add one. */
function rowsView({ value, typed, path, language }: Drawn): readonly object[] {
  const rows = (Array.isArray(value) ? value : []) as Readonly<Record<string, unknown>>[];
  const money = (row: Readonly<Record<string, unknown>>, at: number, field: string): object => {
    const cents = row[field];
    const shown = typeof cents === 'number' ? centsAsTyped(cents, language) : '';
    return { [field]: typed[`${path}.${at}.${field}`] ?? shown };
  };
  return [...rows, {}].map((row, at) => ({
    ...row,
    ...money(row, at, 'cents'),
    ...money(row, at, 'benefitCents'),
    at,
    n: at + 1,
    isNew: at === rows.length,
  }));
}
