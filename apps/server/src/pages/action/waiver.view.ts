import type { DecisionView } from '#lib/decision';
import { dateOf, formatCents, type Instant, type Language } from '#lib/kernel';
import { plainDate } from '../moments.js';
import { regimeKey, sayingUnder } from '#lib/regulation';

interface Words {
  readonly language: Language;
  readonly say: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  readonly now: Instant;
}

/** A heading with what stands under it, above the form of an act. */
export interface ActionSection {
  readonly heading: string;
  readonly items: readonly string[];
}

/** Under which name the words of waiving stand: of an award, or of a place on the reserve list. */
export function waiverWords(outcome: string | null): string {
  return `waive-${outcome ?? ''}`;
}

/** What somebody knows before waiving what an announced decision gives: what is given up, what follows, and what stays. */
export function waiverSections(decision: DecisionView, { language, say, now }: Words): readonly ActionSection[] {
  const { amountCents, reservePlace, objectionLastDay, arrival, regime } = decision;
  const told = sayingUnder(regime, say);
  const isAward = amountCents !== null;
  const follows = isAward
    ? ['waiver.no-money', arrival === null ? 'waiver.to-reserve' : 'waiver.to-others']
    : ['waiver.no-offer'];
  const mayObject = objectionLastDay !== null && dateOf(now) <= objectionLastDay;
  return [
    {
      heading: told('waiver.gives-up'),
      items: [
        isAward
          ? told('waiver.amount', { amount: formatCents(BigInt(amountCents), language) })
          : told('waiver.place', { place: reservePlace ?? 0 }),
      ],
    },
    { heading: told('waiver.follows'), items: [...follows, 'waiver.told', 'waiver.for-good'].map((key) => told(key)) },
    {
      heading: told('waiver.stays'),
      items: [
        told('waiver.decision-stays'),
        ...(mayObject
          ? [told(`waiver.objection-${regimeKey(regime)}`, { date: plainDate(language, objectionLastDay) })]
          : []),
        told('waiver.explanation-stays'),
        told('waiver.use-again'),
      ],
    },
  ];
}
