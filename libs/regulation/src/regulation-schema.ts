import { FILE_KINDS } from '#lib/files';
import { APPLICATION_FACTS } from './application-facts.js';
import { QUESTION_KINDS } from './form/form-file.js';

/** JSON Schemas of the files a region and a programme are first loaded from. */
const text = { type: 'string', minLength: 1, maxLength: 1000 };
const texts = object({ nl: text, en: text });
const code = { type: 'string', pattern: '^[a-z][a-z0-9-]{1,40}$' };
const cents = { type: 'integer', minimum: 0, maximum: 100_000_000_000 };
const count = { type: 'integer', minimum: 1, maximum: 100 };
const number = { type: 'string', pattern: '^\\d{1,6}(\\.\\d{1,4})?$' };
const fraction = { type: 'string', pattern: '^\\d{1,4}/[1-9]\\d{0,3}$' };
const term = object({
  period: { type: 'string', pattern: '^P\\d{1,3}[DWMY]$' },
  source: { enum: ['law', 'decree', 'ministerial-regulation', 'own-rules'] },
});
/** A review is asked by the network itself: no other source of its term exists. */
const reviewTerm = object({ period: { type: 'string', pattern: '^P\\d{1,3}[DWMY]$' }, source: { const: 'own-rules' } });
const workingDays = { type: 'string', pattern: '^P[1-9]\\d?WD$' };
const conditions = {
  type: 'object',
  additionalProperties: object(
    { cel: { type: 'string', minLength: 1, maxLength: 2000 }, label: texts, refusal: texts },
    ['label'],
  ),
  propertyNames: code,
};

function object(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, properties, required };
}

const contact = object({ address: text, email: text });

export const PROGRAMME_SCHEMA = object(
  {
    programme: code,
    label: texts,
    year: { type: 'integer', minimum: 2020, maximum: 2100 },
    ceilingCents: cents,
    form: code,
    contact,
    principles: conditions,
  },
  ['contact'],
);

/** What a file can prove: facts that are true or not. */
const PROVABLE = Object.keys(APPLICATION_FACTS).filter((path) => APPLICATION_FACTS[path] === 'bool');
const question = {
  ...{ label: texts, help: texts, schema: { type: 'object' }, kind: { enum: QUESTION_KINDS } },
  choices: { type: 'object', additionalProperties: object({ label: texts }) },
  accepts: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: FILE_KINDS } },
  asked: object({ label: texts }),
  ...{ when: text, whenJudged: { type: 'boolean' }, optional: { type: 'boolean' }, proves: { enum: PROVABLE } },
  ...{ repairableAfterClosing: { type: 'boolean' }, reviewers: { type: 'boolean' } },
};
const OPTIONAL = [
  'help',
  'choices',
  'accepts',
  'when',
  'asked',
  'whenJudged',
  'optional',
  'proves',
  'repairableAfterClosing',
];
const paths = { type: 'string', pattern: '^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)?$' };

export const FORM_SCHEMA = object({
  form: code,
  order: { type: 'array', minItems: 1, maxItems: 20, uniqueItems: true, items: code },
  parts: {
    type: 'object',
    additionalProperties: object({ label: texts, questions: { type: 'array', maxItems: 30, items: paths } }),
  },
  questions: { type: 'object', propertyNames: paths, additionalProperties: object(question, OPTIONAL) },
});

const added = {
  type: 'object',
  propertyNames: { type: 'string', pattern: '^answers\\.[a-z][A-Za-z0-9]*$' },
  additionalProperties: object({ ...question, part: code }, OPTIONAL),
};

const distribution = object(
  {
    way: { enum: ['tender', 'order-of-arrival'] },
    ceilingCents: cents,
    tranches: count,
    atShortage: { enum: ['stop', 'skip', 'pro-rata', 'lots'] },
    partialAwards: { type: 'boolean' },
  },
  ['tranches'],
);
const request = object(
  {
    minimumCents: cents,
    maximumCents: cents,
    shareAtMost: fraction,
    ownCashAtLeast: fraction,
    inKindAtMost: object({ share: fraction, of: { enum: ['total', 'co-financing'] } }),
    hourlyRateCents: cents,
  },
  ['ownCashAtLeast', 'inKindAtMost', 'hourlyRateCents'],
);
const labels = { type: 'object', propertyNames: number, additionalProperties: object({ label: texts }) };
const applicants = object({ persons: { type: 'boolean' }, payeeIsSchoolBoard: { type: 'boolean' } }, [
  'payeeIsSchoolBoard',
]);
const rubric = object(
  {
    scale: object({ min: number, max: number, step: number, labels }, ['labels']),
    total: { enum: ['weighted-mean', 'sum'] },
    threshold: object({ total: number, eachCriterion: number }, ['eachCriterion']),
    extraReview: object({ whenTotalsDifferBy: number }),
    criteria: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: object({ key: code, weight: count, label: texts, question: texts }, ['question']),
    },
  },
  ['extraReview'],
);
const per = { enum: ['school', 'board'] };
const once = {
  oneOf: [
    object({ per, within: { enum: ['call', 'tranche', 'year', 'programme'] }, atMost: count }),
    object({ per, notAwarded: { enum: ['last-year'] } }),
    object({ label: texts }),
  ],
};
const committee = object({
  reviewsPerProposal: count,
  seats: object({ expert: count, field: count }),
  quorum: object({ members: count, ofEachKind: count }),
  interestScope: { enum: ['case', 'ranking', 'call'] },
});

export const REGULATION_SCHEMA = object(
  {
    ...{ region: code, label: texts, programme: code, provinces: { type: 'array', minItems: 1, items: text } },
    ...{ regime: { enum: ['AWB', 'REGLEMENT'] }, contact },
    ...{ distribution, request, voSchoolIsPartner: { type: 'boolean' }, applicants, rubric, committee },
    ranksBy: { enum: ['mean', 'expected-rank', 'pass-or-fail'] },
    terms: object({ decision: term, completion: term, review: reviewTerm }),
    ...{ questionsUntil: workingDays, earlyCheck: object({ askUntil: workingDays, answerBy: workingDays }) },
    ...{ payment: object({ label: texts }), once, conditions, questions: added },
  },
  ['contact', 'applicants', 'once', 'questions', 'questionsUntil', 'earlyCheck'],
);
