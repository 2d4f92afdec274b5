import type { LetterBlock } from '#lib/documents';
import { dateOf, formatCents, plainDate } from '#lib/kernel';
import type { Decided, Words } from './decision-letter.js';

/** Rows of a letter's table of arrivals; who stands before them is told as a number. */
const MOST = 15;

/**
 * Where a proposal stood in the order of arrival, and who came before it, without names (Kaderregeling subsidies OCW, SZW en VWS 2.2). A
 * refusal for want of money says more than an award needs.
 */
export function arrivalBlocks({ decision }: Decided, { language, say }: Words): readonly LetterBlock[] {
  const { arrival, receivedAt, ground } = decision;
  if (arrival === null) return [];
  const day = plainDate(language, arrival.day);
  const isCompletion = receivedAt !== null && dateOf(receivedAt) !== arrival.day;
  const received = receivedAt === null ? '–' : plainDate(language, receivedAt);
  const counted = isCompletion
    ? say('decision.arrival-completed', { day, received })
    : say('decision.arrival', { day });
  const lot = arrival.lot === null ? '' : ` ${say('decision.arrival-lot', { place: arrival.lot })}`;
  const paragraph: LetterBlock = { kind: 'paragraph', text: `${counted}${lot}` };
  return ground === 'ceiling' ? [paragraph, orderTable({ decision }, { language, say })] : [paragraph];
}

function orderTable({ decision }: Pick<Decided, 'decision'>, { language, say }: Words): LetterBlock {
  const { before = [], place = 1, day = '' } = decision.arrival ?? {};
  const shown = before.slice(-MOST);
  const rows = shown.map((one, i) => [
    String(before.length - shown.length + i + 1),
    plainDate(language, one.day),
    one.awardedCents === null ? say('decision.arrival-nothing') : formatCents(BigInt(one.awardedCents), language),
  ]);
  return {
    kind: 'table',
    caption: say('decision.arrival-order'),
    columns: [
      { label: say('ranking.place'), align: 'start' },
      { label: say('arrival.day'), align: 'start' },
      { label: say('decision.awarded'), align: 'end' },
    ],
    rows: [...rows, [say('decision.arrival-you', { place }), plainDate(language, day), '–']],
  };
}
