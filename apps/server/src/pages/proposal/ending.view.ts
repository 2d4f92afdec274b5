import { regimeKey } from '#lib/regulation';
import type { ProposalCase } from './proposal-case.js';

interface Words {
  readonly say: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  readonly date: (moment: string) => string;
  readonly euro: (cents: number) => string;
}

/** What a card says of how a proposal ended: what became of it, what stays, what one can do next and whom to ask. */
interface EndingCard {
  readonly heading: string;
  readonly lead: string;
  readonly button: { readonly href: string; readonly text: string } | null;
  readonly deadline: null;
}

/** The acts that end a proposal without a decision, each with a sentence of its own. */
const WITHOUT_DECISION: ReadonlySet<string> = new Set(['withdraw', 'discard', 'expire']);

/** Of a decision that was announced to who applied; it stays readable for ever. */
export function decidedCard({ proposal, regime, contact }: ProposalCase, { say, date, euro }: Words): EndingCard {
  const { id, outcome, amountCents, waivedAt, actions } = proposal;
  const button = { href: `/aanvragen/${id}/besluit`, text: say('proposal.read-decision') };
  const ask = askOf(contact, say);
  if (waivedAt !== null) {
    const heading = say(`proposal.waived-${outcome ?? ''}`);
    return { heading, lead: `${say('proposal.waived-lead', { date: date(waivedAt) })} ${ask}`, button, deadline: null };
  }
  // What can be waived is an award, or a place on the reserve list.
  const gives = actions.some(({ action }) => action === 'waive');
  const amount = amountCents === null ? '' : euro(amountCents);
  const next = say(`proposal.next-${outcome ?? ''}-${regimeKey(regime)}`, { amount });
  const isAward = outcome === 'granted';
  const before = gives && !isAward ? [say('proposal.on-reserve')] : [];
  const after = gives && isAward ? [say('proposal.may-waive')] : [];
  const lead = [...before, next, ...after, ask].join(' ');
  return { heading: say(`proposal.outcome-${outcome ?? ''}`), lead, button, deadline: null };
}

/** Of what ended, to others than who applied; to who applied, of what ended without a decision. Null when it did not, or has no words here. */
export function endedCard(found: ProposalCase, words: Words): EndingCard | null {
  const { proposal, call, contact } = found;
  const { id, ending, isOwn } = proposal;
  const { say, date } = words;
  if (ending === null) return null;
  if (!isOwn) return endedForOthers(found, words);
  if (!WITHOUT_DECISION.has(ending.act)) return null;
  const values = { date: date(ending.at), closing: date(call.closesAt) };
  return {
    heading: say(`proposal.ended-${ending.act}-heading`),
    lead: [say(`proposal.ended-${ending.act}-lead`, values), say('proposal.ended-again'), askOf(contact, say)].join(
      ' ',
    ),
    button: { href: `/aanvragen/${id}/opnieuw`, text: say('reuse.title') },
    deadline: null,
  };
}

function endedForOthers({ proposal }: ProposalCase, { say, date }: Words): EndingCard {
  const { id, ending, outcome, stateLabel } = proposal;
  const lead = ending === null ? '' : say('proposal.ended-on', { date: date(ending.at) });
  const button = outcome === null ? null : { href: `/aanvragen/${id}/besluit`, text: say('proposal.read-decision') };
  return { heading: stateLabel, lead, button, deadline: null };
}

/** Whom to ask: the network, where its regulation says how to reach it. */
function askOf(contact: string | null, say: Words['say']): string {
  return contact === null ? say('proposal.ask-desk') : say('proposal.ask-at', { email: contact });
}
