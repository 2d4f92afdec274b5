import type { PartyView } from '#lib/intake';
import type { Language, Say } from '#lib/kernel';
import type { ProposalCase } from './proposal-case.js';
import { answersView, conditionsView, openPointsView, pledgePoints, unconfirmedView } from './read.view.js';

/** What the check needs besides the proposal. */
interface Looking {
  readonly parties: readonly PartyView[];
  readonly language: Language;
  readonly say: Say;
}

interface Part {
  readonly href: string;
}

/** A part in which something is open stands open itself. */
function unfoldedFor(openPoints: readonly { readonly href: string }[], part: Part): object {
  return { ...part, isUnfolded: openPoints.some(({ href }) => href.startsWith(`${part.href}#`)) };
}

/** What one looks at before submitting or completing (I6): what is open, how many conditions are met, all answers, and why it is refused. */
export function submitView(found: ProposalCase, { parties, language, say }: Looking): object {
  const { proposal, call } = found;
  const isCompletion = proposal.phase !== 'preparing';
  // A completion waits for no party: what they confirm was told when the proposal was submitted.
  const waiting = isCompletion ? [] : unconfirmedView(proposal.id, parties, say);
  const openPoints = [...openPointsView(found, language), ...waiting, ...pledgePoints(found, parties, say)];
  const conditions = conditionsView(found, { language, say });
  const unmet = conditions.filter((one) => (one as { verdict: string }).verdict !== 'met');
  const act = proposal.actions.find(({ action }) => action === (isCompletion ? 'complete' : 'submit'));
  return {
    ...{ proposal, call, openPoints, unmet, met: conditions.length - unmet.length, of: conditions.length },
    ...{
      parts: answersView(found, { language, say }).map((part) => unfoldedFor(openPoints, part as Part)),
      parties,
      refusals: act?.refusals ?? [],
      isAllowed: act?.allowed === true,
    },
    isAnyOpen: openPoints.length + unmet.length > 0,
  };
}
