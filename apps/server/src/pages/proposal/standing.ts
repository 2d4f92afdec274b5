import type { ProposalRow } from '#lib/intake';

/** The acts that end a proposal and have words of their own. */
const ENDINGS: ReadonlySet<string> = new Set(['withdraw', 'discard', 'expire', 'not-process', 'waive']);

type Standing = Pick<ProposalRow, 'phase' | 'outcome'> & Partial<Pick<ProposalRow, 'ending' | 'isTakenBack'>>;

/** Key of the words for where a proposal stands, as far as its reader may know: its outcome, how it ended, or its phase. */
export function standingKey({ phase, outcome, ending, isTakenBack }: Standing): string {
  if (isTakenBack === true) return 'proposal.taken-back';
  if (phase === 'decided' && outcome !== null) return `proposal.decided-${outcome}`;
  if (phase !== 'ended') return `proposal.phase-${phase}`;
  const act = ending?.act ?? endedBy(outcome);
  return ENDINGS.has(act) ? `proposal.ended-${act}` : 'proposal.phase-ended';
}

/** Where a proposal stands, as its reader is told: who writes it reads the outcome. */
export function standingOf(
  proposal: Standing & { readonly isOwn: boolean; readonly isCoWriter: boolean; readonly stateLabel: string },
  say: (key: string) => string,
): string {
  const isWriter = proposal.isOwn || proposal.isCoWriter;
  return isWriter && proposal.outcome !== null ? say(standingKey(proposal)) : proposal.stateLabel;
}

/** What ended a proposal that had a decision, where the act itself was not read. */
function endedBy(outcome: string | null): string {
  if (outcome === null) return '';
  return outcome === 'not-processed' ? 'not-process' : 'waive';
}
