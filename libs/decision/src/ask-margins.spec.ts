import { describe, expect, it } from '@jest/globals';
import type { ScoringRubric } from '#lib/scoring';
import { rankInputOf } from './ask-margins.js';

const RUBRIC: ScoringRubric = {
  ...{ scale: { min: '1', max: '5', step: '1' }, total: 'weighted-mean', threshold: { total: '3.4' } },
  criteria: [
    { key: 'a', weight: 60 },
    { key: 'b', weight: 40 },
  ],
};
const proposal = (number: string, cents: number, meetsThreshold = true) => ({
  id: number,
  number,
  cents,
  meetsThreshold,
});
const inputOf = (cents: readonly number[], more: object = {}) =>
  rankInputOf(
    {
      ...{ rubric: RUBRIC, ceilingCents: 100, shortage: 'stop' as const },
      proposals: cents.map((one, i) => proposal(`n${i + 1}`, one)),
      ...more,
    },
    [
      { proposal: 'n1', reviewer: 'person-b', criteria: { a: 4, b: 5 } },
      { proposal: 'n2', reviewer: 'person-b', criteria: { a: 3, b: 3 } },
      { proposal: 'n1', reviewer: 'person-a', criteria: { a: 5, b: 5 } },
    ],
  );

describe('what a ranking gives to compute its margins of', () => {
  it('has its line behind the last place before the money first runs out, also where a later one still fits', () => {
    expect(inputOf([40, 40, 40, 10]).nFundable).toBe(2);
    expect(inputOf([40, 40, 40, 10], { shortage: 'skip' }).nFundable).toBe(2);
  });

  it('has no line where the money reaches everybody, also when some stay below the threshold', () => {
    const proposals = [proposal('n1', 40), proposal('n2', 40), proposal('n3', 90, false)];
    expect(inputOf([], { proposals }).nFundable).toBe(3);
  });

  it('names reviewers by number', () => {
    const { reviewers, reviews } = inputOf([40, 40]);
    expect(reviewers).toEqual(['r1', 'r2']);
    expect(reviews?.map(({ reviewer }) => reviewer)).toEqual(['r1', 'r1', 'r2']);
  });

  it('weighs the criteria of a sum of points alike', () => {
    expect(inputOf([40], { rubric: { ...RUBRIC, total: 'sum' } }).criteria?.map(({ weight }) => weight)).toEqual([
      1, 1,
    ]);
    expect(inputOf([40]).criteria?.map(({ weight }) => weight)).toEqual([60, 40]);
  });
});
