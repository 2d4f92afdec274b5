import { canonicalJson, type Instant, type Text } from '#lib/kernel';
import { valueAt, withValueAt, type CompiledForm } from '#lib/regulation';
import type { InHand } from '../assert-in-hand.js';
import type { WrittenProposal } from '../write-proposal.js';

/** What an applicant was asked to complete (Awb 4:5): questions by the path of their answer, and what the desk wrote besides. */
export interface AskedFor {
  readonly questions: readonly string[];
  readonly note: string;
}

type Content = Readonly<Record<string, unknown>>;

/** A completion that is in the applicant's hands. */
export interface Completion {
  /** Null: the request named no questions, so every answer may change. */
  readonly asked: AskedFor | null;
  /** Whether the call has closed: then a tender takes no new substance, whatever was asked before. */
  readonly isClosed: boolean;
}

/** The request as it is stored; null when it names no questions. */
export function askedForIn(stored: unknown): AskedFor | null {
  const { questions, note = '' } = (stored ?? {}) as { questions?: readonly string[]; note?: string };
  return Array.isArray(questions) ? { questions, note } : null;
}

/**
 * Which answers may change in a completion: what was asked for, and questions that are asked or not by an answer to it, however often it is
 * saved meanwhile. After closing only what is repairable then (as the province of Gelderland does in tenders).
 */
export function changeable(form: CompiledForm, { asked, isClosed }: Completion): (path: string) => boolean {
  if (asked === null) return () => true;
  const depending = form
    .every()
    .filter(({ when }) => when?.reads.some((fact) => asked.questions.includes(form.questionOf(fact))) === true);
  const open = new Set([...asked.questions, ...depending.map(({ path }) => path)]);
  const repairable = new Set(form.repairable());
  return (path) => open.has(path) && (!isClosed || repairable.has(path));
}

/** The same for a proposal in the hands of who applies: in a draft every answer may change. */
export function changeableNow(form: CompiledForm, current: InHand, receivedAt: Instant): (path: string) => boolean {
  if (current.phase === 'preparing') return () => true;
  const isClosed = current.substanceUntil !== null && current.substanceUntil <= receivedAt;
  return changeable(form, { asked: askedForIn(current.completionAskedFor), isClosed });
}

/** Paths of the answers that differ, as the form names them; what belongs to no question by its own path. */
export function changedPaths(form: CompiledForm, before: WrittenProposal, after: WrittenProposal): readonly string[] {
  const [old, now] = [before, after].map((one) => leavesOf({ ...one, content: form.tidied(one.content) }));
  if (old === undefined || now === undefined) return [];
  const differing = [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path));
  return [...new Set(differing.map((leaf) => questionOf(form, leaf)))];
}

/** The new answers where they may change, the old ones elsewhere. */
export function withOnly(
  form: CompiledForm,
  mayChange: (path: string) => boolean,
  before: WrittenProposal,
  after: WrittenProposal,
): WrittenProposal {
  const refused = changedPaths(form, before, after).filter((path) => !mayChange(path));
  const content = refused.reduce((all, path) => restored(form, all, before.content, path), after.content);
  return { title: refused.includes('title') ? before.title : after.title, content };
}

/** What questions are called, in one line for each language. */
export function labelsOf(form: CompiledForm, paths: readonly string[]): Text {
  const inWords = (language: 'nl' | 'en'): string =>
    paths.map((path) => form.file.questions[path]?.label[language] ?? path).join(' · ');
  return { nl: inWords('nl'), en: inWords('en') };
}

function whole({ title, content }: WrittenProposal): Content {
  return { ...content, title };
}

const TYPED = 'typed';

/** Every answer by its path, and every text that was typed and is no answer yet, in canonical form. */
function leavesOf(answers: WrittenProposal): ReadonlyMap<string, string> {
  const leaves = Object.entries(whole(answers)).flatMap(([key, value]): [string, unknown][] =>
    isBranch(value) ? Object.entries(value).map(([inner, leaf]) => [`${key}.${inner}`, leaf]) : [[key, value]],
  );
  return new Map(leaves.map(([path, value]) => [path, canonicalJson(value ?? null)]));
}

/** The question that a leaf belongs to; the leaf itself when it is none's. */
function questionOf(form: CompiledForm, leaf: string): string {
  return form.questionAt(leaf.startsWith(`${TYPED}.`) ? leaf.slice(TYPED.length + 1) : leaf) ?? leaf;
}

/** The content with one answer, and what was typed for it, as they were. */
function restored(form: CompiledForm, content: Content, before: Content, path: string): Content {
  const isOf = ([key]: readonly [string, unknown]): boolean => questionOf(form, key) === path;
  const typed = [...typedIn(content).filter((one) => !isOf(one)), ...typedIn(before).filter(isOf)];
  const answers = withValueAt(content, path, valueAt(before, path));
  return withValueAt(answers, TYPED, typed.length === 0 ? undefined : Object.fromEntries(typed));
}

function typedIn(content: Content): readonly (readonly [string, unknown])[] {
  const typed = content[TYPED];
  return isBranch(typed) ? Object.entries(typed) : [];
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
