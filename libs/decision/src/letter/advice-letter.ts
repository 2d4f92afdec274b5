import type { Letter, LetterBlock } from '#lib/documents';
import { dateAndTime, plainDate, type Instant, type Language, type Say, type Text } from '#lib/kernel';
import type { CallRules } from '#lib/regulation';
import { decimal, euro, paragraph, placeIn } from './letter-words.js';

/** An advice in figures, as it was given (`ISSUE` in advice.ts). */
export interface AdviceFigures {
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
  readonly call: { readonly number: string; readonly name: Text };
  readonly outcome: 'grant' | 'refuse';
  readonly amountCents: number | null;
  /** By criterion. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Names of who advised, the chair first. */
  readonly members: readonly string[];
  readonly givenAt: Instant;
  /** Exact mean, n/d; null when nothing was scored. */
  readonly total: string | null;
  readonly rank: { readonly position: number; readonly of: number } | null;
  /** When the advice before it was given; null for the first. */
  readonly replacesIssuedAt: Instant | null;
}

/** What the committee advises the board, on paper. */
export function adviceLetter(
  { advice, rules }: { readonly advice: AdviceFigures; readonly rules: CallRules },
  { language, say }: { readonly language: Language; readonly say: Say },
): Letter {
  const { number, givenAt, members } = advice;
  const { contact, label, rubric } = rules.regulation;
  const items = rubric.criteria.flatMap(({ key, label: criterion }) => {
    const reason = advice.reasons[key];
    return reason === undefined ? [] : [`${criterion[language]}: ${reason.replaceAll('\n', ' ')}`];
  });
  return {
    ...{ language, reference: number, title: say('advice.title', { number }) },
    ...{ date: plainDate(language, givenAt), datedAt: givenAt },
    sender: { name: label[language], lines: contact === undefined ? [] : [contact.address, contact.email] },
    recipient: { name: say('advice.board'), lines: [] },
    sections: [
      { heading: say('advice.heading'), blocks: outcomeBlocks(advice, language, say) },
      { heading: say('advice.reasons'), blocks: [{ kind: 'list', items }] },
      { heading: say('advice.members'), blocks: [{ kind: 'list', items: members }] },
    ],
  };
}

function outcomeBlocks(advice: AdviceFigures, language: Language, say: Say): readonly LetterBlock[] {
  const { title, organisation, call, amountCents, total, rank, replacesIssuedAt } = advice;
  const values = { title, organisation, call: call.name[language] };
  const amount = euro(amountCents ?? 0, language);
  return [
    paragraph(advice.outcome === 'grant' ? say('advice.grant', { ...values, amount }) : say('advice.refuse', values)),
    ...(total === null ? [] : [paragraph(say('advice.total', { total: decimal(total, language) }))]),
    ...(rank === null
      ? []
      : [paragraph(say('advice.rank', { position: placeIn(rank.position, language), of: rank.of }))]),
    ...(replacesIssuedAt === null
      ? []
      : [paragraph(say('advice.replaces', { moment: dateAndTime(language, replacesIssuedAt) }))]),
  ];
}
