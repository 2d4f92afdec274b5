import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import { conditionsOf } from './conditions-of.js';
import { compileConditions, judgeApplication } from './judge-application.js';
import { callParameters, freezePack } from './pack.js';
import { RegulationIsWrong } from './read-file.js';
import { readForm, readProgramme, readRegulation } from './read-regulation.js';
import type { RegulationFile } from './regulation-file.js';

const read = (...path: string[]): string => readFileSync(join(projectFolder(), 'config', ...path), 'utf8');
const source = read('regions', 'noord', 'regulation.yaml');
const programme = readProgramme(read('programmes', 'innovatie-wt.yaml'), 'programme');
const formFile = readForm(read('forms', 'innovatie-wt.yaml'), 'form');
const noord = readRegulation(source, 'noord', programme);

const school = { level: 'PO', affiliated: true, board: '90001', province: 'Drenthe' };
const application = {
  lead: { kind: 'PERSON' },
  payee: { kind: 'PERSON' },
  schools: [
    { ...school, brin: '90AA' },
    { ...school, brin: '90AB' },
  ],
  partners: [{ kind: 'SCHOOL_VO', benefitCents: 0 }],
  budget: {
    ...{ totalCents: 800_000, requestedCents: 400_000, minimumCents: 200_000 },
    ...{ ownCashCents: 100_000, inKindCents: 300_000, thirdPartyCents: 0 },
  },
};
const unmet = (changes: Partial<RegulationFile>): string[] => {
  const conditions = compileConditions(conditionsOf(programme, { ...noord, conditions: {}, ...changes }));
  const { verdicts } = judgeApplication(conditions, application);
  return verdicts.flatMap(({ condition, verdict }) => (verdict === 'not-met' ? [condition] : []));
};

describe('a parameter of a regulation', () => {
  const { request } = noord;
  it.each<[string, Partial<RegulationFile>, string]>([
    ['provinces', { provinces: ['Groningen'] }, 'inside-the-area'],
    ['request.minimumCents', { request: { ...request, minimumCents: 400_001 } }, 'request-at-least'],
    ['request.maximumCents', { request: { ...request, maximumCents: 399_999 } }, 'request-at-most'],
    ['request.shareAtMost', { request: { ...request, shareAtMost: '1/3' } }, 'share-at-most'],
    ['request.ownCashAtLeast', { request: { ...request, ownCashAtLeast: '1/5' } }, 'own-cash-at-least'],
    [
      'request.inKindAtMost',
      { request: { ...request, inKindAtMost: { share: '1/3', of: 'total' } } },
      'in-kind-at-most',
    ],
    [
      'request.inKindAtMost.of',
      { request: { ...request, inKindAtMost: { share: '1/2', of: 'co-financing' } } },
      'in-kind-at-most',
    ],
    ['voSchoolIsPartner', { voSchoolIsPartner: false }, 'partner-is-no-school'],
    ['applicants.persons', { applicants: { persons: false } }, 'lead-is-an-organisation'],
    ['payeeIsSchoolBoard', { applicants: { persons: true, payeeIsSchoolBoard: true } }, 'payee-is-a-school-board'],
    [
      'a condition of its own',
      { conditions: { own: { cel: 'schools.size() > 2', label: noord.label, refusal: noord.label } } },
      'own',
    ],
  ])('refuses by the condition it leads to: %s', (_key, changes, condition) => {
    expect(unmet({})).toEqual([]);
    expect(unmet(changes)).toEqual([condition]);
  });

  it('holds for its calls, as the moves of a call and its proposals read it', () => {
    expect(callParameters(noord, 2027, null)).toMatchObject({
      ...{ way: 'tender', ceilingCents: 3_000_000, regime: noord.regime, rubric: noord.rubric, year: 2027 },
      ...{ reviewsPerProposal: 3, seats: noord.committee.seats, quorum: 3, quorumOfEachKind: 1 },
      ...{ interestScope: 'ranking', decisionTerm: 'P6W', decisionTermSource: noord.terms.decision.source },
      ...{ completionTerm: noord.terms.completion.period, reviewTerm: noord.terms.review.period },
    });
  });

  it('changes the hash of the rules that a call freezes, and words alone change that of its texts', () => {
    const frozen = freezePack({ ...programme, formFile }, noord, {});
    const tighter = { ...noord, ranksBy: 'mean' as const };
    expect(freezePack({ ...programme, formFile }, tighter, {}).rulesHash).not.toBe(frozen.rulesHash);
    const renamed = freezePack({ ...programme, formFile }, { ...noord, label: { nl: 'Anders', en: 'Other' } }, {});
    expect([renamed.rulesHash, renamed.textsHash === frozen.textsHash]).toEqual([frozen.rulesHash, false]);
  });
});

describe('a file that cannot be used', () => {
  const lineOf = (text: string, changed: string): number =>
    1 + changed.split('\n').findIndex((line) => line.includes(text));
  it.each<[string, RegExp | string, string, string, string]>([
    ['a key that nothing applies', 'ranksBy:', 'lottery: true\nranksBy:', 'lottery', '/lottery'],
    ['a key inside a group', 'quorum: {', 'deputies: 2\n  quorum: {', 'deputies', '/committee/deputies'],
    [
      'a value that nothing applies',
      /interestScope: .*/,
      'interestScope: region',
      'interestScope',
      '/committee/interestScope',
    ],
    [
      'another source of the term for reviews',
      /review: \{ period: (\w+), source: own-rules/,
      'review: { period: P3W, source: law',
      'review:',
      '/terms/review/source',
    ],
    ['more members of a kind than seats', /ofEachKind: \d/, 'ofEachKind: 3', 'quorum:', '/committee/quorum/ofEachKind'],
    [
      'shares where no part may be awarded',
      'atShortage: stop',
      'atShortage: pro-rata',
      'partialAwards',
      '/distribution/partialAwards',
    ],
    [
      'tranches above the money of the programme',
      'atShortage: stop',
      'tranches: 29\n  atShortage: stop',
      'tranches',
      '/distribution/tranches',
    ],
    [
      'a third review where all are compared',
      '  criteria:',
      '  extraReview: { whenTotalsDifferBy: "1" }\n  criteria:',
      'extraReview',
      '/rubric/extraReview',
    ],
    [
      'a condition under the name of a parameter',
      '  school-plan:',
      '  share-at-most:',
      'share-at-most:',
      '/conditions/share-at-most',
    ],
    ['another programme', 'programme: innovatie-wt', 'programme: other', 'programme: other', '/programme'],
    ['no YAML', 'ranksBy:', 'ranksBy: [', 'rubric', ''],
  ])('names file, line and column: %s', (what, from, to, at, pointer) => {
    const changed = source.replace(from, to);
    let refusal: unknown;
    try {
      readRegulation(changed, 'noord.yaml', programme);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(RegulationIsWrong);
    const { faults, message } = refusal as RegulationIsWrong;
    const [fault] = faults;
    expect(fault?.pointer).toBe(pointer);
    if (what !== 'no YAML') expect(fault?.line).toBe(lineOf(at, changed));
    expect(message).toContain(`noord.yaml:${String(fault?.line)}:${String(fault?.column)}`);
  });
});
