import type { Letter, LetterBlock } from '#lib/documents';
import { dateAndTime, plainDate, type Instant, type Language, type Say, type Text } from '#lib/kernel';
import type { CallRules } from '#lib/regulation';
import type { RankingModel } from '../rank-by-regulation.js';
import { decimal, euro, paragraph, placeIn } from './letter-words.js';

/** A ranking in figures, as it was made (`ISSUE` in make-ranking.ts). */
export interface RankingFigures {
  readonly call: { readonly number: string; readonly name: Text };
  /** By what it orders. */
  readonly model: RankingModel;
  readonly madeAt: Instant;
  /** Name of who made it. */
  readonly madeBy: string;
  readonly entries: readonly {
    readonly number: string;
    readonly title: string;
    readonly organisation: string;
    /** Equal totals share the mean of their places. */
    readonly position: number;
    readonly reviews: number;
    /** Exact mean, n/d. */
    readonly total: string;
    readonly meetsThreshold: boolean;
    readonly requestedCents: number | null;
  }[];
}

/** The ranking of a call on paper, for the committee and the board. */
export function rankingLetter(
  { ranking, rules }: { readonly ranking: RankingFigures; readonly rules: CallRules },
  { language, say }: { readonly language: Language; readonly say: Say },
): Letter {
  const { call, model, madeAt, madeBy, entries } = ranking;
  const { contact, label } = rules.regulation;
  const name = call.name[language];
  return {
    ...{ language, reference: call.number, title: say('ranking.print-title', { call: name }) },
    ...{ date: plainDate(language, madeAt), datedAt: madeAt },
    sender: { name: label[language], lines: contact === undefined ? [] : [contact.address, contact.email] },
    recipient: { name: say('ranking.print-for'), lines: [] },
    sections: [
      {
        heading: say('ranking.print-how'),
        blocks: [
          paragraph(say('ranking.print-made', { moment: dateAndTime(language, madeAt), name: madeBy })),
          paragraph(say(`ranking.by-${model}`)),
        ],
      },
      { heading: say('ranking.print-places'), blocks: [placesTable(entries, language, say)] },
    ],
  };
}

function placesTable(entries: RankingFigures['entries'], language: Language, say: Say): LetterBlock {
  return {
    kind: 'table',
    caption: say('ranking.print-caption', { count: entries.length }),
    columns: [
      { label: say('ranking.place'), align: 'end' },
      { label: say('ranking.print-proposal'), align: 'start' },
      { label: say('ranking.print-score'), align: 'end' },
      { label: say('ranking.requested'), align: 'end' },
      { label: say('ranking.print-threshold'), align: 'start' },
    ],
    rows: entries.map((one) => [
      placeIn(one.position, language),
      `${one.number} ${one.title} (${one.organisation})`,
      decimal(one.total, language),
      one.requestedCents === null ? '–' : euro(one.requestedCents, language),
      say(one.meetsThreshold ? 'ranking.print-met' : 'ranking.print-not-met'),
    ]),
  };
}
