import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fraction } from '#lib/kernel';
import {
  countedReviews,
  CriterionNotScored,
  isOnScale,
  meetsThreshold,
  rankByMean,
  reviewTotal,
  scoreProposal,
  totalsDiffer,
  type ScoringRubric,
} from './index.js';

const rubric = (more: Partial<ScoringRubric> = {}): ScoringRubric => ({
  scale: { min: '1', max: '5', step: '1' },
  total: 'weighted-mean',
  threshold: { total: '3.4' },
  criteria: [
    { key: 'a', weight: 30 },
    { key: 'b', weight: 70 },
  ],
  ...more,
});

describe('a review', () => {
  it('has the weighted mean of its scores as total, exactly', () => {
    expect(reviewTotal(rubric(), { a: '4', b: '3' }).toString()).toBe('33/10');
  });

  it('has the sum of its points where the rubric says so', () => {
    expect(reviewTotal(rubric({ total: 'sum' }), { a: '20', b: '25' }).toString()).toBe('45/1');
  });

  it('has no total while a criterion has no score', () => {
    expect(() => reviewTotal(rubric(), { a: '4' })).toThrow(CriterionNotScored);
  });
});

it.each([
  ['1', '5', '1', '3', true],
  ['1', '5', '1', '3.5', false],
  ['1', '5', '1', '6', false],
  ['0', '10', '2', '4', true],
  ['0', '10', '2', '5', false],
  ['1', '10', '0.1', '7.3', true],
  ['1', '10', '0.1', '7.35', false],
])('on a scale from %s to %s by %s the score %s is allowed: %s', (min, max, step, score, expected) => {
  expect(isOnScale(rubric({ scale: { min, max, step } }), Fraction.parse(score))).toBe(expected);
});

describe('a proposal', () => {
  const reviews = [
    { a: '4', b: '3' },
    { a: '5', b: '3' },
    { a: '3', b: '4' },
  ];

  it('has the mean of its reviews as total, and a mean per criterion', () => {
    const score = scoreProposal(rubric(), reviews);
    expect([score.reviews, score.total?.toString(), score.criteria['a']?.toString()]).toEqual([3, '53/15', '4/1']);
  });

  it('without reviews has no total and reaches no threshold', () => {
    const score = scoreProposal(rubric(), []);
    expect([score.total, meetsThreshold(rubric(), score)]).toEqual([null, false]);
  });

  it('reaches a threshold at the exact limit, and not by a hair less', () => {
    const exactly = scoreProposal(rubric({ criteria: [{ key: 'a', weight: 100 }] }), [{ a: '3.4' }]);
    expect(meetsThreshold(rubric(), exactly)).toBe(true);
    const less = scoreProposal(rubric({ criteria: [{ key: 'a', weight: 100 }] }), [{ a: '3.3999' }]);
    expect(meetsThreshold(rubric(), less)).toBe(false);
  });

  it('fails a threshold per criterion with one criterion below it', () => {
    const threshold = { total: '2', eachCriterion: '3' };
    expect(meetsThreshold(rubric({ threshold }), scoreProposal(rubric(), [{ a: '2', b: '5' }]))).toBe(false);
    expect(meetsThreshold(rubric({ threshold }), scoreProposal(rubric(), [{ a: '3', b: '5' }]))).toBe(true);
  });
});

describe('a ranking by mean', () => {
  it('shares the mean place among equal totals, and leaves out what has no score', () => {
    const given = [
      { id: 'x', total: Fraction.parse('3') },
      { id: 'y', total: Fraction.parse('4') },
      { id: 'z', total: Fraction.parse('3.0') },
      { id: 'w', total: null },
    ];
    expect(rankByMean(given)).toEqual([
      { id: 'y', position: 1 },
      { id: 'x', position: 2.5 },
      { id: 'z', position: 2.5 },
    ]);
  });

  it('does not depend on the order of its input, and its places add up', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }), (totals) => {
        const given = totals.map((total, i) => ({ id: `p${i}`, total: Fraction.of(BigInt(total), 7n) }));
        const ranked = rankByMean(given);
        expect(rankByMean([...given].reverse())).toEqual(ranked);
        expect(ranked.reduce((sum, { position }) => sum + position, 0)).toBe((totals.length * (totals.length + 1)) / 2);
      }),
    );
  });
});

describe('reviews that lie far apart', () => {
  const one = rubric({ criteria: [{ key: 'a', weight: 100 }], extraReview: { whenTotalsDifferBy: '3' } });
  const given = (...scores: number[]): { a: string }[] => scores.map((a) => ({ a: String(a) }));
  const total = (...scores: number[]): string | undefined => scoreProposal(one, given(...scores)).total?.toString();

  it('ask for one more from exactly the difference that the rubric names', () => {
    expect(totalsDiffer(one, given(4, 7))).toBe(true);
    expect(totalsDiffer(one, given(4, 6))).toBe(false);
    expect(totalsDiffer(one, given(4))).toBe(false);
    expect(totalsDiffer(rubric({ criteria: one.criteria }), given(0, 10))).toBe(false);
  });

  it.each([
    [[2, 8], '5/1'],
    [[2, 8, 7], '15/2'],
    [[2, 8, 3], '5/2'],
    [[2, 5, 8], '5/1'],
    [[4, 5, 6], '5/1'],
  ])('of %j count the two that lie closest together: %s', (scores, expected) => {
    expect(total(...scores)).toBe(expected);
  });

  it('count the same in every order, at least two of them, and never outside what was given', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(scores, (list) => {
        const counted = countedReviews(one, given(...list)).map(({ a }) => Number(a));
        expect(counted.length).toBeGreaterThanOrEqual(2);
        expect(total(...[...list].reverse())).toBe(total(...list));
        const mean = counted.reduce((sum, score) => sum + score, 0) / counted.length;
        expect(mean).toBeGreaterThanOrEqual(Math.min(...list));
        expect(mean).toBeLessThanOrEqual(Math.max(...list));
      }),
    );
  });
});
