import { formatCents, type Language } from '#lib/kernel';
import { valueAt, type CompiledQuestion, type FormFault, type QuestionKind } from '#lib/regulation';
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
  return {
    ...{ id: fieldId(path), path, name: path, label: label[language], hint: help?.[language] ?? null, optional },
    error: faults.find((fault) => fault.path === path)?.message[language] ?? null,
    ...DRAWN[kind]({ path, question, value: valueAt(content, path), typed, language }),
  };
}

/** A question with its answer in words, where it may not change. */
export function readOnlyView(one: CompiledQuestion, content: Content, language: Language): FieldView {
  const { path, question } = one;
  return {
    ...{ id: fieldId(path), path, partial: 'q-read', label: question.label[language], hint: null, error: null },
    ...{ optional: false, lines: answerInWords(one, content, language) },
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
  ({ value, typed, path }: Drawn): Drawing => ({ partial, rows: rowsView(value, typed, path) });

/** How each kind of question is drawn: the partial and what it needs besides the words. */
const DRAWN: Readonly<Record<QuestionKind, (drawn: Drawn) => Drawing>> = {
  line: ({ path, value = '', typed }) => ({ partial: 'text-field', value: typed[path] ?? value }),
  text: ({ value = '', question }) => ({ partial: 'text-field', rows: 6, max: question.schema['maxLength'], value }),
  number: ({ path, value = '', typed }) => ({
    ...{ partial: 'text-field', width: 'wt-w-s', inputmode: 'numeric', value: typed[path] ?? value },
  }),
  money: ({ path, value, typed }) => ({
    ...{ partial: 'text-field', prefix: '€', width: 'wt-w-m', inputmode: 'decimal' },
    value: typed[path] ?? (typeof value === 'number' ? centsAsTyped(value) : ''),
  }),
  tick: ({ value }) => ({ partial: 'q-tick', checked: value === true }),
  'yes-no': ({ value, language }) => ({ partial: 'q-choice', options: yesNo(value, language) }),
  choice: ({ value, question: { choices = {} }, language }) => ({
    partial: 'q-choice',
    options: Object.entries(choices).map(([v, c]) => ({ value: v, text: c.label[language], on: v === value })),
  }),
  schools: rowsOf('q-schools'),
  partners: rowsOf('q-partners'),
  lines: rowsOf('q-lines'),
};

const YES_NO = { nl: ['Ja', 'Nee'], en: ['Yes', 'No'] } as const;

function yesNo(value: unknown, language: Language): readonly object[] {
  const [yes, no] = YES_NO[language];
  return [
    { value: 'true', text: yes, on: value === true },
    { value: 'false', text: no, on: value === false },
  ];
}

/** The rows of a list and one empty row behind them, so that a page without scripts can always add one. */
function rowsView(value: unknown, typed: Readonly<Record<string, string>>, path: string): readonly object[] {
  const rows = (Array.isArray(value) ? value : []) as Readonly<Record<string, unknown>>[];
  return [...rows, {}].map((row, at) => ({
    ...row,
    ...asTyped(row, 'cents', typed[`${path}.${at}.cents`]),
    ...asTyped(row, 'benefitCents', typed[`${path}.${at}.benefitCents`]),
    at,
    n: at + 1,
    isNew: at === rows.length,
  }));
}

function asTyped(row: Readonly<Record<string, unknown>>, field: string, typed: string | undefined): object {
  const cents = row[field];
  return { [field]: typed ?? (typeof cents === 'number' ? centsAsTyped(cents) : '') };
}

/** An answer in words, for reading; null when there is none. */
export function answerInWords(
  { path, question }: CompiledQuestion,
  content: Content,
  language: Language,
): readonly string[] | null {
  const typed = (content['typed'] as Readonly<Record<string, string>> | undefined)?.[path];
  const value = typed ?? valueAt(content, path);
  if (value === undefined || value === null || value === '') return null;
  return Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>[]).map((row) => rowInWords(row, language))
    : oneInWords(value, question, language).split(/\n+/);
}

function oneInWords(value: unknown, { kind, choices = {} }: CompiledQuestion['question'], language: Language): string {
  if (typeof value === 'boolean') return YES_NO[language][value ? 0 : 1];
  if (typeof value === 'number') return kind === 'money' ? formatCents(BigInt(value), language) : String(value);
  const text = typeof value === 'string' ? value : '';
  return kind === 'choice' ? (choices[text]?.label[language] ?? text) : text;
}

function rowInWords(row: Readonly<Record<string, unknown>>, language: Language): string {
  const { name, label, site, province, kvk, cents } = row;
  const amount = typeof cents === 'number' ? formatCents(BigInt(cents), language) : undefined;
  const texts = [label ?? name, site, province, kvk === undefined ? undefined : `KvK ${kvk as string}`, amount];
  return texts.filter((text): text is string => typeof text === 'string' && text !== '').join(' · ');
}
