import type { LetterBlock, LetterSection } from '#lib/documents';
import { plainDate } from '#lib/kernel';
import type { Decided, Words } from './decision-letter.js';
import { paragraph } from './letter-words.js';

/** What an award rests on: the plan as it was sent, and the conditions of the regulation. */
export function termsSection({ decision, rules }: Decided, { language, say }: Words): readonly LetterSection[] {
  if (decision.outcome !== 'granted') return [];
  const { receivedAt } = decision;
  const items = Object.values(rules.conditions).flatMap(({ label }) => (label === undefined ? [] : [label[language]]));
  const plan =
    receivedAt === null ? [] : [paragraph(say('decision.for-plan', { day: plainDate(language, receivedAt) }))];
  const conditions: readonly LetterBlock[] =
    items.length === 0 ? [] : [paragraph(say('decision.terms-lead')), { kind: 'list', items }];
  const blocks = [...plan, ...conditions];
  return blocks.length === 0 ? [] : [{ heading: say('decision.terms'), blocks }];
}

/** Where to ask, and what one can ask. Of the day of payment the regulation says nothing, so the letter says that. */
export function nextSection({ decision, rules }: Decided, { say }: Words): readonly LetterSection[] {
  const { contact } = rules.regulation;
  const blocks = [
    ...(decision.outcome === 'granted' ? [paragraph(say('decision.next-payment'))] : []),
    ...(contact === undefined
      ? []
      : [paragraph(say('decision.next-contact', { ...contact, number: decision.number }))]),
    paragraph(say('decision.next-explanation')),
  ];
  return [{ heading: say('decision.next'), blocks }];
}

/** Who decided, and when. */
export function signatureOf({ decision, rules }: Decided, { language, say }: Words): readonly string[] {
  const network = rules.regulation.label[language];
  const day = plainDate(language, decision.decidedAt);
  return [say('decision.signed', { network }), say('decision.decided-on', { day }), say('decision.unsigned')];
}
