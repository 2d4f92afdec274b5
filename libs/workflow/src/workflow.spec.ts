import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as workflowLibrary from './index.js';
import type { Catalogue, Situation, VerifiedWorkflow, WorkflowDefinition } from './index.js';

const { checkWorkflow, loadWorkflow, move, permitted, rulesHash, rulesOf, termsIn, textsOf } = workflowLibrary;

const CATALOGUE: Catalogue = {
  subject: 'letter',
  roles: ['writer', 'reader', 'system'],
  facts: {
    'letter.signed': { type: 'bool', owner: 'proposal', audience: 'all' },
    'letter.secret': { type: 'bool', owner: 'review', audience: ['reader'] },
    'purse.leftCents': { type: 'cents', owner: 'ledger', ledger: 'purse', audience: 'all' },
    'letter.dueAt': { type: 'instant', owner: 'call', audience: 'all' },
  },
  effects: ['stamp'],
  templates: ['thanks'],
  payload: { reason: 'text', amountCents: 'cents', items: 'texts', urgent: 'flag' },
  evidence: ['sentAt'],
  ledgers: ['purse'],
  tasks: ['look'],
  asks: { review: ['release'] },
};

const GOOD = `
workflow: letter
subject: letter
start: Draft
conditions:
  signed: { cel: letter.signed, refusal: { nl: Zet uw handtekening., en: Sign it. } }
  can-be-paid: { cel: purse.leftCents > 0, refusal: { nl: Er is geen geld., en: There is no money. } }
terms:
  answer: { entering: [Sent], period: P6W, source: law, suspended-in: [Waiting], ends-in: [Answered, Torn], remind: [-P5WD], on-expiry: { action: tear } }
states:
  Draft:
    phase: preparing
    label: { nl: Concept, en: Draft }
    waits-for: writer
    actions:
      send: { by: [writer], to: Sent, when: [signed, can-be-paid], needs: [reason], asks: [amountCents], locks: [purse], then: [stamp, notify: thanks] }
      tear: { by: [writer], to: Torn }
  Sent:
    phase: submitted
    label: { nl: Verzonden, en: Sent }
    waits-for: reader
    actions:
      ask: { by: [reader], to: Waiting }
      answer: { by: [reader], to: Answered, warns: [signed] }
      tear: { by: [system], to: Torn }
  Waiting:
    phase: screening
    label: { nl: Wacht, en: Waiting }
    waits-for: writer
    actions:
      explain: { by: [writer], to: Sent }
  Answered: { phase: ended, label: { nl: Beantwoord, en: Answered }, final: true }
  Torn: { phase: ended, label: { nl: Verscheurd, en: Torn }, final: true }
`;

const verified = (): VerifiedWorkflow => {
  const answer = checkWorkflow(GOOD, 'letter.yaml', [CATALOGUE]);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer.workflow;
};

/** Codes and places of the problems after one replacement in the good text. */
const after = (from: string, to: string): string[] => {
  expect(GOOD).toContain(from);
  return checkWorkflow(GOOD.replace(from, to), 'letter.yaml', [CATALOGUE]).problems.map(
    (p) => `${p.code} ${p.line}:${p.column}`,
  );
};

/** Where a piece of text stands after the replacement, as `line:column`. */
const placeOf = (piece: string, from: string, to: string): string => {
  const text = GOOD.replace(from, to);
  expect(text).toContain(piece);
  const before = text.slice(0, text.indexOf(piece)).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
};

const aSituation = (changes: Partial<Situation> = {}): Situation => ({
  state: 'Draft',
  roles: ['writer'],
  facts: { letter: { signed: true }, purse: { leftCents: 5n } },
  ...changes,
});

describe('verification names file, line and column of', () => {
  it.each([
    ['an unknown start', 'start: Draft', 'start: Nowhere', 'unknown-state', 'start: Nowhere'],
    ['an unknown state', 'to: Waiting', 'to: Wating', 'unknown-state', 'to: Wating'],
    ['an unknown role', 'by: [reader], to: Waiting', 'by: [raeder], to: Waiting', 'unknown-role', 'raeder'],
    ['an unknown effect', '[stamp,', '[stomp,', 'unknown-effect', 'stomp'],
    ['an unknown template', 'notify: thanks', 'notify: thank', 'unknown-template', 'notify: thank'],
    ['an unknown condition', 'warns: [signed]', 'warns: [singed]', 'unknown-condition', 'singed]'],
    [
      'an unknown condition of an offer',
      'tear: { by: [writer], to: Torn }',
      'tear: { by: [writer], to: Torn, offered-when: [singed] }',
      'unknown-condition',
      'singed]',
    ],
    ['an unknown payload field', 'needs: [reason]', 'needs: [raison]', 'unknown-payload', 'raison'],
    [
      'an unknown fact, inside the text',
      'cel: letter.signed',
      'cel: letter.singed',
      'condition-no-such-key',
      'singed, refusal',
    ],
    ['an unknown key', 'waits-for: reader', 'waits-for: reader\n    wait: 1', 'unknown-key', 'wait: 1'],
    ['a missing language', 'en: Sign it.', 'de: Ja', 'unknown-key', 'de: Ja'],
    ['an unknown phase', 'phase: screening', 'phase: screened', 'wrong-value', 'phase: screened'],
    ['nobody responsible', '    waits-for: reader\n', '', 'nobody-responsible', 'Sent:\n'],
    ['a lock that is missing', 'locks: [purse], ', '', 'lock-missing', 'send: {'],
    ['a period that is none', 'period: P6W', 'period: six weeks', 'not-a-period', 'period: six'],
    ['a length without a source', 'source: law, ', '', 'term-length', 'answer: { entering'],
    ['a reminder that is none', 'remind: [-P5WD]', 'remind: [soon]', 'not-a-period', 'soon'],
    [
      'a term that never ends',
      'ends-in: [Answered, Torn]',
      'ends-in: [Answered]',
      'term-never-ends',
      'ends-in: [Answered]',
    ],
    [
      'an action at the end of a term that the system does not have',
      'action: tear',
      'action: send',
      'unknown-action',
      'on-expiry',
    ],
  ])('%s', (_what, from, to, code, piece) => {
    expect(after(from, to)).toContain(`${code} ${placeOf(piece, from, to)}`);
  });

  it('a fact that a role may not know', () => {
    expect(after('cel: letter.signed', 'cel: letter.secret')).toEqual(['audience 16:7']);
  });

  it('a state that cannot be reached, and one without a way to an end', () => {
    const lonely =
      '  Lonely: { phase: screening, label: { nl: A, en: A }, waits-for: reader, actions: { stay: { by: [reader], to: Lonely } } }\n';
    expect(after('  Answered: {', `${lonely}  Answered: {`)).toEqual(['unreachable-state 32:3', 'no-way-out 32:3']);
  });

  it('a duplicate key, and YAML that is none', () => {
    expect(after('start: Draft', 'start: Draft\nstart: Sent')[0]).toMatch(/^yaml-duplicate-key 5:/);
    expect(after('start: Draft', 'start: [')[0]).toMatch(/^yaml-/);
  });

  it('all faults at once', () => {
    const text = GOOD.replace('to: Waiting', 'to: Wating').replace('[stamp,', '[stomp,');
    const codes = checkWorkflow(text, 'x', [CATALOGUE]).problems.map((p) => p.code);
    expect(codes).toEqual(expect.arrayContaining(['unknown-state', 'unknown-effect', 'unreachable-state']));
  });

  it('anything, without ever throwing', () => {
    const line = fc.constantFrom(
      ...GOOD.split('\n'),
      '- a',
      'a: &x [*x]',
      '{',
      '? :',
      '\t',
      'states: 5',
      '<<: *y',
      '!!js/function x',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        checkWorkflow(lines.join('\n'), 'x', [CATALOGUE]);
      }),
      { seed: 8, numRuns: 300 },
    );
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((c, i) => `${c}: &${c} [${`*${'abcdefgh'[i]!},`.repeat(9)}x]`)
      .join('\n')}`;
    expect(checkWorkflow(bomb, 'x', [CATALOGUE]).ok).toBe(false);
  });
});

describe('what is permitted', () => {
  it('lists only actions of the actor, each with every reason why not', () => {
    const [send, tear, ...others] = permitted(verified(), aSituation({ facts: { letter: { signed: false } } }));
    expect(others).toEqual([]);
    expect(tear).toMatchObject({ action: 'tear', allowed: true });
    expect(send).toMatchObject({
      action: 'send',
      allowed: false,
      needs: { reason: 'text' },
      optional: { amountCents: 'cents' },
    });
    expect(send?.refusals.map((r) => [r.condition, r.verdict, r.text.nl])).toEqual([
      ['signed', 'not-met', 'Zet uw handtekening.'],
      ['can-be-paid', 'cannot-be-judged', 'Er is geen geld.'],
    ]);
  });

  it('lists what is not offered now to nobody, and still refuses it with its reason', () => {
    const text = GOOD.replace(
      'tear: { by: [writer], to: Torn }',
      'tear: { by: [writer], to: Torn, offered-when: [signed] }',
    );
    const answer = checkWorkflow(text, 'letter.yaml', [CATALOGUE]);
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
    const { workflow } = answer;
    const listed = (facts: Situation['facts']): string[] =>
      permitted(workflow, aSituation({ facts })).map(({ action }) => action);
    expect(listed({ letter: { signed: true } })).toEqual(['send', 'tear']);
    expect(listed({ letter: { signed: false } })).toEqual(['send']);
    expect(listed({})).toEqual(['send']);
    expect(() => move(workflow, aSituation({ facts: { letter: { signed: false } } }), 'tear')).toThrow('Sign it.');
    expect(workflow.lockOwners.get('tear')).toEqual(['proposal']);
  });

  it('is nothing for a role without actions here', () => {
    expect(permitted(verified(), aSituation({ roles: ['reader'] }))).toEqual([]);
    expect(permitted(verified(), aSituation({ state: 'Torn' }))).toEqual([]);
  });
});

describe('a move', () => {
  it('tells what follows', () => {
    const moved = move(verified(), aSituation(), 'send', { reason: 'Dag' });
    expect(moved).toMatchObject({ from: 'Draft', to: 'Sent', phase: 'submitted', warnings: [] });
    expect(moved.effects).toEqual([
      { kind: 'effect', name: 'stamp' },
      { kind: 'notify', template: 'thanks' },
    ]);
    expect(moved.factsUsed).toEqual({ 'letter.signed': true, 'purse.leftCents': 5n });
    expect(moved.terms).toMatchObject([{ name: 'answer', begins: true, stands: false, ends: false }]);
  });

  it('is refused with all reasons, unless they are only warnings', () => {
    const unsigned = { facts: { letter: { signed: false }, purse: { leftCents: 0n } } };
    expect(() => move(verified(), aSituation(unsigned), 'send', { reason: 'x' })).toThrow(
      'Sign it. There is no money.',
    );
    const answered = move(verified(), aSituation({ ...unsigned, state: 'Sent', roles: ['reader'] }), 'answer');
    expect(answered.warnings.map((w) => w.condition)).toEqual(['signed']);
  });

  it('of another role does not exist; of another moment cannot be made now', () => {
    expect(() => move(verified(), aSituation(), 'answer')).toThrow(workflowLibrary.ActionUnknown);
    expect(() => move(verified(), aSituation({ state: 'Sent' }), 'send')).toThrow(workflowLibrary.ActionNotNow);
    expect(() => move(verified(), aSituation({ state: 'Sent' }), 'constructor')).toThrow(workflowLibrary.ActionUnknown);
  });

  it.each([
    [{}, [{ field: 'reason', fault: 'missing' }]],
    [{ reason: '  ' }, [{ field: 'reason', fault: 'missing' }]],
    [{ reason: 'x', urgent: true }, [{ field: 'urgent', fault: 'unknown' }]],
    [
      { reason: 5, amountCents: 1.5 },
      [
        { field: 'reason', fault: 'wrong-type' },
        { field: 'amountCents', fault: 'wrong-type' },
      ],
    ],
  ])('with %j tells every fault of what was given', (payload, faults) => {
    try {
      move(verified(), aSituation(), 'send', payload);
      throw new Error('accepted');
    } catch (error) {
      expect(error).toMatchObject({ code: 'payload-is-wrong', faults });
    }
  });

  it('is not made without the confirmation that it needs', () => {
    const answer = checkWorkflow(GOOD.replace('needs: [reason]', 'needs: [urgent]'), 'letter.yaml', [CATALOGUE]);
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
    const { workflow } = answer;
    expect(() => move(workflow, aSituation(), 'send', { urgent: false })).toThrow(workflowLibrary.PayloadIsWrong);
    expect(move(workflow, aSituation(), 'send', { urgent: true }).to).toBe('Sent');
  });

  it('locks the owners of the facts that its conditions read, in one order', () => {
    expect(verified().lockOwners.get('send')).toEqual(['proposal', 'ledger']);
    expect(verified().lockOwners.get('tear')).toEqual([]);
  });

  it('knows in which states a term stands and ends', () => {
    expect(termsIn(verified(), 'Waiting')).toMatchObject([{ stands: true, ends: false }]);
    expect(termsIn(verified(), 'Torn')).toMatchObject([{ stands: false, ends: true }]);
  });
});

describe('frozen rules', () => {
  const definition = (): WorkflowDefinition => verified().definition;

  it('keep their hash when only words change, and change it when anything decides differently', () => {
    const reworded = GOOD.replace('Zet uw handtekening.', 'Onderteken.').replace('nl: Concept', 'nl: Kladje');
    const hash = (text: string): string => {
      const answer = checkWorkflow(text, 'x', [CATALOGUE]);
      return answer.ok ? rulesHash(answer.workflow.definition) : 'faulty';
    };
    expect(hash(reworded)).toBe(hash(GOOD));
    expect(hash(GOOD.replace('P6W', 'P7W'))).not.toBe(hash(GOOD));
    expect(hash(GOOD.replace('purse.leftCents > 0', 'purse.leftCents > 1'))).not.toBe(hash(GOOD));
  });

  it('come back as they were, with their words', () => {
    const loaded = loadWorkflow(JSON.parse(JSON.stringify(rulesOf(definition()))), textsOf(definition()), [CATALOGUE]);
    expect(loaded.definition).toEqual(definition());
    expect(permitted(loaded, aSituation())).toEqual(permitted(verified(), aSituation()));
  });

  it('are refused when the code no longer has a fact that they read', () => {
    const facts = Object.fromEntries(Object.entries(CATALOGUE.facts).filter(([path]) => path !== 'letter.signed'));
    expect(() => loadWorkflow(rulesOf(definition()), textsOf(definition()), [{ ...CATALOGUE, facts }])).toThrow(
      /does not fit/,
    );
  });
});
