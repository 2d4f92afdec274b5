import type { ApplicationMark, SetAside, WrittenApplication } from '#lib/intake';
import type { Instant, Say } from '#lib/kernel';
import { titleOf } from '../pages/proposal/part.view.js';
import type { ProposalCase } from '../pages/proposal/proposal-case.js';
import { isWhole } from '../pages/proposal/read.view.js';
import { standingOf } from '../pages/proposal/standing.js';

type Proposal = ProposalCase['proposal'];
/** What stands in an application itself; call, network and parties stand around it. */
type Written = Omit<WrittenApplication, 'network' | 'callName' | 'parties'>;

interface Looking {
  readonly now: Instant;
  readonly say: Say;
}

/** What this reader may read of an application. */
export function writtenIn(proposal: Proposal, { now, say }: Looking): Written {
  const { number, organisation, isLate, content, attachments } = proposal;
  const mark = markOf(proposal);
  const receivedAt = proposal.receipts[0]?.receivedAt ?? proposal.receivedAt;
  return {
    ...{ number, organisation, isLate, content, attachments, mark, receivedAt },
    ...{ isWhole: isWhole(proposal), title: titleOf(proposal), state: standingOf(proposal, say) },
    contentHash: mark === null && isWhole(proposal) ? proposal.contentHash : null,
    asOf: (mark === null ? receivedAt : proposal.ending?.at) ?? now,
  };
}

/** What was set aside of an application: it was never received. */
export function writtenAside(proposal: Proposal, kept: SetAside, { say }: Looking): Written {
  const { number, organisation } = proposal;
  const { content, attachments, setAsideAt: asOf } = kept;
  return {
    ...{ number, organisation, content, attachments, asOf, title: titleOf(kept), state: standingOf(proposal, say) },
    ...{ isLate: false, isWhole: true, mark: 'set-aside', receivedAt: null, contentHash: null },
  };
}

/** From when on a year counts: the end without a decision, or the arrival of what came late; null for what goes on, and for others than who applies. */
export function keptSince({ isOwn, ending, isLate, receivedAt, outcome }: Proposal): Instant | null {
  if (!isOwn) return null;
  if (ending !== null && outcome === null) return ending.at;
  return isLate ? receivedAt : null;
}

/** What these answers are, when they are not what was received. */
function markOf({ phase, receipts, receivedAt, contentHash }: Proposal): ApplicationMark | null {
  const [newest] = receipts;
  if (phase === 'preparing') return newest === undefined ? 'draft' : 'changed';
  if (receivedAt === null && newest === undefined) return 'never';
  return newest !== undefined && newest.contentHash !== contentHash ? 'changed' : null;
}
