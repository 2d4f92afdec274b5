import { instantOf } from '#lib/kernel';
import type { ActionView } from '../../round/subject-view.js';
import type { Fields } from '../form-fields.js';
import { centsIn } from '../proposal/typed-values.js';

/** What is known of the subject that a form can offer. */
export interface Known {
  /** Open points of a proposal: what a completion can ask for. */
  readonly open?: readonly { readonly label: string; readonly message: string }[];
  /** Criteria of the rubric, for reasons per criterion. */
  readonly criteria?: readonly { readonly key: string; readonly name: string }[];
}

interface Words {
  readonly values: Fields;
  readonly say: (key: string) => string;
  readonly has: (key: string) => boolean;
  readonly known: Known;
}

/** Fields whose values come from a fixed list. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  outcome: ['grant', 'refuse'],
  ground: ['condition', 'threshold', 'ceiling', 'late'],
};
const PER_CRITERION = 'reasonsPerCriterion';

/** The fields of an act, as the partials of a form draw them. */
export function actionFields({ needs, optional }: ActionView, words: Words): readonly object[] {
  const needed = Object.entries(needs).flatMap(([name, type]) =>
    fieldsFor(name, type, { ...words, isOptional: false }),
  );
  const asked = Object.entries(optional).flatMap(([name, type]) =>
    fieldsFor(name, type, { ...words, isOptional: true }),
  );
  return [...needed, ...asked];
}

type Field = Words & { readonly isOptional: boolean };

function fieldsFor(name: string, type: string, field: Field): readonly object[] {
  if (name !== PER_CRITERION) return [fieldOf(name, type, field)];
  const { known, values, say } = field;
  return (known.criteria ?? []).map((criterion) => {
    const id = `${PER_CRITERION}-${criterion.key}`;
    const label = `${say(`action.field.${PER_CRITERION}`)}: ${criterion.name}`;
    return {
      id,
      name: id,
      label,
      hint: null,
      optional: false,
      error: null,
      partial: 'text-field',
      rows: 3,
      value: values[id] ?? '',
    };
  });
}

function fieldOf(name: string, type: string, { values, say, has, known, isOptional }: Field): object {
  const label = has(`action.field.${name}`) ? say(`action.field.${name}`) : name;
  const hint = has(`action.hint.${name}`) ? say(`action.hint.${name}`) : null;
  const common = { id: name, name, label, hint, optional: isOptional, value: values[name] ?? '', error: null };
  const choices = CHOICES[name];
  if (choices !== undefined) {
    const options = choices.map((value) => ({
      value,
      text: say(`action.choice.${value}`),
      on: values[name] === value,
    }));
    return { ...common, path: name, partial: 'q-choice', options };
  }
  if (type === 'cents') return { ...common, partial: 'text-field', prefix: '€', width: 'wt-w-m', inputmode: 'decimal' };
  if (type === 'date') return { ...common, partial: 'text-field', type: 'date', width: 'wt-w-m' };
  if (type === 'instant') return { ...common, partial: 'text-field', type: 'datetime-local', width: 'wt-w-m' };
  if (type === 'flag') return { ...common, path: name, partial: 'q-tick', checked: values[name] !== undefined };
  const open = known.open ?? [];
  const usual = type === 'texts' ? open.map(({ label: what, message }) => `${what} ${message}`).join('\n') : '';
  return { ...common, partial: 'text-field', rows: 5, value: values[name] ?? usual };
}

/** What the form says, as the workflow takes it. Of a list of texts each line is one. */
export function payloadIn(
  { needs, optional }: ActionView,
  fields: Fields,
  known: Known,
): Readonly<Record<string, unknown>> {
  const pairs = Object.entries({ ...optional, ...needs }).flatMap(([name, type]): [string, unknown][] => {
    if (name === PER_CRITERION) return [[name, perCriterion(fields, known)]];
    const text = (fields[name] ?? '').trim();
    if (text === '') return [];
    if (type === 'flag') return [[name, true]];
    if (type === 'cents') return [[name, centsIn(text) ?? text]];
    if (type === 'instant') return [[name, instantIn(text)]];
    return [[name, type === 'texts' ? linesOf(text) : text]];
  });
  return Object.fromEntries(pairs);
}

function perCriterion(fields: Fields, { criteria = [] }: Known): Readonly<Record<string, string>> {
  const pairs = criteria.map(({ key }) => [key, (fields[`${PER_CRITERION}-${key}`] ?? '').trim()] as const);
  return Object.fromEntries(pairs.filter(([, text]) => text !== ''));
}

/** A wall time as browsers send it, as an instant; what is none stays as it was typed. */
function instantIn(text: string): string {
  try {
    return instantOf(text.slice(0, 16));
  } catch {
    return text;
  }
}

function linesOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(lines.map((line, i) => [String(i + 1), line.trim()]));
}
