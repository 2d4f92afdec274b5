import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { CompiledCondition } from '#lib/conditions';
import type { Text } from '#lib/kernel';
import type { FormQuestion } from './form-file.js';
import { accountFault, cellText, excessFault, faultText, linesFault } from './form-faults.js';
import { valueAt } from './paths.js';
import { rowFault } from './tidy-answer.js';

type Answers = Readonly<Record<string, unknown>>;

/** An answer that is missing or wrong, with how to repair it. */
export interface FormFault {
  /** Path of the answer: `budget.requestedCents`. */
  readonly path: string;
  readonly part: string;
  /** `missing`, `unreadable`, `row`, `sum`, `above-request`, or the keyword of JSON Schema that refuses. */
  readonly code: string;
  /** Path of the cell of a list that is wrong: `partners.0.benefitCents`. */
  readonly cell?: string;
  readonly message: Text;
}

export interface CompiledQuestion {
  readonly path: string;
  readonly part: string;
  readonly question: FormQuestion;
  readonly check: ValidateFunction;
  readonly when: CompiledCondition | null;
}

/** What is missing or wrong in the answer to one question that is asked; a file that is among the `infected` (by id) is no answer. */
export function answerFaults(
  one: CompiledQuestion,
  answers: Answers,
  infected: readonly string[],
): readonly FormFault[] {
  const { path, part, question } = one;
  const found = holdsOneOf(valueAt(answers, path), infected) ? { code: 'infected' } : refusalOf(one, answers);
  if (found === null) return [];
  const { code, error, cell }: Refusal = found;
  if (cell !== undefined) return [{ path, part, code, cell: `${path}.${cell}`, message: cellText(code, cell) }];
  const value = valueAt(answers, path);
  return [{ path, part, code, message: ownWords(one, code, answers) ?? faultText(code, question, { error, value }) }];
}

/** A sentence that names what stands there; null where the usual one will do. */
function ownWords({ path, question }: CompiledQuestion, code: string, answers: Answers): Text | null {
  const value = valueAt(answers, path);
  if (code === 'sum') return linesFault(value, valueAt(answers, TOTAL));
  if (code === 'above-request') return excessFault(value, valueAt(answers, REQUESTED));
  if (code === 'row') return rowFault(question, value);
  return code === 'format' && typeof value === 'string' ? accountFault(value) : null;
}

const TOTAL = 'budget.totalCents';
const REQUESTED = 'budget.requestedCents';
const LEAST = 'budget.minimumCents';

interface Refusal {
  readonly code: string;
  readonly error?: ErrorObject;
  /** Row and field of a list: `0.benefitCents`. */
  readonly cell?: string;
}

/** What is wrong with an answer; null when nothing is. */
function refusalOf(one: CompiledQuestion, answers: Answers): Refusal | null {
  const { path, question, check } = one;
  const value = valueAt(answers, path);
  const typed = typedAt(answers, path);
  if (typed !== undefined) return refusalOfTyped(path, typed);
  if (isEmpty(value)) return question.optional === true ? null : { code: 'missing' };
  if (!check(value)) return refusalBy(check);
  if (rowFault(question, value) !== null) return { code: 'row' };
  const kindless = question.kind === 'partners' ? rowWithout(value, 'kind') : -1;
  if (kindless >= 0) return { code: 'enum', cell: `${kindless}.kind` };
  if (path === LEAST && excessFault(value, valueAt(answers, REQUESTED)) !== null) return { code: 'above-request' };
  const isOff = question.kind === 'lines' && linesFault(value, valueAt(answers, TOTAL)) !== null;
  return isOff ? { code: 'sum' } : null;
}

function refusalOfTyped(path: string, [place, text]: readonly [string, unknown]): Refusal {
  const cell = place.slice(path.length + 1);
  return { code: text === '' ? 'missing' : 'unreadable', ...(cell === '' ? {} : { cell }) };
}

function refusalBy({ errors }: ValidateFunction): Refusal {
  const [error] = errors ?? [];
  return { code: error?.keyword ?? 'wrong', ...(error === undefined ? {} : { error }) };
}

function holdsOneOf(files: unknown, ids: readonly string[]): boolean {
  return ids.length > 0 && Array.isArray(files) && files.some(({ id }: { id?: string }) => ids.includes(id ?? ''));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '';
}

/** The first row of a list that lacks a field; -1 when none does. */
function rowWithout(rows: unknown, field: string): number {
  return (rows as readonly Readonly<Record<string, unknown>>[]).findIndex((row) => isEmpty(row[field]));
}

/** What was typed at a path, or in a row of the list at it, with its place. */
function typedAt(answers: Answers, path: string): readonly [string, unknown] | undefined {
  return Object.entries(typedIn(answers)).find(([key]) => key === path || key.startsWith(`${path}.`));
}

function typedIn(answers: Answers): object {
  const typed = answers['typed'];
  return typeof typed === 'object' && typed !== null ? typed : {};
}
