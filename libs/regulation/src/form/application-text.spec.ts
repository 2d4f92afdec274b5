import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import { conditionsOf } from '../conditions-of.js';
import { compileConditions } from '../judge-application.js';
import { readForm, readProgramme, readRegulation } from '../read-regulation.js';
import { applicationText, NOT_ASKED } from './application-text.js';
import { compileForm } from './compiled-form.js';
import { formWith } from './form-file.js';
import { withValueAt } from './paths.js';

const config = (...path: string[]): string => readFileSync(join(projectFolder(), 'config', ...path), 'utf8');
const programme = readProgramme(config('programmes', 'innovatie-wt.yaml'), 'programme');
const regulation = readRegulation(config('regions', 'noord', 'regulation.yaml'), 'noord', programme);
const file = formWith(readForm(config('forms', 'innovatie-wt.yaml'), 'form'), regulation.questions);
const form = compileForm(file, compileConditions(conditionsOf(programme, regulation)));
const words = {
  language: 'nl' as const,
  say: (key: string, values: Readonly<Record<string, unknown>> = {}) => [key, ...Object.values(values)].join(' '),
};

type Content = Readonly<Record<string, unknown>>;
const textOf = (content: Content, isWhole = true): string =>
  applicationText(form, content, { words, isWhole })
    .flatMap(({ questions }) => questions.flatMap(({ lines }) => lines ?? []))
    .join('\n');
/** Account numbers stand in groups of four. */
const squeezed = (text: string): string => text.replace(/\s/g, '');

const typed = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const anything = fc.jsonValue({ maxDepth: 3 });
const paths = Object.keys(file.questions);
const place = fc.oneof(
  fc.constantFrom(...paths),
  fc.constantFrom(...paths).map((path) => `${path}.0.cents`),
  fc.constantFrom('answers.formerly', 'strange', 'budget', 'answers.a.b'),
  typed,
);

/** Every text in a value; names of fields were not typed, and files and choices are shown by other words. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('an application as text', () => {
  it('leaves out nothing that was typed, whatever it is and wherever it stands', () => {
    const content = fc
      .tuple(
        fc.array(fc.tuple(place, fc.oneof(typed, anything)), { maxLength: 8 }),
        fc.dictionary(place, fc.oneof(typed, anything)),
      )
      .map(([given, kept]): Content => {
        const answers = given.reduce<Content>((all, [path, value]) => withValueAt(all, path, value ?? undefined), {});
        return { ...answers, typed: kept };
      });
    fc.assert(
      fc.property(content, (all) => {
        const { title, ...rest } = all;
        const text = squeezed(textOf(all));
        const isTold = (one: string): boolean => text.includes(squeezed(one));
        return textsIn(rest).every((one) => isTold(one) || paths.some((path) => file.questions[path]?.choices?.[one]));
      }),
      { numRuns: 500 },
    );
  });

  it('follows the form: its parts and questions in their order and words, and says which have no answer', () => {
    const parts = applicationText(form, { title: 'Schoon water', summary: 'Een\n\nplan' }, { words, isWhole: true });
    expect(parts.map(({ key }) => key)).toEqual(file.order);
    const questions = parts.flatMap((part) => part.questions);
    expect(questions.slice(0, 3)).toMatchObject([
      { path: 'title', label: file.questions['title']?.label.nl, lines: ['Schoon water'] },
      { path: 'summary', lines: ['Een', '', 'plan'] },
      { path: 'answers.goal', lines: null },
    ]);
  });

  it('keeps beside a row of a list what was typed in it and is no amount', () => {
    const partners = [{ kind: 'COMPANY', name: 'Kwekerij', kvk: '90000001', benefitCents: 0 }, { name: 'Bakker' }];
    const text = textOf({ partners, typed: { 'partners.1.benefitCents': 'weinig' } });
    expect(text).toContain('Kwekerij · partner-kind.COMPANY · KvK 90000001\nBakker · weinig');
  });

  it('tells at the end what is not asked any more', () => {
    const parts = applicationText(form, { answers: { formerly: 'Dit schreef ik' } }, { words, isWhole: true });
    expect(parts.at(-1)).toMatchObject({
      key: NOT_ASKED,
      questions: [{ path: 'answers.formerly', lines: ['Dit schreef ik'] }],
    });
  });

  it('tells reviewers only what is meant for the committee', () => {
    const content = {
      summary: 'Een plan',
      ...{ payee: { name: 'Stichting', iban: 'NL02ABNA0123456789' }, answers: { formerly: 'Dit schreef ik' } },
      typed: { 'payee.iban': 'NL00', 'budget.totalCents': 'veel' },
    };
    const parts = applicationText(form, form.forReviewers(content), { words, isWhole: false });
    const questions = parts.flatMap((part) => part.questions);
    expect(questions.some(({ path }) => file.questions[path]?.reviewers === false)).toBe(false);
    expect(JSON.stringify(parts)).toContain('Een plan');
    expect(JSON.stringify(parts)).not.toMatch(/Dit schreef ik|NL02|NL00|Stichting|veel/);
  });
});
