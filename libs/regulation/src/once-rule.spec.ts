import { describe, expect, it } from '@jest/globals';
import { onceParameters, onceSentence, type OnceRule } from './once-rule.js';

const RULES: readonly [OnceRule, string, string][] = [
  [
    { per: 'school', within: 'year', atMost: 1 },
    'Dien als school ten hoogste 1 aanvraag in per jaar. Trek anders een eerdere aanvraag in.',
    'As a school submit at most 1 proposal per year. Otherwise withdraw an earlier one.',
  ],
  [
    { per: 'board', within: 'call', atMost: 2 },
    'Dien als schoolbestuur ten hoogste 2 aanvragen in per ronde. Trek anders een eerdere aanvraag in.',
    'As a school board submit at most 2 proposals per call. Otherwise withdraw an earlier one.',
  ],
  [
    { per: 'school', notAwarded: 'last-year' },
    'Kreeg uw school vorig jaar geld uit dit programma? Vraag dan volgend jaar weer aan.',
    'Did your school get money from this programme last year? Then apply again next year.',
  ],
  [{ label: { nl: 'Eén keer per leraar', en: 'Once per teacher' } }, 'Eén keer per leraar.', 'Once per teacher.'],
];

describe('the once-rule of a region', () => {
  it.each(RULES)('%j reads as a sentence that says how to keep to it', (rule, nl, en) => {
    expect(onceSentence(rule)).toEqual({ nl, en });
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
