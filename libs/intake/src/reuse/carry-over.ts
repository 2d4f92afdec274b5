import type { Text } from '#lib/kernel';
import { valueAt, withValueAt, type CompiledForm, type FormQuestion } from '#lib/regulation';

type Content = Readonly<Record<string, unknown>>;

/** Why an answer did not go along: the new form does not ask it, does not offer what was chosen, or it was declared for that proposal alone. */
export type WhyLeftOut = 'not-asked' | 'choice-gone' | 'declaration';

export interface LeftOut {
  readonly label: Text;
  readonly why: WhyLeftOut;
}

export interface CarriedOver {
  readonly content: Content;
  readonly leftOut: readonly LeftOut[];
}

interface Answer {
  readonly path: string;
  readonly value: unknown;
  readonly question: FormQuestion;
}

/**
 * The answers that a form still asks, and which of the earlier ones it does not. An answer that the new form refuses (too long, too
 * much) goes along all the same: the page names it, and nothing that was written is lost. Ticks declare something about one file, so
 * they are given anew.
 */
export function carryOver(source: Written, from: CompiledForm, to: CompiledForm): CarriedOver {
  const given = answersOf(source, from);
  const kept = stillAsked(
    given.filter((one) => whyNot(one, to) === null),
    to,
    source.title,
  );
  const content = kept.reduce<Content>((all, { path, value }) => withValueAt(all, path, value), {});
  const leftOut = given
    .filter((one) => !kept.includes(one))
    .map((one): LeftOut => ({ label: one.question.label, why: whyNot(one, to) ?? 'not-asked' }));
  return { content, leftOut };
}

interface Written {
  readonly title: string;
  readonly content: Content;
}

function answersOf({ content }: Written, { file }: CompiledForm): readonly Answer[] {
  return Object.entries(file.questions).flatMap(([path, question]) => {
    const value = valueAt(content, path);
    // A tick that is not set declares nothing.
    const isEmpty = value === undefined || value === '' || (question.kind === 'tick' && value === false);
    return isEmpty ? [] : [{ path, value, question }];
  });
}

function whyNot({ path, value, question }: Answer, { file }: CompiledForm): WhyLeftOut | null {
  const asked = file.questions[path];
  if (asked === undefined) return 'not-asked';
  if (question.kind === 'tick' || asked.kind === 'tick') return 'declaration';
  if (asked.kind !== question.kind) return 'not-asked';
  return asked.kind === 'choice' && !(String(value) in (asked.choices ?? {})) ? 'choice-gone' : null;
}

/** A question can hang on an answer that does not go along, so asking goes on until nothing falls out any more. */
function stillAsked(answers: readonly Answer[], to: CompiledForm, title: string): readonly Answer[] {
  const content = answers.reduce<Content>((all, { path, value }) => withValueAt(all, path, value), { title });
  const asked = new Set(to.asked(content).map(({ path }) => path));
  const kept = answers.filter(({ path }) => asked.has(path));
  return kept.length === answers.length ? kept : stillAsked(kept, to, title);
}
