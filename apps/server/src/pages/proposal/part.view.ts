import { infectedOf, isNamed } from '#lib/intake';
import { canonicalJson, sha256, type Language } from '#lib/kernel';
import { valueAt, type AnswerWords, type CompiledQuestion, type FormFault } from '#lib/regulation';
import { fieldId, fieldView, readOnlyView, type FieldView } from './question.view.js';
import type { ProposalCase } from './proposal-case.js';

type Content = Readonly<Record<string, unknown>>;

/** A part of the form in the list beside it. */
export interface PartLink {
  readonly href: string;
  readonly name: string;
  readonly state: 'done' | 'todo' | 'bad';
  /** Whether any answer in it may change. */
  readonly isOpen: boolean;
  /** Key of the words for the state. */
  readonly status: string;
  readonly count: number;
  readonly current: boolean;
}

interface Written {
  readonly title: string;
  readonly content: Content;
}

/** The questions of one part that these answers lead to. */
export function questionsOf(
  { form }: Pick<ProposalCase, 'form'>,
  { title, content }: Written,
  part: string,
): readonly CompiledQuestion[] {
  return form.asked({ ...content, title }).filter((one) => one.part === part);
}

/** Those that a form of fields answers; files come and go by themselves. */
export function typedIn(questions: readonly CompiledQuestion[]): readonly CompiledQuestion[] {
  return questions.filter(({ question }) => question.kind !== 'files');
}

/** Where to go from a part: the next one in which something may change. */
export function nextAfter(found: ProposalCase, part: string): string {
  const { form, proposal } = found;
  const next = form.file.order.slice(form.file.order.indexOf(part) + 1).find((key) => isPartOpen(found, key));
  if (next !== undefined) return `/aanvragen/${proposal.id}/onderdelen/${next}`;
  // Looking over everything ends in submitting, which a co-writer does not.
  return proposal.isOwn ? `/aanvragen/${proposal.id}/controleren` : `/aanvragen/${proposal.id}`;
}

/** The parts with what is still open in each. */
export function partLinks(found: ProposalCase, language: Language, current?: string): readonly PartLink[] {
  const { form, proposal, mayChange } = found;
  const faults = form
    .faults(titleOf(proposal), proposal.content, infectedOf(proposal.attachments))
    .filter(({ path }) => mayChange(path));
  return form.file.order.map((key) => {
    const own = faults.filter(({ part }) => part === key);
    const isUntouched = own.length > 0 && own.every(({ code }) => code === 'missing');
    const state = own.length === 0 ? 'done' : isUntouched ? 'todo' : 'bad';
    const isOpen = isPartOpen(found, key);
    return {
      href: `/aanvragen/${proposal.id}/onderdelen/${key}`,
      name: form.file.parts[key]?.label[language] ?? key,
      ...{
        state,
        isOpen,
        status: `proposal.part-${isOpen ? state : 'fixed'}`,
        count: own.length,
        current: key === current,
      },
    };
  });
}

/** Whether any answer of a part may change now. */
export function isPartOpen(found: ProposalCase, part: string): boolean {
  const stored = { title: titleOf(found.proposal), content: found.proposal.content };
  return questionsOf(found, stored, part).some(({ path }) => found.mayChange(path));
}

/** A short hash of each answer of a part, by its path. */
export type Bases = ReadonlyMap<string, string>;

export function basesOf(questions: readonly CompiledQuestion[], { title, content }: Written): Bases {
  const whole = { ...content, title };
  const hashOf = (path: string): string =>
    sha256(canonicalJson([valueAt(whole, path) ?? null, typedOf(content, path)])).slice(0, 16);
  return new Map(typedIn(questions).map(({ path }) => [path, hashOf(path)]));
}

/** What a part held when it was shown, as its form carries it: two windows notice each other only where both changed the same answer. */
export function baseText(bases: Bases): string {
  return [...bases].map(([path, hash]) => `${path}:${hash}`).join(' ');
}

export function basesIn(text: string): Bases {
  const pairs = text.split(' ').map((one) => one.split(':'));
  return new Map(pairs.map(([path = '', hash = '']) => [path, hash]));
}

function typedOf(content: Content, path: string): unknown {
  const typed = (content['typed'] as Readonly<Record<string, string>> | undefined) ?? {};
  return Object.entries(typed).filter(([key]) => key === path || key.startsWith(`${path}.`));
}

interface Shown extends Written {
  readonly questions: readonly CompiledQuestion[];
  readonly words: AnswerWords;
  /** Whether to tell what is missing: not on a part that nobody has filled in yet. */
  readonly tells: readonly FormFault[];
  readonly mayChange: ProposalCase['mayChange'];
  /** Limits that stand under a question, by its path. */
  readonly hints?: Readonly<Record<string, unknown>>;
}

/** The fields of a part; an answer that may not change stands there to be read. */
export function partFields({
  questions,
  title,
  content,
  words,
  tells,
  mayChange,
  hints = {},
}: Shown): readonly FieldView[] {
  const whole = { ...content, title };
  return questions.map((one) =>
    mayChange(one.path)
      ? withLimit(fieldView(one, { content: whole, faults: tells, language: words.language }), hints[one.path])
      : readOnlyView(one, whole, words),
  );
}

function withLimit(field: FieldView, limit: unknown): FieldView {
  return typeof limit === 'string' ? { ...field, hint: [field.hint, limit].filter(Boolean).join(' ') } : field;
}

/** Whether anybody answered anything of a part. */
export function isBegun(questions: readonly CompiledQuestion[], content: Content): boolean {
  return questions.some(
    ({ path }) =>
      valueAt(content, path) !== undefined || Object.keys(typedAt(content)).some((key) => key.startsWith(path)),
  );
}

function typedAt(content: Content): object {
  return (content['typed'] as object | undefined) ?? {};
}

export function errorsOf(
  faults: readonly FormFault[],
  questions: readonly CompiledQuestion[],
  language: Language,
): readonly { id: string; message: string }[] {
  return faults.map(({ path, cell, message }) => {
    const label = questions.find((one) => one.path === path)?.question.label[language] ?? path;
    return { id: fieldId(cell ?? path), message: `${label} ${message[language]}` };
  });
}

/** The title as an answer: a proposal that has no name yet has none. */
export function titleOf({ title }: { readonly title: string }): string {
  return isNamed(title) ? title : '';
}
