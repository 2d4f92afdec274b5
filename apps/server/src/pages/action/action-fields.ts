import type { Language } from '#lib/kernel';
import type { ActionView } from '../../round/subject-view.js';
import type { Fields } from '../form-fields.js';
import type { FieldError } from '../pages.js';
import type { AskableQuestion } from '../proposal/completion.view.js';
import { centsIn, instantIn } from '../proposal/typed-values.js';
import { pathsIn, questionChecks } from './question-checks.js';

/** What is known of the subject that a form can offer. */
export interface Known {
  /** Questions that a completion can ask for. */
  readonly questions?: readonly AskableQuestion[];
  /** Criteria of the rubric, for reasons per criterion. */
  readonly criteria?: readonly { readonly key: string; readonly name: string }[];
  /** Keys of the words for a field, where they are others than usual. */
  readonly labels?: Readonly<Record<string, string>>;
  /** What a field holds before anything is typed. */
  readonly usual?: Fields;
}

interface Words {
  readonly values: Fields;
  readonly say: (key: string) => string;
  readonly has: (key: string) => boolean;
  readonly known: Known;
  readonly errors: readonly FieldError[];
}

/** Fields whose values come from a fixed list. */
export const CHOICES: Readonly<Record<string, readonly string[]>> = {
  outcome: ['grant', 'refuse'],
  ground: ['condition', 'threshold', 'ceiling', 'late'],
};
/** What is not typed, by the word that asks for it. */
export const ASKED_BY: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(CHOICES).map((name) => [name, 'choose'])),
  confirmed: 'tick',
};
/** Kinds of payload that are typed on one line. */
const LINES: Readonly<Record<string, object>> = {
  cents: { prefix: '€', inputmode: 'decimal' },
  date: { type: 'date' },
  instant: { type: 'datetime-local' },
};
export const PER_CRITERION = 'reasonsPerCriterion';
const MISSING = 'missing';

/** The fields of an act, as the partials of a form draw them; what must be ticked stands before the button. */
export function actionFields({ needs, optional }: ActionView, words: Words): readonly object[] {
  const drawn = (fields: readonly (readonly [string, string])[], isOptional: boolean): readonly object[] =>
    fields.flatMap(([name, type]) => fieldsFor(name, type, { ...words, isOptional }));
  const needed = Object.entries(needs);
  const ticks = needed.filter(([, type]) => type === 'flag');
  const typed = needed.filter(([, type]) => type !== 'flag');
  return [...drawn(typed, false), ...drawn(Object.entries(optional), true), ...drawn(ticks, false)];
}

type Field = Words & { readonly isOptional: boolean };

function fieldsFor(name: string, type: string, field: Field): readonly object[] {
  if (name !== PER_CRITERION) return [fieldOf(name, type, field)];
  const { known, values, say, errors } = field;
  return (known.criteria ?? []).map((criterion) => {
    const id = `${PER_CRITERION}-${criterion.key}`;
    const label = `${say(`action.field.${PER_CRITERION}`)}: ${criterion.name}`;
    return {
      id,
      field: id,
      label,
      hint: null,
      optional: false,
      error: errorAt(id, errors),
      partial: 'text-field',
      rows: 3,
      value: values[id] ?? '',
    };
  });
}

function fieldOf(name: string, type: string, { values, errors, say, has, known, isOptional }: Field): object {
  const label = fieldLabel(name, { say, has, known });
  const hint = has(`action.hint.${name}`) ? say(`action.hint.${name}`) : null;
  const value = values[name] ?? known.usual?.[name] ?? '';
  const common = { id: name, field: name, label, hint, optional: isOptional, value, error: errorAt(name, errors) };
  const choices = CHOICES[name];
  if (choices !== undefined) {
    const options = choices.map((one) => ({ value: one, text: say(`action.choice.${one}`), on: value === one }));
    return { ...common, path: name, partial: 'q-choice', options };
  }
  const line = LINES[type];
  if (line !== undefined) return { ...common, ...line, partial: 'text-field', width: 'wt-w-m' };
  if (type === 'flag') return { ...common, path: name, partial: 'q-tick', checked: values[name] !== undefined };
  if (name === MISSING)
    return { ...common, partial: 'q-checks', ...questionChecks(known.questions ?? [], values, MISSING) };
  return { ...common, partial: 'text-field', rows: 5 };
}

/** What a field is called, for who acts. */
export function fieldLabel(name: string, { say, has, known }: Pick<Words, 'say' | 'has' | 'known'>): string {
  const key = known.labels?.[name] ?? `action.field.${name}`;
  return has(key) ? say(key) : name;
}

function errorAt(id: string, errors: readonly FieldError[]): string | null {
  return errors.find((one) => one.id === id)?.message ?? null;
}

/** What the form says, as the workflow takes it. */
export function payloadIn(
  { needs, optional }: ActionView,
  { fields, language }: { readonly fields: Fields; readonly language: Language },
  known: Known,
): Readonly<Record<string, unknown>> {
  const pairs = Object.entries({ ...optional, ...needs }).flatMap(([name, type]): [string, unknown][] => {
    if (name === PER_CRITERION) return [[name, perCriterion(fields, known)]];
    if (name === MISSING) return pathsIn(fields, MISSING).map((paths) => [name, paths]);
    const text = (fields[name] ?? '').trim();
    if (text === '') return [];
    if (type === 'flag') return [[name, true]];
    if (type === 'cents') return [[name, centsIn(text, language) ?? text]];
    if (type === 'instant') return [[name, instantIn(text) ?? text]];
    return [[name, text]];
  });
  return Object.fromEntries(pairs);
}

function perCriterion(fields: Fields, { criteria = [] }: Known): Readonly<Record<string, string>> {
  const pairs = criteria.map(({ key }) => [key, (fields[`${PER_CRITERION}-${key}`] ?? '').trim()] as const);
  return Object.fromEntries(pairs.filter(([, text]) => text !== ''));
}
