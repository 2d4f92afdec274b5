import type { BoardRow } from '#lib/decision';
import type { Language } from '#lib/kernel';
import { conditionWords } from '#lib/regulation';
import { isInOrderOfArrival, type CallCase } from './call-case.js';

interface Words {
  readonly language: Language;
  readonly has: (key: string) => boolean;
  readonly staff: { readonly rows: readonly BoardRow[]; readonly drafts: object | null } | null;
}

/** Phases in which staff count what they have. */
const COUNTED = ['submitted', 'screening', 'in-review', 'ranked', 'advised', 'decided'] as const;

/** A call as everybody reads it, and for staff where its proposals are. */
export function callView({ call, rules, situation }: CallCase, { language, has, staff }: Words): object {
  const { regulation } = rules;
  const { request, rubric, distribution, terms, payment, committee, ranksBy } = regulation;
  return {
    call: { ...call, name: call.name[language] },
    ...{
      regionName: regulation.label[language],
      provinces: regulation.provinces.join(', '),
      isAwb: regulation.regime === 'AWB',
    },
    ...{
      request,
      distribution,
      committee,
      decisionPeriod: terms.decision.period,
      way: `call.way-${distribution.way}`,
      shortage: `call.shortage-${distribution.atShortage}`,
      ranks: `call.ranks-${ranksBy}`,
    },
    payment: payment.label[language],
    criteria: rubric.criteria.map(({ label, weight, question }) => ({
      name: label[language],
      weight,
      question: question?.[language] ?? null,
    })),
    ...{
      scale: rubric.scale,
      threshold: language === 'nl' ? rubric.threshold.total.replace('.', ',') : rubric.threshold.total,
      isSum: rubric.total === 'sum',
      extraReview: rubric.extraReview ?? null,
      isInOrder: isInOrderOfArrival(rules),
    },
    conditions: Object.values(conditionWords(rules)).map(({ label }) => label[language]),
    staff: staff === null ? null : staffView(staff),
    actions: situation.actions
      .filter(({ label, action }) => label !== null || has(`action.${action}.title`))
      .map((one) => ({ ...one, text: one.label ?? one.action })),
  };
}

function staffView({ rows, drafts }: NonNullable<Words['staff']>): object {
  const counts = COUNTED.map((phase) => ({
    text: `proposal.phase-${phase}`,
    count: rows.filter((row) => row.phase === phase).length,
  }));
  return { drafts, counts };
}
