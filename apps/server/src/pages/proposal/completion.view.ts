import { askedForIn } from '#lib/intake';
import type { Instant, Language } from '#lib/kernel';
import { titleOf } from './part.view.js';
import type { ProposalCase } from './proposal-case.js';
import { fieldId } from './question.view.js';

/** A question that a completion can ask for. */
export interface AskableQuestion {
  readonly path: string;
  readonly label: string;
  /** Name of its part of the form. */
  readonly part: string;
  /** What is missing or wrong; null when the answer is as it should be. */
  readonly fault: string | null;
  /** False: the call has closed, and this answer is not repaired after that. */
  readonly isAskable: boolean;
}

/** Every question that these answers lead to, with what is missing or wrong. */
export function askableQuestions(
  { proposal, form, call }: ProposalCase,
  language: Language,
  now: Instant,
): readonly AskableQuestion[] {
  const title = titleOf(proposal);
  const faults = form.faults(title, proposal.content);
  const repairable = form.repairable();
  const isClosed = call.closesAt <= now;
  return form.asked({ ...proposal.content, title }).map(({ path, part, question }) => ({
    ...{ path, label: question.label[language], part: form.file.parts[part]?.label[language] ?? part },
    fault: faults.find((one) => one.path === path)?.message[language] ?? null,
    isAskable: !isClosed || repairable.includes(path),
  }));
}

/** What was asked for, each with where to answer it; null when nothing was. */
export function askedForView({ proposal, form }: ProposalCase, language: Language): object | null {
  const asked = askedForIn(proposal.completionAskedFor);
  if (asked === null) return null;
  const questions = form.asked({ ...proposal.content, title: titleOf(proposal) });
  const items = asked.questions.map((path) => {
    const part = questions.find((one) => one.path === path)?.part;
    const href = part === undefined ? null : `/aanvragen/${proposal.id}/onderdelen/${part}#${fieldId(path)}`;
    return { label: form.file.questions[path]?.label[language] ?? path, href };
  });
  return { items, note: asked.note };
}
