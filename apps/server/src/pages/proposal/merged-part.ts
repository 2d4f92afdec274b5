import { withOnly } from '#lib/intake';
import { basesIn, basesOf, baseText, questionsOf, titleOf } from './part.view.js';
import type { ProposalCase } from './proposal-case.js';

interface Written {
  readonly title: string;
  readonly content: Readonly<Record<string, unknown>>;
}

interface Merged {
  /** What was changed here on top of what is stored now. */
  readonly answers: Written;
  /** Whether an answer was changed here and, to something else, by somebody else since this page was shown. */
  readonly isDisputed: boolean;
  /** Of the answers as the page that sent them shows them. */
  readonly base: string;
}

/**
 * Two who write in one part at the same time, each in other answers, both keep what they wrote. `base`: what the part held when the page was
 * shown; without it everything that was sent counts as changed here.
 */
export function mergedPart(
  found: ProposalCase,
  part: string,
  { mine, base }: { readonly mine: Written; readonly base: string | undefined },
): Merged {
  const stored = { title: titleOf(found.proposal), content: found.proposal.content };
  const questions = questionsOf(found, stored, part);
  const [own, now] = [basesOf(questions, mine), basesOf(questions, stored)];
  if (base === undefined) return { answers: mine, isDisputed: false, base: baseText(own) };
  const shown = basesIn(base);
  const isUntouched = (path: string): boolean => own.has(path) && own.get(path) === shown.get(path);
  // The same window's own autosave can be quicker than its answer: what is stored as it stands here is no other person's.
  const isDisputed = [...own].some(
    ([path, hash]) => !isUntouched(path) && now.get(path) !== shown.get(path) && now.get(path) !== hash,
  );
  const answers = withOnly(found.form, (path) => !isUntouched(path), stored, mine);
  // A question that only these answers lead to stands on no page yet: it counts as shown with what is stored.
  const next = basesOf(questionsOf(found, answers, part), answers);
  return { answers, isDisputed, base: baseText(new Map([...next, ...own])) };
}
