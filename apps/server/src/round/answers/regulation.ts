import { FILE_KINDS } from '#lib/files';
import {
  QUESTION_KINDS,
  type AddedQuestion,
  type AwardedRule,
  type CountedRule,
  type FormFile,
  type FormQuestion,
  type LookedAfterRule,
  type PublicRegulation,
  type RegulationFile,
  type Rubric,
  type WrittenCondition,
} from '#lib/regulation';
import type { TermSource } from '#lib/terms';
import {
  anyObject,
  described,
  either,
  listOf,
  mapOf,
  oneOf,
  optional,
  orNull,
  type Fields,
} from '../../edge/described.js';

const TEXT = { nl: 'Ten minste twee scholen doen mee.', en: 'At least two schools take part.' };
const LABEL = { nl: 'Samenwerking', en: 'Cooperation' };

export const RUBRIC = described<Rubric>('Rubric', {
  scale: { min: '1', max: '5', step: '1', labels: optional(mapOf({ '4': { label: { nl: 'Goed', en: 'Good' } } })) },
  total: oneOf(['weighted-mean', 'sum'], 'weighted-mean'),
  threshold: { total: '3', eachCriterion: optional('2') },
  extraReview: optional({ whenTotalsDifferBy: '2' }),
  criteria: [
    {
      key: 'cooperation',
      weight: 2,
      label: LABEL,
      question: optional({ nl: 'Wie doet wat?', en: 'Who does what?' }),
    },
  ],
});

const CONDITION = described<WrittenCondition>('Condition', {
  cel: 'size(schools) >= 2',
  label: optional(TEXT),
  refusal: { nl: 'Zoek een tweede school.', en: 'Find a second school.' },
});

const QUESTION: Fields<FormQuestion> = {
  label: { nl: 'Gevraagd bedrag', en: 'Amount asked' },
  help: optional({ nl: 'In hele euro’s.', en: 'In whole euros.' }),
  schema: anyObject({ type: 'integer', minimum: 0 }),
  kind: oneOf(QUESTION_KINDS, 'money'),
  choices: optional(mapOf({ wt: { label: { nl: 'Wetenschap en techniek', en: 'Science and technology' } } })),
  accepts: optional(listOf(oneOf(FILE_KINDS, 'pdf'))),
  when: optional('budget.requestedCents > 100000'),
  asked: optional({ label: { nl: 'Alleen boven € 1.000,00.', en: 'Only above €1,000.00.' } }),
  whenJudged: optional(true),
  proves: optional('file.schoolPlanProof'),
  optional: optional(false),
  repairableAfterClosing: optional(true),
  reviewers: true,
};

/** Parts in their order, and each question by the path of its answer. */
export const FORM: Fields<FormFile> = {
  form: 'innovatie-wt',
  order: ['budget'],
  parts: mapOf({ budget: { label: { nl: 'Begroting', en: 'Budget' }, questions: ['budget.requestedCents'] } }),
  questions: mapOf({ 'budget.requestedCents': described<FormQuestion>('Question', QUESTION) }),
};

const ONCE = either(
  described<CountedRule>('OnceWithin', {
    per: oneOf(['school', 'board'], 'school'),
    within: oneOf(['call', 'tranche', 'year', 'programme'], 'year'),
    atMost: 1,
  }),
  described<AwardedRule>('OnceAwarded', {
    per: oneOf(['school', 'board'], 'school'),
    notAwarded: oneOf(['last-year'], 'last-year'),
  }),
  described<LookedAfterRule>('OnceLookedAfter', { label: { nl: 'Eén keer per school.', en: 'Once for each school.' } }),
);

const SOURCES = ['law', 'decree', 'ministerial-regulation', 'own-rules'] as const satisfies readonly TermSource[];
interface Term {
  readonly period: string;
  readonly source: TermSource;
}
const TERM = described<Term>('Term', { period: 'P13W', source: oneOf(SOURCES, 'own-rules') });

const REGULATION_FILE = described<RegulationFile>('Regulation', {
  region: 'noord',
  label: { nl: 'Regeling innovatie Noord', en: 'Innovation regulation North' },
  programme: 'innovatie-wt',
  provinces: ['Drenthe'],
  regime: oneOf(['AWB', 'REGLEMENT'], 'REGLEMENT'),
  contact: optional({ address: 'Plein 1, 9401 AA Assen', email: 'loket@noord.example' }),
  distribution: {
    way: oneOf(['tender', 'order-of-arrival'], 'tender'),
    ceilingCents: 3_000_000,
    tranches: optional(2),
    atShortage: oneOf(['stop', 'skip', 'pro-rata', 'lots'], 'stop'),
    partialAwards: false,
  },
  request: {
    minimumCents: 100_000,
    maximumCents: 500_000,
    shareAtMost: '2/3',
    ownCashAtLeast: optional('1/10'),
    inKindAtMost: optional({ share: '1/2', of: oneOf(['total', 'co-financing'], 'total') }),
    hourlyRateCents: optional(5_000),
  },
  voSchoolIsPartner: true,
  applicants: optional({ persons: false, payeeIsSchoolBoard: optional(true) }),
  rubric: RUBRIC,
  ranksBy: oneOf(['mean', 'expected-rank', 'pass-or-fail'], 'mean'),
  committee: {
    reviewsPerProposal: 3,
    seats: { expert: 3, field: 2 },
    quorum: { members: 3, ofEachKind: 1 },
    interestScope: oneOf(['case', 'ranking', 'call'], 'case'),
  },
  terms: { decision: TERM, completion: TERM, review: TERM },
  questionsUntil: optional('P5WD'),
  earlyCheck: optional({ askUntil: 'P15WD', answerBy: 'P10WD' }),
  payment: { label: { nl: 'In één keer, na de toekenning.', en: 'At once, after the award.' } },
  once: optional(ONCE),
  questions: optional(
    mapOf({ 'answers.evidence': described<AddedQuestion>('AddedQuestion', { ...QUESTION, part: 'plan' }) }),
  ),
  conditions: mapOf({ 'two-schools': CONDITION }),
});

export const REGULATION = described<PublicRegulation>('RegulationInForce', {
  regulation: REGULATION_FILE,
  conditions: mapOf({ 'two-schools': CONDITION }),
  once: orNull({ label: TEXT, refusal: TEXT }),
  form: described<FormFile>('Form', FORM),
});
