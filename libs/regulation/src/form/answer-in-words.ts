import { formatCents, type Language, type Say } from '#lib/kernel';
import { PARTNER_KINDS } from '#lib/people';
import type { CompiledQuestion } from './answer-faults.js';
import { valueAt } from './paths.js';

type Content = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

/** In which words an answer is told; `say` names what stands in the rows of a list. */
export interface AnswerWords {
  readonly language: Language;
  readonly say: Say;
}

export const YES_NO = { nl: ['Ja', 'Nee'], en: ['Yes', 'No'] } as const;

/** An answer in words, for reading on a page: without empty lines; null when there is none. */
export function answerInWords(
  one: Pick<CompiledQuestion, 'path' | 'question'>,
  content: Content,
  words: AnswerWords,
): readonly string[] | null {
  return answerText(one, content, words)?.filter((line) => line.trim() !== '') ?? null;
}

/**
 * An answer in words, line by line as it was typed; null when there is none. Whatever was typed for the question stands in it, also what is
 * no answer: nobody has to look elsewhere for a text of their own.
 */
export function answerText(
  { path, question }: Pick<CompiledQuestion, 'path' | 'question'>,
  content: Content,
  words: AnswerWords,
): readonly string[] | null {
  const value = valueAt(content, path);
  const typed = typedFor(path, content);
  const isList = Array.isArray(value) || typed.some(([place]) => place !== '');
  const lines = isList
    ? rowsInWords(question.kind, value, { typed, words })
    : [...typed.map(([, text]) => text), ...oneInWords(value, question, words.language)];
  const told = lines.flatMap((line) => line.split('\n'));
  return told.every((line) => line.trim() === '') ? null : told;
}

/** What was typed for a question and is no answer: the place within it (`` or `0.cents`) and the text. */
function typedFor(path: string, content: Content): readonly (readonly [string, string])[] {
  return Object.entries(isRow(content['typed']) ? content['typed'] : {}).flatMap(([key, typed]) =>
    key === path || key.startsWith(`${path}.`)
      ? textsIn(typed).map((text) => [key.slice(path.length + 1), text] as const)
      : [],
  );
}

/** Whether something was typed for a question that is no answer. */
export function isTypedFor(path: string, content: Content): boolean {
  return typedFor(path, content).length > 0;
}

/** Every text in a value of any shape. */
export function textsIn(value: unknown): readonly string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object') return Object.values(value).flatMap(textsIn);
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}

/** An account number as it stands on paper: NL91 ABNA 0417 1643 00. */
export function inGroups(value: unknown): string {
  return typeof value === 'string' ? value.replace(/(.{4})(?=.)/gu, '$1 ') : '';
}

function oneInWords(
  value: unknown,
  { kind, schema, choices = {} }: CompiledQuestion['question'],
  language: Language,
): readonly string[] {
  if (typeof value === 'boolean') return [YES_NO[language][value ? 0 : 1]];
  if (kind === 'money' && Number.isSafeInteger(value)) return [euro(value as number, language)];
  if (typeof value !== 'string') return textsIn(value);
  if (schema['format'] === 'iban') return [inGroups(value)];
  return [kind === 'choice' && Object.hasOwn(choices, value) ? (choices[value]?.label[language] ?? value) : value];
}

function euro(cents: number, language: Language): string {
  return formatCents(BigInt(cents), language);
}

interface Typed {
  readonly typed: readonly (readonly [string, string])[];
  readonly words: AnswerWords;
}

/** Row by row, each with what was typed for it and is no answer. */
function rowsInWords(kind: string, value: unknown, { typed, words }: Typed): readonly string[] {
  const rows = Array.isArray(value) ? (value as readonly unknown[]) : textsIn(value);
  const told = rows.map((row) => (kind === 'files' ? fileInWords(row) : rowInWords(row, words)));
  const more = typed.map(([place, text]) => [Number(/^\d+(?=\.|$)/.exec(place)?.[0] ?? -1), text] as const);
  const beside = (at: number): readonly string[] => more.flatMap(([of, text]) => (of === at ? [text] : []));
  const loose = more.flatMap(([of, text]) => (of >= 0 && of < told.length ? [] : [text]));
  return [...told.map((texts, at) => [...texts, ...beside(at)].join(' · ')), ...loose];
}

/** Its id says nothing to anybody, and its size stands where it can be opened. */
function fileInWords(row: unknown): readonly string[] {
  if (!isRow(row)) return textsIn(row);
  const { id, bytes, name, sha256, ...rest } = row;
  return [name, sha256, rest].flatMap(textsIn);
}

/** How the fields of a row are told, in this order; all others follow as they are. */
const FIELDS: Readonly<Record<string, (value: unknown, words: AnswerWords, row: Row) => readonly string[]>> = {
  label: textsIn,
  name: textsIn,
  site: textsIn,
  // The number of the school stands in that of the site.
  brin: (value, _, row) => (startsWith(row['site'], value) ? [] : textsIn(value)),
  board: (value, { say }) => textsIn(value).map((number) => say('application.row-board', { number })),
  province: textsIn,
  // The form asks schools of one level only.
  level: (value) => (value === 'PO' ? [] : textsIn(value)),
  kind: (value, { say }) => (isPartnerKind(value) ? [say(`partner-kind.${value}`)] : textsIn(value)),
  kvk: (value) => textsIn(value).map((number) => `KvK ${number}`),
  affiliated: (value, { say }) =>
    value === true ? [say('application.row-affiliated')] : value === false ? [] : textsIn(value),
  cents: (value, { language }) => (Number.isSafeInteger(value) ? [euro(value as number, language)] : textsIn(value)),
  benefitCents: (value, { language, say }) =>
    Number.isSafeInteger(value)
      ? value === 0
        ? []
        : [say('application.row-benefit', { amount: euro(value as number, language) })]
      : textsIn(value),
};

function rowInWords(row: unknown, words: AnswerWords): readonly string[] {
  if (!isRow(row)) return textsIn(row);
  const known = Object.entries(FIELDS).flatMap(([field, told]) => told(row[field], words, row));
  const others = Object.entries(row).flatMap(([field, value]) => (Object.hasOwn(FIELDS, field) ? [] : textsIn(value)));
  return [...known, ...others];
}

function isPartnerKind(value: unknown): value is string {
  return (PARTNER_KINDS as readonly unknown[]).includes(value);
}

function startsWith(text: unknown, start: unknown): boolean {
  return typeof text === 'string' && typeof start === 'string' && text.startsWith(start);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
