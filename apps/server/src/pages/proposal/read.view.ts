import type { Language } from '#lib/kernel';
import { titleOf } from './part.view.js';
import type { ProposalCase } from './proposal-case.js';
import { answerInWords, fieldId } from './question.view.js';

/** All answers in words, part by part; `for` reviewers without what they need not know. */
export function answersView(
  { proposal, form, mayChange }: ProposalCase,
  language: Language,
  reader: 'everything' | 'reviewer' = 'everything',
): readonly object[] {
  const content = { ...proposal.content, title: titleOf(proposal) };
  const asked = form.asked(content).filter(({ question }) => reader === 'everything' || question.reviewers);
  return form.file.order.map((key) => ({
    key,
    name: form.file.parts[key]?.label[language] ?? key,
    href: `/aanvragen/${proposal.id}/onderdelen/${key}`,
    isOpen: asked.some(({ part, path }) => part === key && mayChange(path)),
    rows: asked
      .filter(({ part }) => part === key)
      .map((one) => ({
        id: fieldId(one.path),
        label: one.question.label[language],
        lines: answerInWords(one, content, language),
      })),
  }));
}

/** What stands in the way of being taken in or granted, each with where to repair it; for who applies only what that person may repair. */
export function openPointsView(found: ProposalCase, language: Language): readonly OpenPoint[] {
  const { proposal, form, mayChange } = found;
  const all = form.faults(titleOf(proposal), proposal.content);
  const faults = proposal.isOwn ? all.filter(({ path }) => mayChange(path)) : all;
  return faults.map(({ path, part, message }) => ({
    label: form.file.questions[path]?.label[language] ?? path,
    message: message[language],
    href: `/aanvragen/${proposal.id}/onderdelen/${part}#${fieldId(path)}`,
  }));
}

/** Per condition of the regulation: met, not met, or not to be judged yet and by lack of which answers. */
export function conditionsView({ proposal, form }: ProposalCase, language: Language): readonly object[] {
  return proposal.eligibility.map(({ condition, verdict, message, missing }) => ({
    condition,
    verdict,
    message,
    missing: missing.map((path) => form.file.questions[path]?.label[language] ?? path),
  }));
}

/** An answer that is missing or wrong, with where to repair it. */
interface OpenPoint {
  readonly label: string;
  readonly message: string;
  readonly href: string;
}
