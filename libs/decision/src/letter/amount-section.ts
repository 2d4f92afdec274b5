import type { DecisionFigures } from '../decision-figures.js';
import type { LetterBlock, LetterSection } from '#lib/documents';
import { Fraction, shareInWords, type Language, type Say } from '#lib/kernel';
import type { CallRules } from '#lib/regulation';
import { euro, paragraph } from './letter-words.js';

interface Awarded {
  readonly decision: DecisionFigures;
  readonly rules: CallRules;
}

interface Words {
  readonly language: Language;
  readonly say: Say;
}

/** How the amount of an award came about (Awb 4:31): asked, what the regulation allows, advised, decided, and why less than was asked. */
export function amountSection({ decision, rules }: Awarded, { language, say }: Words): readonly LetterSection[] {
  const { outcome, amountCents, requestedCents, minimumCents } = decision;
  if (outcome !== 'granted' || amountCents === null) return [];
  const table: LetterBlock = {
    kind: 'table',
    caption: say('decision.amounts'),
    columns: [
      { label: say('decision.what'), align: 'start' },
      { label: say('decision.amount-column'), align: 'end' },
    ],
    rows: rowsOf({ decision, rules }, { language, say }).flatMap(([name, cents]) =>
      cents === null ? [] : [[name, euro(cents, language)]],
    ),
  };
  const less = (requestedCents ?? 0) - amountCents;
  const lower = less <= 0 ? [] : [paragraph(say('decision.lower', { less: euro(less, language) }))];
  const minimum =
    less <= 0 || minimumCents === null
      ? []
      : [paragraph(say('decision.minimum', { minimum: euro(minimumCents, language) }))];
  const payment = say('decision.payment', { payment: rules.regulation.payment.label[language].toLowerCase() });
  return [{ heading: say('decision.amount'), blocks: [table, ...lower, ...minimum, paragraph(payment)] }];
}

function rowsOf({ decision, rules }: Awarded, { language, say }: Words): readonly (readonly [string, number | null])[] {
  const { amountCents, requestedCents, totalCents, advice } = decision;
  const { shareAtMost, maximumCents } = rules.regulation.request;
  return [
    [say('decision.costs'), totalCents],
    [
      say('decision.share', { share: shareInWords(shareAtMost, language) }),
      totalCents === null ? null : shareOf(shareAtMost, totalCents),
    ],
    [say('decision.maximum'), maximumCents],
    [say('decision.requested'), requestedCents],
    [say('decision.advised'), advice?.amountCents ?? null],
    [say('decision.awarded'), amountCents],
  ];
}

/** The exact share, in whole cents and never more than it. */
function shareOf(share: string, totalCents: number): number {
  const { numerator, denominator } = Fraction.parse(share);
  return Number((BigInt(totalCents) * numerator) / denominator);
}
