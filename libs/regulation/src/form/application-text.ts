import type { Text } from '#lib/kernel';
import { answerText, isTypedFor, textsIn, type AnswerWords } from './answer-in-words.js';
import type { CompiledQuestion } from './answer-faults.js';
import type { CompiledForm } from './compiled-form.js';
import type { FormQuestion, QuestionKind } from './form-file.js';
import { valueAt } from './paths.js';

type Content = Readonly<Record<string, unknown>>;

/** A question with its answer in words. */
export interface AnsweredQuestion {
  readonly path: string;
  readonly label: string;
  /** `other`: no question of the form asks for it. */
  readonly kind: QuestionKind | 'other';
  readonly isOptional: boolean;
  /** As they were typed, empty ones between them too; null: there is no answer. */
  readonly lines: readonly string[] | null;
}

export interface AnsweredPart {
  readonly key: string;
  readonly name: string;
  readonly questions: readonly AnsweredQuestion[];
}

/** Key of the part of what no question asks for now. */
export const NOT_ASKED = 'not-asked';
const NOT_ASKED_NAME: Text = { nl: 'Ook ingevuld, en nu niet gevraagd', en: 'Also filled in, and not asked for now' };

/**
 * An application as text: every question that its answers lead to, in the order and the words of the form, each with its answer. Page, print and
 * text all read this. For who reads the whole nothing that was typed is left out: what no question asks for (any more) follows at the end. A
 * reviewer reads the questions that are meant for the committee, and parts in which one is answered.
 */
export function applicationText(
  form: CompiledForm,
  content: Content,
  { words, isWhole }: { readonly words: AnswerWords; readonly isWhole: boolean },
): readonly AnsweredPart[] {
  const asked = form.asked(content).filter(({ question }) => isWhole || question.reviewers);
  const parts = form.file.order.map((key) => ({
    ...{ key, name: form.file.parts[key]?.label[words.language] ?? key },
    questions: asked.filter(({ part }) => part === key).map((one) => answered(one, content, words)),
  }));
  if (!isWhole) return parts.filter(({ questions }) => questions.some(({ lines }) => lines !== null));
  const questions = notAsked(form, content, { words, asked: new Set(asked.map(({ path }) => path)) });
  return questions.length === 0
    ? parts
    : [...parts, { key: NOT_ASKED, name: NOT_ASKED_NAME[words.language], questions }];
}

function answered(
  one: Pick<CompiledQuestion, 'path' | 'question'>,
  content: Content,
  words: AnswerWords,
): AnsweredQuestion {
  const { path, question } = one;
  const { label, kind, optional = false } = question;
  return { path, label: label[words.language], kind, isOptional: optional, lines: answerText(one, content, words) };
}

interface Besides {
  readonly words: AnswerWords;
  readonly asked: ReadonlySet<string>;
}

/** Answers to questions that are not asked (any more), then whatever else stands among the answers, by its path. */
function notAsked({ file }: CompiledForm, content: Content, { words, asked }: Besides): readonly AnsweredQuestion[] {
  const known = Object.keys(file.questions);
  const former = Object.entries(file.questions)
    .filter(([path, question]) => !asked.has(path) && !isChosen(question, path, content))
    .map(([path, question]) => answered({ path, question }, content, words))
    .filter(({ lines }) => lines !== null);
  // The name of the plan heads whatever this text is part of.
  const { typed, title, ...answers } = content;
  const isOfNone = ([place]: Leaf): boolean => !known.some((path) => place === path || place.startsWith(`${path}.`));
  const loose = isTree(typed) ? Object.entries(typed).filter(isOfNone) : [['typed', typed] as const];
  return [...former, ...[...leavesOf(answers, new Set(known)), ...loose].flatMap(asOther)];
}

/** Whether an answer is a tick or a choice and nothing was typed for it: without its question it says nothing. */
function isChosen({ choices = {} }: FormQuestion, path: string, content: Content): boolean {
  const value = valueAt(content, path);
  const isOneOf = typeof value === 'boolean' || (typeof value === 'string' && Object.hasOwn(choices, value));
  return isOneOf && !isTypedFor(path, content);
}

/** A place among the answers and what stands there. */
type Leaf = readonly [string, unknown];

/** What stands outside the places of these questions. */
function leavesOf(tree: Content, known: ReadonlySet<string>, above: readonly string[] = []): readonly Leaf[] {
  return Object.entries(tree).flatMap(([key, value]): readonly Leaf[] => {
    const keys = [...above, key];
    const place = keys.join('.');
    // A dot within a key parts no branches: nothing finds an answer there.
    if (known.has(place) && keys.every((one) => !one.includes('.'))) return [];
    return isTree(value) ? leavesOf(value, known, keys) : [[place, value]];
  });
}

function asOther([path, value]: Leaf): readonly AnsweredQuestion[] {
  const lines = textsIn(value).flatMap((text) => text.split('\n'));
  if (typeof value === 'boolean' || lines.every((line) => line.trim() === '')) return [];
  return [{ path, label: path.trim() === '' ? '…' : path, kind: 'other', isOptional: true, lines }];
}

function isTree(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
