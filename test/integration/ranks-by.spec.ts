import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newestRanking, type RankingView } from '#lib/decision';
import { rankByExpectedRank } from '#lib/scoring';
import { TestRound } from '../support/test-round.js';
import { regulate } from '../support/variant-region.js';

/** By what a ranking orders: `ranksBy` of the regulation. */
let noord: TestRound;
beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 4 });
});
afterAll(() => noord.close());

/** Scores by the place of the member. The first reviews strictly: without that the second proposal looks better than the first. */
const SCORES: readonly Readonly<Record<number, number>>[] = [
  { 1: 2, 2: 4, 3: 4 },
  { 2: 3, 3: 4, 4: 4 },
  { 1: 1, 2: 3, 4: 3 },
  { 1: 2, 3: 4, 5: 4 },
];

const made = async (number: string): Promise<{ ranking: RankingView | null; ids: readonly string[] }> => {
  const { applicants, members, secretary } = noord.people;
  const call = await noord.openCall(number);
  await noord.seatAll(call);
  const ids: string[] = [];
  for (const [i, scores] of SCORES.entries()) {
    const by = applicants[i] ?? '';
    const id = await noord.draft(call, by);
    await noord.act('proposal', id, 'submit', by);
    await noord.act('proposal', id, 'admit', secretary);
    const asked = Object.entries(scores).map(([n, score]) => [members[Number(n)] ?? '', score] as const);
    const reviews: string[] = [];
    for (const [member] of asked) reviews.push(await noord.assign(id, member));
    await noord.act('proposal', id, 'start-review', secretary);
    for (const [k, [member, score]] of asked.entries()) await noord.review(reviews[k] ?? '', member, score);
    await noord.act('proposal', id, 'close-review', secretary);
    ids.push(id);
  }
  await noord.rank(call);
  const scope = { regions: ['noord'], actor: secretary, readOnly: true };
  return { ranking: await noord.database.unit(scope, (tx) => newestRanking(tx, call)), ids };
};
const orderOf = ({ ranking, ids }: Awaited<ReturnType<typeof made>>): unknown =>
  ranking?.entries.map(({ proposal, position }) => [ids.indexOf(proposal.id), position]);

describe('a ranking', () => {
  it('orders by the mean or by the expected rank, as the regulation says', async () => {
    const byExpectation = await made('r-1');
    expect(byExpectation.ranking?.model).toBe('expected-rank');
    const panel = {
      ...{
        scale: { min: 1, max: 5 },
        nFundable: 4,
        proposals: ['0', '1', '2', '3'],
        reviewers: ['1', '2', '3', '4', '5'],
      },
      scores: SCORES.flatMap((scores, proposal) =>
        Object.entries(scores).map(([reviewer, score]) => ({ proposal: String(proposal), reviewer, score })),
      ),
    };
    const expected = rankByExpectedRank(panel).map(({ id, position }) => [Number(id), position]);
    expect(orderOf(byExpectation)).toEqual(expected);
    await regulate(noord, { ranksBy: 'mean' });
    const byMean = await made('r-2');
    expect(byMean.ranking?.model).toBe('mean');
    expect(orderOf(byMean)).toEqual([
      [1, 1],
      [0, 2.5],
      [3, 2.5],
      [2, 4],
    ]);
    expect(expected.map(([id]) => id)).not.toEqual([1, 0, 3, 2]);
    await regulate(noord, { ranksBy: 'expected-rank' });
  });
});
