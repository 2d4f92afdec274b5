import { describe, expect, it } from '@jest/globals';
import { compileForm, type FormFile, type FormQuestion } from '#lib/regulation';
import { carryOver } from './carry-over.js';

const text = { nl: 'Vraag', en: 'Question' };
const asks = (kind: FormQuestion['kind'], more: Partial<FormQuestion> = {}): FormQuestion => ({
  ...{ label: text, schema: {}, kind, reviewers: true },
  ...more,
});
const form = (questions: FormFile['questions']) =>
  compileForm(
    { form: 'f', order: ['all'], parts: { all: { label: text, questions: Object.keys(questions) } }, questions },
    new Map(),
  );
const OLD = form({
  summary: asks('text'),
  'lead.kind': asks('choice', { choices: { ORGANISATION: { label: text }, PERSON: { label: text } } }),
  'lead.name': asks('line'),
  'answers.old': asks('text'),
  'file.boardConsent': asks('tick'),
  'file.sharingPlan': asks('tick'),
});
const CONTENT = {
  summary: 'Leerlingen bouwen een brug.',
  lead: { kind: 'PERSON', name: 'J. Jansen' },
  answers: { old: 'Dit vroeg men toen.' },
  file: { boardConsent: true, sharingPlan: false },
};
const carried = (to: FormFile['questions'], content: object = CONTENT) =>
  carryOver({ title: 'Bruggen', content: content as Record<string, unknown> }, OLD, form(to));
const why = ({ leftOut }: ReturnType<typeof carried>): readonly string[] => leftOut.map((one) => one.why);

describe('carrying answers over', () => {
  it('keeps every answer that the new form asks too, and tells of each that it does not', () => {
    const result = carried({ summary: asks('text'), 'lead.name': asks('line') });
    expect(result.content).toEqual({ summary: CONTENT.summary, lead: { name: 'J. Jansen' } });
    expect(why(result)).toEqual(['not-asked', 'not-asked', 'not-asked']);
  });

  it('leaves out a choice that is no longer there', () => {
    const kind = asks('choice', { choices: { ORGANISATION: { label: text } } });
    const result = carried({ 'lead.kind': kind });
    expect(result.content).toEqual({});
    expect(why(result)).toContain('choice-gone');
  });

  it('asks anew what was declared for one proposal; what was not ticked declared nothing', () => {
    const result = carried({ 'file.boardConsent': asks('tick'), 'file.sharingPlan': asks('tick') });
    expect(result.content).toEqual({});
    expect(why(result).filter((one) => one === 'declaration')).toHaveLength(1);
  });

  it('keeps an answer that the new form finds too long: nothing that was written is lost', () => {
    const result = carried({ summary: asks('text', { schema: { type: 'string', maxLength: 5 } }) });
    expect(result.content).toEqual({ summary: CONTENT.summary });
  });

  it('does not ask a question that hung on an answer which stayed behind', () => {
    const questions = {
      'lead.kind': asks('choice', { choices: { ORGANISATION: { label: text } } }),
      'lead.name': asks('line', { when: 'lead.kind == "PERSON"' }),
    };
    expect(carried(questions).content).toEqual({});
    const person = asks('choice', { choices: { PERSON: { label: text } } });
    expect(carried({ ...questions, 'lead.kind': person }).content).toEqual({ lead: CONTENT.lead });
  });
});
