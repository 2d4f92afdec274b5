import { describe, expect, it } from '@jest/globals';
import { onceParameters, onceWords, type OnceRule } from './once-rule.js';

const RULES: readonly [OnceRule, string, string][] = [
  [
    { per: 'school', within: 'year', atMost: 1 },
    'Per school en jaar is er ten hoogste 1 aanvraag. Trek deze aanvraag of een eerdere in.',
    'There is at most 1 proposal per school and year. Withdraw this proposal or an earlier one.',
  ],
  [
    { per: 'board', within: 'call', atMost: 2 },
    'Per schoolbestuur en ronde zijn er ten hoogste 2 aanvragen. Trek deze aanvraag of een eerdere in.',
    'There are at most 2 proposals per school board and call. Withdraw this proposal or an earlier one.',
  ],
  [
    { per: 'board', within: 'programme', atMost: 1 },
    'Per schoolbestuur in dit programma is er ten hoogste 1 aanvraag. Trek deze aanvraag of een eerdere in.',
    'There is at most 1 proposal per school board in this programme. Withdraw this proposal or an earlier one.',
  ],
  [
    { per: 'board', notAwarded: 'last-year' },
    'Een schoolbestuur dat vorig jaar geld kreeg uit dit programma, vraagt dit jaar niet aan. Vraag volgend jaar weer aan.',
    'A school board that got money from this programme last year does not apply this year. Apply again next year.',
  ],
];

describe('the once-rule of a region', () => {
  it.each(RULES)('%j says what it asks, and how to keep to it', (rule, nl, en) => {
    const { label, refusal } = onceWords(rule);
    expect([`${label.nl} ${refusal.nl}`, `${label.en} ${refusal.en}`]).toEqual([nl, en]);
  });

  it('of another kind reads as the region wrote it', () => {
    const label = { nl: 'Een leraar vraagt één keer aan.', en: 'A teacher applies once.' };
    expect(onceWords({ label }).label).toEqual(label);
  });

  it('lets as many stand before a proposal as keep it within the limit, and no award', () => {
    expect(onceParameters({ per: 'board', within: 'call', atMost: 2 })).toEqual({
      ...{ per: 'board', counts: 'proposals', within: 'call', most: 1 },
    });
    expect(onceParameters({ per: 'school', notAwarded: 'last-year' })).toEqual({
      ...{ per: 'school', counts: 'awards', within: 'last-year', most: 0 },
    });
  });

  it('counts nothing where there is none, or where people look after it', () => {
    expect([onceParameters(undefined), onceParameters({ label: { nl: 'x', en: 'x' } })]).toEqual([null, null]);
  });
});
