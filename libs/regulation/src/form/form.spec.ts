import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import { conditionsOf } from '../conditions-of.js';
import { compileConditions } from '../judge-application.js';
import { RegulationIsWrong } from '../read-file.js';
import { readForm, readProgramme, readRegulation } from '../read-regulation.js';
import { compileForm, type CompiledForm } from './compiled-form.js';
import { formWith } from './form-file.js';
import { jsonSchemaOf } from './json-schema.js';
import { valueAt, withValueAt } from './paths.js';

const config = (...path: string[]): string => readFileSync(join(projectFolder(), 'config', ...path), 'utf8');
const source = config('forms', 'innovatie-wt.yaml');
const form = readForm(source, 'form');

const formOf = (region: string): CompiledForm => {
  const programme = readProgramme(config('programmes', 'innovatie-wt.yaml'), 'programme');
  const regulation = readRegulation(config('regions', region, 'regulation.yaml'), region, programme);
  return compileForm(formWith(form, regulation.questions), compileConditions(conditionsOf(programme, regulation)));
};
const faults = (region: string, content: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    formOf(region)
      .faults('Een plan', content)
      .map(({ path, code }) => [path, code]),
  );

describe('a form', () => {
  it('names every answer that is missing, in the order in which it is asked', () => {
    const asked = formOf('noord')
      .faults('', {})
      .map(({ path }) => path);
    expect(asked.slice(0, 5)).toEqual(['title', 'summary', 'answers.goal', 'lead.kind', 'lead.name']);
  });

  it('asks only for agreements that a condition of the region reads', () => {
    expect(faults('noord', {})['answers.schoolPlanFiles']).toBe('missing');
    expect(faults('noord', {})['file.measurementPlan']).toBeUndefined();
    expect(faults('midden', {})['file.measurementPlan']).toBe('missing');
  });

  it('asks for the de minimis declaration only when a company gains (Regulation (EU) 2023/2831)', () => {
    const partner = { kind: 'COMPANY', name: 'X', benefitCents: 0 };
    expect(faults('noord', { partners: [partner] })['answers.deMinimisFiles']).toBeUndefined();
    expect(faults('noord', { partners: [{ ...partner, benefitCents: 1 }] })['answers.deMinimisFiles']).toBe('missing');
  });

  it('keeps what was typed and says that it is no answer yet', () => {
    const [fault] = formOf('noord')
      .faults('x', { typed: { 'budget.requestedCents': 'tien euro' } })
      .filter(({ path }) => path === 'budget.requestedCents');
    expect(fault).toMatchObject({ code: 'unreadable', part: 'budget' });
    expect(fault?.message.nl).toContain('bedrag');
  });

  it('wants budget lines that add up to the total, to the cent', () => {
    const budget = (total: number): object => ({
      totalCents: total,
      lines: [
        { label: 'a', cents: 1 },
        { label: 'b', cents: 2 },
      ],
    });
    expect(faults('noord', { budget: budget(3) })['budget.lines']).toBeUndefined();
    expect(faults('noord', { budget: budget(4) })['budget.lines']).toBe('sum');
  });

  it('refuses a minimum above the request, to the cent', () => {
    const budget = (minimumCents: number): object => ({ budget: { requestedCents: 100_000, minimumCents } });
    expect(faults('noord', budget(100_000) as Record<string, unknown>)['budget.minimumCents']).toBeUndefined();
    expect(faults('noord', budget(100_001) as Record<string, unknown>)['budget.minimumCents']).toBe('above-request');
  });

  it('names the cell of a list that it does not understand, and the row whose kind was not chosen', () => {
    const of = (content: Record<string, unknown>): object | undefined =>
      formOf('noord')
        .faults('x', content)
        .find(({ path }) => path === 'partners');
    const rows = [
      { name: 'A', kind: 'PABO' },
      { name: 'B', kind: 'COMPANY' },
    ];
    expect(of({ partners: rows, typed: { 'partners.1.benefitCents': 'veel' } })).toMatchObject({
      ...{
        cell: 'partners.1.benefitCents',
        message: { nl: expect.stringContaining('Rij 2, wat de partner er zelf mee wint') },
      },
    });
    expect(of({ partners: [rows[0], { name: 'B' }] })).toMatchObject({ code: 'enum', cell: 'partners.1.kind' });
    expect(of({ partners: rows })).toBeUndefined();
  });

  it('says how many characters are too many', () => {
    const [fault] = formOf('noord')
      .faults('x', { summary: 'é'.repeat(5120) })
      .filter(({ path }) => path === 'summary');
    expect(fault?.message).toEqual({
      nl: 'Schrijf ten hoogste 5000 tekens. Nu zijn het er 120 te veel.',
      en: 'Write at most 5000 characters. Now there are 120 too many.',
    });
  });

  it('knows a wrong account number by its check digits', () => {
    expect(faults('noord', { payee: { iban: 'NL02ABNA0123456789' } })['payee.iban']).toBeUndefined();
    expect(faults('noord', { payee: { iban: 'NL03ABNA0123456789' } })['payee.iban']).toBe('format');
  });

  it('says which answers may be repaired when the call has closed', () => {
    expect(formOf('zuidwest').repairable()).toEqual([
      'lead.institution',
      'answers.deMinimisFiles',
      'file.boardConsent',
      'payee.name',
      'payee.iban',
    ]);
  });

  it('asks what a region adds, at the end of its part', () => {
    const own = {
      part: 'idea',
      label: { nl: 'n', en: 'e' },
      schema: { type: 'string' },
      kind: 'text',
      reviewers: true,
    } as const;
    const { parts, questions } = formWith(form, { 'answers.own': own });
    expect(parts['idea']?.questions.at(-1)).toBe('answers.own');
    expect(questions['answers.own']?.label.en).toBe('e');
  });

  it('keeps the files that are stored, whatever is written over them', () => {
    const noord = formOf('noord');
    const stored = { answers: { attachments: [{ id: 'a' }], goal: 'x' } };
    const forged = { answers: { attachments: [{ id: 'b' }], goal: 'y' }, plan: {} };
    expect(noord.withFilesOf(stored, forged)).toEqual({ answers: { attachments: [{ id: 'a' }], goal: 'y' }, plan: {} });
    expect(noord.withFilesOf({}, forged)).toEqual({ answers: { goal: 'y' }, plan: {} });
    expect(noord.withFilesOf(stored, {})).toEqual({ answers: { attachments: [{ id: 'a' }] } });
    expect(noord.withFilesOf({}, { answers: {} })).toEqual({ answers: {} });
  });

  it('counts files as an answer, and hides those that are not for the committee', () => {
    const content = { answers: { attachments: [{ id: 'a' }], deMinimisFiles: [{ id: 'b' }] } };
    expect(formOf('noord').forReviewers(content)).toEqual({ answers: { attachments: [{ id: 'a' }] } });
    const eleven = { answers: { attachments: Array.from({ length: 11 }, () => ({})) } };
    expect(faults('noord', eleven)['answers.attachments']).toBe('maxItems');
  });

  it('tells conditions what a file proves, and nothing that was typed', () => {
    const typed = { file: { schoolPlanProof: true, boardConsent: true } };
    const noord = formOf('noord');
    expect(noord.factsIn(typed)).toEqual({ file: { boardConsent: true } });
    const answers = { schoolPlanFiles: [{ id: 'a' }] };
    expect(noord.factsIn({ answers })).toEqual({ answers, file: { schoolPlanProof: true } });
    expect(noord.factsIn({ answers }, ['a'])).toEqual({ answers });
    expect(noord.questionOf('file.schoolPlanProof')).toBe('answers.schoolPlanFiles');
    expect(noord.questionOf('plan.months')).toBe('plan.months');
  });

  it('is one JSON Schema for programs', () => {
    const schema = jsonSchemaOf(form) as { properties: { budget: { properties: Record<string, unknown> } } };
    expect(schema.properties.budget.properties['requestedCents']).toMatchObject({ type: 'integer', minimum: 1 });
  });

  it.each([
    ['a part that is not there', /order: \[idea/, 'order: [ideas', '/order'],
    ['a question that nobody asks', /summary, answers.goal\]/, 'summary]', '/questions/answers.goal'],
    ['a condition that does not compile', /partners.exists\(p, p.kind ==/, 'partners.exists(p, p.kinds ==', '/when'],
    ['a schema that is none', /format: iban/, 'format: ibans', '/schema'],
    ['files without a limit', /minItems: 1, maxItems: 10 }/, 'minItems: 1 }', '/questions/answers.attachments/schema'],
    ['kinds of files where none are asked', /kind: text/, 'kind: text\n    accepts: [pdf]', '/accepts'],
    [
      'a proof that is no file',
      /kind: yes-no\n    reviewers/,
      'kind: yes-no\n    proves: file.sharingPlan\n    reviewers',
      '/proves',
    ],
    ['a proof of what is answered as well', /proves: file.schoolPlanProof/, 'proves: file.sharingPlan', '/proves'],
    ['a proof of what no condition can read', /proves: file.schoolPlanProof/, 'proves: file.pages', '/proves'],
    [
      'an answer asked when it is judged that nothing can judge',
      /kind: lines/,
      'kind: lines\n    whenJudged: true',
      '/questions/budget.lines/whenJudged',
    ],
    [
      'words for a condition that is not there',
      /kind: text/,
      'kind: text\n    asked: { label: { nl: x, en: x } }',
      '/asked',
    ],
    ['a kind of file that is never taken', /\[pdf, png, jpg\]/, '[svg]', '/accepts'],
  ])('refuses %s, and says where', (_, from, to, pointer) => {
    let refusal: unknown;
    try {
      readForm(source.replace(from, to), 'form');
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(RegulationIsWrong);
    expect((refusal as RegulationIsWrong).faults.map((fault) => fault.pointer).join()).toContain(pointer);
  });
});

describe('a path', () => {
  it('reads, writes and takes away without leaving empty branches', () => {
    const tree = withValueAt({}, 'budget.requestedCents', 5);
    expect(valueAt(tree, 'budget.requestedCents')).toBe(5);
    expect(withValueAt(tree, 'budget.requestedCents', undefined)).toEqual({});
  });

  it('never reads what an object inherits', () => {
    expect(valueAt({}, 'constructor.name')).toBeUndefined();
    expect(valueAt(withValueAt({}, '__proto__.x', 1), 'y')).toBeUndefined();
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
