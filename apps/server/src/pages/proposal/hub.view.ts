import type { Language } from '#lib/kernel';
import { isBeforeClosing } from '#lib/regulation';
import { dateAndTime } from '../moments.js';
import type { ProposalCase } from './proposal-case.js';
import { decidedCard, endedCard } from './ending.view.js';
import { isInHand } from './proposal-case.js';
import { partLinks } from './part.view.js';
import { standingKey } from './standing.js';

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

interface Words {
  readonly language: Language;
  readonly say: Say;
  readonly now: string;
  readonly date: (moment: string) => string;
  readonly euro: (cents: number) => string;
}

interface Deadline {
  readonly at: string;
  readonly label: string;
  /** A term that counts in whole days ends with this one. */
  readonly lastDay?: string;
  /** Where the moment can be had for a calendar; empty when it has passed. */
  readonly calendar?: string;
}

/** What the card says first and which one act it offers. */
export interface NowCard {
  readonly heading: string;
  readonly lead: string;
  readonly button: { readonly href: string; readonly text: string } | null;
  readonly deadline: Deadline | null;
}

export function nowCard(found: ProposalCase, words: Words): NowCard {
  const card = cardOf(found, words);
  return found.proposal.isCoWriter ? forCoWriter(card, found, words) : card;
}

/** Who writes along goes on with a part; what only who applies may do is not offered. */
function forCoWriter(card: NowCard, { proposal }: ProposalCase, { say }: Words): NowCard {
  const told = proposal.outcome === null ? card.heading : say(standingKey(proposal));
  if (!isInHand(proposal)) return { ...card, heading: told, lead: '', button: null };
  const button = card.button?.href.includes('/onderdelen/') === true ? card.button : null;
  const heading = say(button === null ? 'co-writer.ready' : 'co-writer.not-ready');
  const closes = card.deadline?.calendar === undefined ? {} : { label: say('co-writer.closes') };
  const deadline = card.deadline && { ...card.deadline, ...closes };
  return { ...card, heading, lead: say('co-writer.card-lead'), button, deadline };
}

function cardOf(found: ProposalCase, words: Words): NowCard {
  const { proposal } = found;
  if (proposal.outcome !== null && proposal.isOwn) return decidedCard(found, words);
  const ended = endedCard(found, words);
  if (ended !== null) return ended;
  if (proposal.actions.some(({ action, allowed }) => action === 'give-view' && allowed)) return hearing(found, words);
  if (!isInHand(proposal)) return waiting(found, words);
  return proposal.phase === 'preparing' ? writing(found, words) : completing(found, words);
}

function writing(found: ProposalCase, { language, say, now }: Words): NowCard {
  const { proposal, call } = found;
  const open = partLinks(found, language).filter(({ state }) => state !== 'done');
  const [first] = open;
  const isReady = first === undefined;
  const isAhead = isBeforeClosing(call, now);
  const isEarly = Date.parse(now) < Date.parse(call.opensAt);
  const ready = isReady
    ? say(isEarly ? 'proposal.ready-early' : 'proposal.ready')
    : say('proposal.parts-left', { count: open.length });
  return {
    heading: isAhead ? ready : say('proposal.late-heading'),
    lead: writingLead(found, { say, language, isAhead }),
    button: isReady
      ? {
          href: `/aanvragen/${proposal.id}/controleren`,
          text: say(isEarly ? 'proposal.check-early' : 'proposal.check-and-submit'),
        }
      : { href: first.href, text: say('proposal.go-on-with', { part: first.name.toLowerCase() }) },
    deadline: isEarly ? { at: call.opensAt, label: say('proposal.submit-from') } : untilClosing(call, isAhead, say),
  };
}

function untilClosing({ id, closesAt: at }: ProposalCase['call'], isAhead: boolean, say: Say): Deadline {
  const calendar = isAhead ? `/rondes/${id}/sluiting.ics` : '';
  return { at, label: say(isAhead ? 'proposal.submit-until' : 'proposal.closing'), calendar };
}

/** Until when everything can be changed, and what stands when nothing is submitted any more. */
function writingLead(
  { proposal, isInOrder, knowsTakingBack }: ProposalCase,
  { say, language, isAhead }: Pick<Words, 'say' | 'language'> & { readonly isAhead: boolean },
): string {
  const [former] = proposal.receipts;
  const stands = former && say('proposal.stands-unless', { moment: dateAndTime(language, former.receivedAt) });
  if (!isAhead) return [say('proposal.late-lead'), stands].join(' ').trim();
  if (stands !== undefined) return `${say('proposal.taken-back-lead')} ${stands}`;
  return say(`proposal.writing-lead${knowsTakingBack ? (isInOrder ? '-in-order' : '') : '-once'}`);
}

function completing(found: ProposalCase, { say, language }: Words): NowCard {
  const { proposal, terms } = found;
  const term = terms.find(({ name }) => name === 'completion');
  const [first] = partLinks(found, language).filter(({ state, isOpen }) => isOpen && state !== 'done');
  return {
    heading: say('proposal.complete-heading'),
    lead: say('proposal.complete-lead'),
    button:
      first === undefined
        ? { href: `/aanvragen/${proposal.id}/controleren`, text: say('proposal.complete-check') }
        : { href: first.href, text: say('proposal.go-on-with', { part: first.name.toLowerCase() }) },
    deadline:
      term === undefined ? null : { at: term.dueAt, label: say('proposal.complete-until'), lastDay: term.lastDay },
  };
}

/** Awb 4:7: who applies is heard before a refusal on facts of others. */
function hearing({ proposal, terms }: ProposalCase, { say }: Words): NowCard {
  const term = terms.find(({ name }) => name === 'hearing');
  return {
    heading: say('proposal.hearing-heading'),
    lead: say('proposal.hearing-lead'),
    button: { href: `/aanvragen/${proposal.id}/acties/give-view`, text: say('proposal.hearing-give') },
    deadline:
      term === undefined ? null : { at: term.dueAt, label: say('proposal.hearing-until'), lastDay: term.lastDay },
  };
}

function waiting({ proposal, terms }: ProposalCase, { say, date }: Words): NowCard {
  const decision = terms.find(({ name }) => name === 'decision');
  const by = proposal.isOwn ? 'proposal.decision-by' : 'proposal.decide-by';
  const { arrivedAt } = proposal;
  const arrived = arrivedAt === null ? '' : say('proposal.arrived', { date: date(arrivedAt) });
  const until = decision === undefined ? '' : say(by, { date: date(decision.lastDay) });
  const late = proposal.isLate ? say('proposal.came-late') : '';
  const isOpen = proposal.actions.some(({ action, allowed }) => action === 'take-back' && allowed);
  const back = isOpen ? say('proposal.may-take-back') : '';
  const lead = [late, proposal.isOwn ? say('proposal.nothing-to-do') : '', until, arrived, back]
    .filter((one) => one !== '')
    .join(' ');
  const isMine = proposal.roles.includes(proposal.waitsFor ?? '');
  return {
    heading: isMine ? say('proposal.waits-for-you') : proposal.stateLabel,
    lead: proposal.phase === 'ended' ? '' : lead,
    button: null,
    deadline: null,
  };
}
