import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileCondition, evaluateCondition, type FactSchema, type Judgement } from './index.js';

const SCHEMA: FactSchema = {
  'call.closesAt': 'instant',
  'call.grace': 'int',
  'budget.requestedCents': 'cents',
  'budget.totalCents': 'cents',
  'file.consent': 'bool',
  'file.plan': 'bool',
  receivedAt: 'instant',
  schools: { list: 'School', fields: { brin: 'string', board: 'string', level: 'string' } },
  partners: { list: 'Partner', fields: { kind: 'string', benefitCents: 'cents' } },
};

const problemsOf = (text: string): readonly { code: string; line: number; column: number; caret: string }[] => {
  const answer = compileCondition(text, SCHEMA);
  return 'problems' in answer ? answer.problems : [];
};

const judge = (text: string, facts: Record<string, unknown>): Judgement => {
  const answer = compileCondition(text, SCHEMA);
  if ('problems' in answer) throw new Error(answer.problems.map((p) => p.message).join());
  return evaluateCondition(answer.condition, facts);
};

const school = (brin: string, board?: string): Record<string, string> =>
  board === undefined ? { brin } : { brin, board };

describe('compiling a condition', () => {
  it.each([
    ['budget.requested > 1', 'no-such-key', 8],
    ['budget.requestedCents > "1"', 'no-such-overload', 1],
    ['receivedAt <', 'unexpected-token', 13],
    ['unknownFact', 'unknown-variable', 1],
    ['1.5 < 2.5', 'not-allowed', 1],
    ['"a".matches("a+")', 'not-allowed', 1],
    ['dyn(1) == 1', 'not-allowed', 1],
    ['has(file.consent)', 'not-allowed', 1],
    ['budget.totalCents', 'not-a-condition', 1],
  ])('refuses %s and shows the place', (text, code, column) => {
    const [problem] = problemsOf(text);
    expect(problem?.code).toBe(code);
    expect(problem?.column).toBe(column);
    expect(problem?.caret.split('\n')[1]).toBe(`${' '.repeat(column - 1)}^`);
  });

  it('names line and column in a text of several lines', () => {
    expect(problemsOf('file.consent\n && file.nothing')[0]).toMatchObject({ line: 2, column: 10 });
  });

  it('refuses loops nested three deep, and two that are nested and heavy', () => {
    const three = 'schools.all(a, schools.all(b, schools.all(c, a.brin != c.brin)))';
    expect(problemsOf(three)[0]?.code).toBe('not-allowed');
    const pair = 'schools.all(a, schools.all(b, a.brin == b.brin))';
    expect(problemsOf(pair)).toEqual([]);
    expect(problemsOf(`${pair} && ${pair} && ${pair}`)[0]?.code).toBe('too-much-work');
  });

  it('never throws and never hangs, whatever the text', () => {
    const word = fc.constantFrom(
      'schools',
      '.all(',
      's,',
      '(',
      ')',
      '&&',
      '||',
      '!',
      'file.consent',
      '"',
      '1',
      '>',
      '[',
      ']',
      '?',
      ':',
      '+',
      '\n',
      '{',
      'é',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
        ),
        (text) => {
          compileCondition(text, SCHEMA);
        },
      ),
      { seed: 6, numRuns: 2_000 },
    );
    expect(problemsOf('('.repeat(1_900))).toHaveLength(1);
    expect(problemsOf('x'.repeat(5_000))[0]?.code).toBe('too-long');
  });
});

describe('judging a condition', () => {
  it('compares instants to the microsecond', () => {
    const text = 'receivedAt < call.closesAt + minutes(call.grace)';
    const at = (receivedAt: string): string =>
      judge(text, { receivedAt, call: { closesAt: '2027-01-31T16:00:00Z', grace: 5n } }).verdict;
    expect(at('2027-01-31T16:04:59.999999Z')).toBe('met');
    expect(at('2027-01-31T16:05:00.000000Z')).toBe('not-met');
  });

  it('cannot judge without a fact, and names what is missing', () => {
    expect(judge('file.consent', {})).toEqual({ verdict: 'cannot-be-judged', facts: {}, missing: ['file.consent'] });
    expect(judge('file.consent && file.plan', { file: { consent: false } }).verdict).toBe('cannot-be-judged');
    expect(judge('distinctBoards(schools) >= 2', { schools: [school('90AA'), school('90AB', '90001')] })).toMatchObject(
      {
        verdict: 'cannot-be-judged',
      },
    );
  });

  it('is met when what is known suffices', () => {
    expect(judge('file.consent || file.plan', { file: { plan: true } }).verdict).toBe('met');
    expect(judge('!partners.exists(p, p.kind == "COMPANY") || file.consent', { partners: [] }).verdict).toBe('met');
  });

  it('counts sites of one BRIN once', () => {
    const facts = { schools: [school('90AA', '90001'), school('90AA', '90001'), school('90AB', '90001')] };
    expect(judge('distinctSchools(schools) >= 2', facts).verdict).toBe('met');
    expect(judge('distinctBoards(schools) >= 2', facts)).toMatchObject({ verdict: 'not-met', missing: [] });
  });

  it('explains itself with the facts that it read, and no others', () => {
    const facts = { budget: { requestedCents: 5n, totalCents: 5n }, file: { consent: true } };
    const judgement = judge('budget.requestedCents < budget.totalCents', facts);
    expect(judgement).toEqual({
      verdict: 'not-met',
      facts: { 'budget.requestedCents': 5n, 'budget.totalCents': 5n },
      missing: [],
    });
  });

  it('reads no inherited property as a fact', () => {
    expect(judge('file.consent', { file: Object.create({ consent: true }) as object }).verdict).toBe(
      'cannot-be-judged',
    );
  });

  it('takes a fact of another type, a fraction or a list that is too long as absent', () => {
    expect(judge('budget.totalCents > 1', { budget: { totalCents: 1.5 } }).verdict).toBe('cannot-be-judged');
    expect(judge('budget.totalCents > 1', { budget: { totalCents: '5' } }).verdict).toBe('cannot-be-judged');
    const many = Array.from({ length: 101 }, (_, i) => school(`${i}`));
    expect(judge('distinctSchools(schools) >= 2', { schools: many }).verdict).toBe('cannot-be-judged');
  });

  it('follows the laws of three values: taking a fact away never turns a verdict into its opposite', () => {
    const texts = [
      'file.consent && file.plan',
      'file.consent || !file.plan',
      '!(file.consent && file.plan)',
      'file.consent == file.plan',
    ];
    const some = fc.record({ consent: fc.boolean(), plan: fc.boolean() });
    fc.assert(
      fc.property(fc.constantFrom(...texts), some, fc.subarray(['consent', 'plan'] as const), (text, file, removed) => {
        const full = judge(text, { file }).verdict;
        const left = Object.fromEntries(Object.entries(file).filter(([key]) => !removed.includes(key as 'consent')));
        const partial = judge(text, { file: left }).verdict;
        expect(removed.length === 0 ? [full] : [full, 'cannot-be-judged']).toContain(partial);
        if (removed.length > 0) expect(partial).not.toBe('not-met');
      }),
      { seed: 7 },
    );
  });
});
