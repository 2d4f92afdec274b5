import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { compileCondition, evaluateCondition, type CompiledCondition } from '#lib/conditions';
import type { Text } from '#lib/kernel';
import { FrozenDefinitionDoesNotFit } from '#lib/workflow';
import { APPLICATION_FACTS } from '../application-facts.js';
import type { CompiledConditions } from '../judge-application.js';
import type { FormFile, FormQuestion } from './form-file.js';
import { accountFault, cellText, excessFault, faultText, linesFault } from './form-faults.js';
import { ibanFault } from './iban.js';
import { valueAt, withValueAt } from './paths.js';
import { rowFault, tidyAnswer } from './tidy-answer.js';

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

const ajv = new Ajv2020({ allErrors: false, strict: true });
ajv.addFormat('iban', (text: string) => ibanFault(text) === null);

/** A form together with the conditions that decide which answers are judged. Throws FrozenDefinitionDoesNotFit. */
export function compileForm(file: FormFile, conditions: CompiledConditions): CompiledForm {
  return new CompiledForm(file, new Set([...conditions.values()].flatMap(({ condition }) => condition.reads)));
}

/** A form that is ready to ask and to judge. */
export class CompiledForm {
  private readonly questions: readonly CompiledQuestion[];

  /** `judged`: paths that conditions of the regulation read. Throws FrozenDefinitionDoesNotFit. */
  constructor(
    readonly file: FormFile,
    judged: ReadonlySet<string>,
  ) {
    this.questions = file.order.flatMap((part) =>
      (file.parts[part]?.questions ?? []).flatMap((path) => {
        const question = file.questions[path];
        if (question === undefined || (question.whenJudged === true && !judged.has(question.proves ?? path))) return [];
        return [{ path, part, question, check: ajv.compile(question.schema), when: conditionOf(question, path) }];
      }),
    );
  }

  /** The questions that these answers lead to, in order. One whose condition cannot be judged yet is not asked. */
  asked(answers: Answers): readonly CompiledQuestion[] {
    return this.questions.filter(({ when }) => when === null || evaluateCondition(when, answers).verdict === 'met');
  }

  /** The questions of this call whatever was answered, in order. */
  every(): readonly CompiledQuestion[] {
    return this.questions;
  }

  /** What is still missing or wrong, in the order of the form; a file that is among the `infected` (by id) is no answer. */
  faults(title: string, content: Answers, infected: readonly string[] = []): readonly FormFault[] {
    const answers = { ...content, title };
    return this.asked(answers).flatMap((one) => faultOf(one, answers, infected));
  }

  /** The answers as conditions judge them: what a file must prove is true when one was sent that holds no virus, and else it is absent. */
  factsIn(content: Answers, infected: readonly string[] = []): Answers {
    return this.questions.reduce((facts, { path, question: { proves } }) => {
      if (proves === undefined) return facts;
      const files = (valueAt(content, path) ?? []) as readonly { readonly id?: string }[];
      const isProven = files.some(({ id = '' }) => !infected.includes(id));
      return withValueAt(facts, proves, isProven ? true : undefined);
    }, content);
  }

  /** The question that gives a fact: the one that proves it, else the one whose answer it is. */
  questionOf(fact: string): string {
    return this.questions.find(({ question }) => question.proves === fact)?.path ?? fact;
  }

  /** The answers that the committee reads: without accounts and agreements that say nothing of the plan. */
  forReviewers(content: Answers): Answers {
    const hidden = this.questions.filter(({ question }) => !question.reviewers);
    return hidden.reduce(
      (all, { path }) => withValueAt(all, path, undefined),
      withValueAt(content, 'typed', undefined),
    );
  }

  /** The answers with the files that are stored: only adding and taking out a file changes those. */
  withFilesOf(stored: Answers, written: Answers): Answers {
    const paths = this.questions.filter(({ question }) => question.kind === 'files').map(({ path }) => path);
    const answered = paths.filter((path) => (valueAt(written, path) ?? valueAt(stored, path)) !== undefined);
    return answered.reduce((all, path) => withValueAt(all, path, valueAt(stored, path)), written);
  }

  /** The answers as they are stored and compared: each kind of value in the one form that it has. */
  tidied(content: Answers): Answers {
    return this.questions.reduce((all, { path, question }) => {
      const value = valueAt(all, path);
      return value === undefined ? all : withValueAt(all, path, tidyAnswer(path, question, value));
    }, content);
  }

  /** The path of the question that an answer, or a row of one, belongs to; undefined when it is none's. */
  questionAt(place: string): string | undefined {
    return this.questions.find(({ path }) => place === path || place.startsWith(`${path}.`))?.path;
  }

  /** Paths of answers that may be repaired after closing. */
  repairable(): readonly string[] {
    return this.questions.filter(({ question }) => question.repairableAfterClosing === true).map(({ path }) => path);
  }
}

function conditionOf({ when }: FormQuestion, path: string): CompiledCondition | null {
  if (when === undefined) return null;
  const answer = compileCondition(when, APPLICATION_FACTS);
  if ('condition' in answer) return answer.condition;
  throw new FrozenDefinitionDoesNotFit(
    'form',
    answer.problems.map(({ message }) => `${path}: ${message}`),
  );
}

function faultOf(one: CompiledQuestion, answers: Answers, infected: readonly string[]): readonly FormFault[] {
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
