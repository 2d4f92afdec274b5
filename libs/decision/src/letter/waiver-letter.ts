import type { Letter } from '#lib/documents';
import { dateOf, plainDate, type CalendarDate, type Instant, type Language, type Say, type Text } from '#lib/kernel';
import { regimeKey, type CallRules, type Regime } from '#lib/regulation';
import { euro, paragraph } from './letter-words.js';

/** A waiver in figures, as it was confirmed (`ISSUE` in waiving.ts). */
export interface WaiverFigures {
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
  /** Name of the lead applicant. */
  readonly applicant: string;
  /** Name of who waived. */
  readonly waivedBy: string;
  readonly call: { readonly number: string; readonly name: Text };
  readonly regime: Regime;
  readonly isInOrder: boolean;
  /** Of an award; null for a place on the reserve list. */
  readonly amountCents: number | null;
  readonly reservePlace: number | null;
  /** As the applicant wrote it; empty when none was given. */
  readonly reason: string;
  readonly waivedAt: Instant;
  readonly announcedAt: Instant;
  readonly objectionLastDay: CalendarDate;
}

/** The confirmation of a waiver: what was given up and by whom, what follows, and what stays. */
export function waiverLetter(
  { waiver, rules }: { readonly waiver: WaiverFigures; readonly rules: CallRules },
  { language, say }: { readonly language: Language; readonly say: Say },
): Letter {
  const { number, organisation, applicant, amountCents, isInOrder, regime, waivedAt, objectionLastDay } = waiver;
  const { contact, label } = rules.regulation;
  const isAward = amountCents !== null;
  const follows = isAward ? ['no-money', isInOrder ? 'to-others' : 'to-reserve'] : ['no-offer'];
  // who waives after the term to object has passed is not told that it runs
  const isOver = dateOf(waivedAt) > objectionLastDay;
  const stays = [
    say('waiver.decision-stays'),
    say(`waiver.objection-${isOver ? 'over-' : ''}${regimeKey(regime)}`, {
      date: plainDate(language, objectionLastDay),
    }),
    say('waiver.explanation-stays'),
  ];
  return {
    ...{ language, reference: number, title: say('waiver.letter-title', { number }) },
    ...{ date: plainDate(language, waivedAt), datedAt: waivedAt },
    sender: { name: label[language], lines: contact === undefined ? [] : [contact.address, contact.email] },
    recipient: { name: organisation, lines: [applicant] },
    sections: [
      {
        heading: say('waiver.letter-heading'),
        blocks: [
          paragraph(whatWasWaived(waiver, language, say)),
          paragraph(say('waiver.letter-signed', { name: waiver.waivedBy })),
          ...(waiver.reason === '' ? [] : [paragraph(say('waiver.letter-reason', { reason: waiver.reason }))]),
        ],
      },
      {
        heading: say('waiver.follows'),
        blocks: [{ kind: 'list', items: [...follows, 'for-good'].map((key) => say(`waiver.${key}`)) }],
      },
      { heading: say('waiver.stays'), blocks: [{ kind: 'list', items: stays }] },
    ],
  };
}

function whatWasWaived(waiver: WaiverFigures, language: Language, say: Say): string {
  const { title, call, amountCents, reservePlace, waivedAt, announcedAt } = waiver;
  const values = {
    ...{ title, call: call.name[language], date: plainDate(language, waivedAt) },
    announced: plainDate(language, announcedAt),
  };
  return amountCents === null
    ? say('waiver.letter-place', { ...values, place: reservePlace ?? 0 })
    : say('waiver.letter-award', { ...values, amount: euro(amountCents, language) });
}
