import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import { FORM_SCHEMA, PROGRAMME_SCHEMA, REGULATION_SCHEMA } from '../../libs/regulation/src/regulation-schema.js';

const RULES = 'libs/regulation/src/regulation.spec.ts';
const FORM = 'libs/regulation/src/form/form.spec.ts';
const SCORING = 'libs/scoring/src/scoring.spec.ts';
const LINE = 'libs/funding/src/draw-line.spec.ts';
const ROUND = 'test/integration/round.spec.ts';
const ARRIVAL = 'test/integration/arrival.spec.ts';
const ONCE = 'test/integration/once-rule.spec.ts';
const BEFORE = 'test/integration/before-closing.spec.ts';
const COMMITTEE = 'test/integration/committee-rules.spec.ts';
const SET = 'test/integration/regulation-rules.spec.ts';
const DOSSIERS = 'test/integration/dossiers-decision.spec.ts';
const PAGES = 'test/integration/decision-pages.spec.ts';
const DECIDING = 'test/integration/completing-and-deciding.spec.ts';

const GENERATED = 'refuses by the condition it leads to: %s';
const PARAMETER = 'holds for its calls, as the moves of a call and its proposals read it';
const TOLD = 'are all told on the page of the call';

/** For every key the test that shows its effect. Who adds a key adds its test; what no code applies has no place in the schema. */
const EFFECTS: Readonly<Record<string, readonly [file: string, test: string]>> = {
  region: [ROUND, 'freezes its rules, and its ledger holds the ceiling of the region'],
  label: [RULES, 'changes the hash of the rules that a call freezes, and words alone change that of its texts'],
  programme: [RULES, 'names file, line and column: %s'],
  provinces: [RULES, GENERATED],
  regime: [PAGES, 'are those of a region’s own rules'],
  'contact.address': [PAGES, 'is the site, and the address of the network: on the page, in the letter and in the mail'],
  'contact.email': [PAGES, 'is the site, and the address of the network: on the page, in the letter and in the mail'],
  'distribution.way': [
    ARRIVAL,
    'lives from draft to a decision that its applicant reads at once, while the call stays open',
  ],
  'distribution.ceilingCents': [ROUND, 'freezes its rules, and its ledger holds the ceiling of the region'],
  'distribution.tranches': [
    SET,
    'makes each call one tranche with the whole ceiling of its own, and no more calls than tranches',
  ],
  'distribution.atShortage': [LINE, 'shares what is left among equal scores in proportion, and ends there'],
  'distribution.partialAwards': [DECIDING, 'is all or nothing where the regulation allows no part'],
  'request.minimumCents': [RULES, GENERATED],
  'request.maximumCents': [RULES, GENERATED],
  'request.shareAtMost': [RULES, GENERATED],
  'request.ownCashAtLeast': [RULES, GENERATED],
  'request.inKindAtMost.share': [RULES, GENERATED],
  'request.inKindAtMost.of': [RULES, GENERATED],
  'request.hourlyRateCents': [SET, 'are valued at the rate of the regulation, goods come on top, and less is refused'],
  voSchoolIsPartner: [RULES, GENERATED],
  'applicants.persons': [
    DOSSIERS,
    'does not meet the conditions where the regulation asks an organisation, and reads how to repair it',
  ],
  'applicants.payeeIsSchoolBoard': [DOSSIERS, 'names a school board as payee where the region says so'],
  'rubric.scale.min': [SCORING, 'on a scale from %s to %s by %s the score %s is allowed: %s'],
  'rubric.scale.max': [SCORING, 'on a scale from %s to %s by %s the score %s is allowed: %s'],
  'rubric.scale.step': [SCORING, 'on a scale from %s to %s by %s the score %s is allowed: %s'],
  'rubric.scale.labels.*.label': [SET, 'names the scores as the regulation does'],
  'rubric.total': [SCORING, 'has the sum of its points where the rubric says so'],
  'rubric.threshold.total': [SCORING, 'reaches a threshold at the exact limit, and not by a hair less'],
  'rubric.threshold.eachCriterion': [SCORING, 'fails a threshold per criterion with one criterion below it'],
  'rubric.extraReview.whenTotalsDifferBy': [
    ARRIVAL,
    'gets a third review when two totals lie three or more apart, and then the two closest count',
  ],
  'rubric.criteria.key': [SCORING, 'has no total while a criterion has no score'],
  'rubric.criteria.weight': [SCORING, 'has the weighted mean of its scores as total, exactly'],
  'rubric.criteria.label': [SET, TOLD],
  'rubric.criteria.question': [SET, TOLD],
  'committee.reviewsPerProposal': [SET, 'closes the review when as many are in as the regulation asks'],
  'committee.seats.expert': [SET, 'waits with the announcement for every seat of the regulation'],
  'committee.seats.field': [SET, 'waits with the announcement for every seat of the regulation'],
  'committee.quorum.members': [SET, 'gives no advice below the quorum'],
  'committee.quorum.ofEachKind': [
    COMMITTEE,
    'so no advice is given while one kind lacks its number, and the refusal says which',
  ],
  'committee.interestScope': [
    COMMITTEE,
    'ranking: the member may review the others, and is out of it once they are compared',
  ],
  ranksBy: ['test/integration/ranks-by.spec.ts', 'orders by the mean or by the expected rank, as the regulation says'],
  'terms.decision.period': [
    ARRIVAL,
    'has eight weeks from the day on which it is complete, moved off a free day, and stands still while a completion is asked',
  ],
  'terms.decision.source': [
    ARRIVAL,
    'has eight weeks from the day on which it is complete, moved off a free day, and stands still while a completion is asked',
  ],
  'terms.completion.period': [
    DECIDING,
    'names its questions in the mail with the last day, in the language of who reads it',
  ],
  'terms.completion.source': [DECIDING, 'gives the decider four weeks from that day (Awb 4:5 lid 4)'],
  'terms.review.period': [RULES, PARAMETER],
  'terms.review.source': [RULES, 'names file, line and column: %s'],
  questionsUntil: [BEFORE, 'can be asked through the last day, five working days before the closing, and not after it'],
  'earlyCheck.askUntil': [
    BEFORE,
    'is asked through the last day of the regulation, of one’s own draft, before it is submitted',
  ],
  'earlyCheck.answerBy': [
    BEFORE,
    'is asked through the last day of the regulation, of one’s own draft, before it is submitted',
  ],
  'payment.label': [SET, TOLD],
  'once.per': [ONCE, 'are counted over all schools of a board, and for the board itself'],
  'once.within': [ONCE, 'are those of the call, of the programme year, or of the programme'],
  'once.atMost': [ONCE, 'are too many from the first one over the limit, in the order in which they were received'],
  'once.notAwarded': [ONCE, 'does not apply this year, and does again the year after'],
  'once.label': ['libs/regulation/src/once-rule.spec.ts', 'of another kind reads as the region wrote it'],
  'conditions.*.cel': [RULES, GENERATED],
  'conditions.*.label': [SET, TOLD],
  'conditions.*.refusal': [DOSSIERS, 'read in a region that asks two boards: find a school of another board'],
  'questions.*.part': [FORM, 'asks what a region adds, at the end of its part'],
  // of the programme and its form
  year: [RULES, PARAMETER],
  ceilingCents: [RULES, 'names file, line and column: %s'],
  form: [FORM, 'names every answer that is missing, in the order in which it is asked'],
  order: [FORM, 'names every answer that is missing, in the order in which it is asked'],
  'principles.*.cel': [DOSSIERS, 'count as one school when they are sites of one BRIN number'],
  'principles.*.label': [SET, TOLD],
  'principles.*.refusal': [SET, 'tells how to meet a principle of the programme'],
  'parts.*.label': [SET, 'asks the questions of a part under the words of the form'],
  'parts.*.questions': [FORM, 'names every answer that is missing, in the order in which it is asked'],
  'questions.*.label': [SET, 'asks the questions of a part under the words of the form'],
  'questions.*.help': [SET, 'asks the questions of a part under the words of the form'],
  'questions.*.schema': [FORM, 'knows a wrong account number by its check digits'],
  'questions.*.kind': [
    'libs/regulation/src/form/tidy-answer.spec.ts',
    'is stored in the one form of its kind, whichever way it came',
  ],
  'questions.*.choices.*.label': [SET, 'asks the questions of a part under the words of the form'],
  'questions.*.accepts': [FORM, 'refuses %s, and says where'],
  'questions.*.when': [
    FORM,
    'asks for the de minimis declaration only when a company gains (Regulation (EU) 2023/2831)',
  ],
  'questions.*.asked.label': [
    'test/integration/call-form.spec.ts',
    'says in words when a question is asked that others lead to',
  ],
  'questions.*.whenJudged': [FORM, 'asks only for agreements that a condition of the region reads'],
  'questions.*.optional': [FORM, 'counts files as an answer, and hides those that are not for the committee'],
  'questions.*.proves': [FORM, 'tells conditions what a file proves, and nothing that was typed'],
  'questions.*.repairableAfterClosing': [FORM, 'says which answers may be repaired when the call has closed'],
  'questions.*.reviewers': [FORM, 'counts files as an answer, and hides those that are not for the committee'],
};

interface Schema {
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

/** The keys of a schema that hold a value, by their path; words in two languages are one. */
function keysOf({ oneOf, items, properties, additionalProperties }: Schema, at = ''): readonly string[] {
  if (oneOf !== undefined) return oneOf.flatMap((one) => keysOf(one, at));
  if (items !== undefined) return keysOf(items, at);
  if (properties !== undefined && Object.keys(properties).join() !== 'nl,en')
    return Object.entries(properties).flatMap(([key, value]) => keysOf(value, at === '' ? key : `${at}.${key}`));
  if (typeof additionalProperties === 'object') return keysOf(additionalProperties, `${at}.*`);
  return [at];
}

const KEYS = [REGULATION_SCHEMA, PROGRAMME_SCHEMA, FORM_SCHEMA].flatMap((schema) => keysOf(schema));

describe('every key that a region or a programme can set', () => {
  it('has a test that shows its effect, and every such test is of a key', () => {
    expect(Object.keys(EFFECTS).sort()).toEqual([...new Set(KEYS)].sort());
  });

  it.each(Object.entries(EFFECTS))('%s: that test is there', (_key, [file, test]) => {
    expect(readFileSync(join(projectFolder(), file), 'utf8')).toContain(`'${test}'`);
  });
});
