import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRound } from '#app/worker';
import { DeclareInterest, EndSeat, listSeats, readAssignments } from '#lib/committee';
import { Database, type Transaction } from '#lib/database';
import { newestRanking, readBoard } from '#lib/decision';
import { runDueCommands } from '#lib/engine';
import { readProposal } from '#lib/intake';
import { viewerOf } from '../support/round-people.js';
import { regulate } from '../support/variant-region.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

/** What a regulation says of its committee: members of each kind in the quorum, and how far an interest reaches. */
let noord: TestRound;
let workers: Database;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 4 });
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 4 });
});
afterAll(async () => {
  await workers.close();
  await noord.close();
});

const applicant = (n: number): string => noord.people.applicants[n] ?? '';
const member = (n: number): string => noord.people.members[n] ?? '';
const as = <T>(actor: string, read: (tx: Transaction) => Promise<T>): Promise<T> =>
  noord.database.unit({ regions: ['noord'], actor, readOnly: true }, read);
const declares = async (personId: string, proposalId: string): Promise<void> =>
  new DeclareInterest(noord.database, noord.round.engine).execute(
    viewerOf(noord.people.secretary, 'noord', 'secretary'),
    { proposalId, personId, reason: 'Mijn zus werkt bij het bedrijf dat meedoet.' },
    { region: 'noord', receivedAt: await noord.database.now() },
  );
const isSeen = async (actor: string, id: string): Promise<boolean> =>
  (await as(actor, (tx) => readProposal(tx, id))) !== null;
const advise = (id: string, by = member(0)): Promise<unknown> =>
  noord.act('proposal', id, 'advise', by, { outcome: 'grant', reasonsPerCriterion: noord.reasons });
const runCommands = async (): Promise<void> => {
  const engine = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined }).engine;
  while ((await runDueCommands({ engine, database: workers, worker: 'test' })) > 0);
};

describe('a quorum asks members of each kind', () => {
  let call: string;
  let id: string;
  beforeAll(async () => {
    await regulate(noord, { committee: { interestScope: 'case', quorum: { members: 3, ofEachKind: 2 } } });
    call = await noord.openCall('k-1');
    await noord.seatAll(call);
    // experts sit on the even places; two of the field stand aside before anybody reviews
    id = await noord.draft(call, applicant(0));
    await noord.act('proposal', id, 'submit', applicant(0));
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    for (const n of [1, 3]) await declares(member(n), id);
    const reviews = [];
    for (const n of [2, 4, 5]) reviews.push([await noord.assign(id, member(n)), member(n)] as const);
    await noord.act('proposal', id, 'start-review', noord.people.secretary);
    for (const [review, by] of reviews) await noord.review(review, by, 4);
    await noord.act('proposal', id, 'close-review', noord.people.secretary);
  });

  it('so no advice is given while one kind lacks its number, and the refusal says which', async () => {
    await expect(advise(id)).rejects.toMatchObject({
      code: 'move-refused',
      refusals: [
        {
          condition: 'each-kind-has-its-quorum',
          text: {
            nl: 'Van elke soort zijn ten minste 2 leden zonder belang nodig. Nu: 3 van de deskundigen, 1 uit het veld.',
            en: expect.stringContaining('3 of the experts, 1 from the field'),
          },
        },
      ],
    });
  });

  it('and the advice is given when each kind has it', async () => {
    const other = await noord.scored(call, applicant(1));
    await declares(member(5), other);
    await advise(other);
    expect(await noord.one('select phase from proposal where id = $1', [other])).toEqual({ phase: 'advised' });
  });

  it('a seat that ended counts in neither', async () => {
    const other = await noord.scored(call, applicant(2));
    const seats = await as(noord.people.secretary, (tx) => listSeats(tx, call));
    const end = new EndSeat(noord.database);
    const secretary = viewerOf(noord.people.secretary, 'noord', 'secretary');
    for (const seat of seats.filter(({ kind, isChair }) => kind === 'expert' && !isChair))
      await end.execute(secretary, 'noord', seat.id);
    await expect(advise(other)).rejects.toMatchObject({ refusals: [{ condition: 'each-kind-has-its-quorum' }] });
  });
});

describe('an interest reaches as far as the regulation says', () => {
  let made = 0;
  const started = async (scope: string): Promise<{ call: string; own: string; rival: string }> => {
    await regulate(noord, { committee: { interestScope: scope, quorum: { members: 3, ofEachKind: 1 } } });
    made += 1;
    const call = await noord.openCall(`s-${made}`);
    await noord.seatAll(call);
    const [own, rival] = [await noord.draft(call, applicant(0)), await noord.draft(call, applicant(1))];
    for (const [id, by] of [
      [own, applicant(0)],
      [rival, applicant(1)],
    ] as const)
      await noord.act('proposal', id, 'submit', by);
    return { call, own, rival };
  };

  it('case: the member is kept away from that proposal and judges the others', async () => {
    const { own, rival } = await started('case');
    await noord.reviewed(own, [4, 4, 4]);
    await noord.reviewed(rival, [4, 4, 4]);
    await declares(member(5), own);
    expect([await isSeen(member(5), own), await isSeen(member(5), rival)]).toEqual([false, true]);
  });

  it('ranking: the member may review the others, and is out of it once they are compared', async () => {
    const { call, own, rival } = await started('ranking');
    await noord.act('proposal', own, 'admit', noord.people.secretary);
    await declares(member(1), own);
    // reviewed by members 1, 2 and 3
    await noord.act('proposal', rival, 'admit', noord.people.secretary);
    const reviews = [];
    for (const n of [1, 2, 3]) reviews.push(await noord.assign(rival, member(n)));
    await noord.act('proposal', rival, 'start-review', noord.people.secretary);
    for (const [i, review] of reviews.entries()) await noord.review(review, member(i + 1), 4);
    expect(await isSeen(member(1), rival)).toBe(true);
    await noord.act('proposal', rival, 'close-review', noord.people.secretary);
    expect(await isSeen(member(1), rival)).toBe(false);
    expect(await isSeen(member(2), rival)).toBe(true);
    const facts = `select app.open_proposal($1, null, null, app_now()) #>> '{facts,committee,unconflicted}' as n`;
    expect(await noord.one(facts, [rival])).toEqual({ n: '5' });
    const [row] = await as(noord.people.secretary, (tx) => readBoard(tx, call)).then((rows) =>
      rows.filter((one) => one.id === rival),
    );
    expect(row?.interests).toBe(1);
  });

  it('ranking: a chair with an interest sees no ranking of the rivals and advises on none', async () => {
    const { call, own, rival } = await started('ranking');
    await noord.reviewed(own, [4, 4, 4]);
    await noord.reviewed(rival, [4, 4, 4]);
    await noord.rank(call);
    expect((await as(member(0), (tx) => newestRanking(tx, call)))?.entries).toHaveLength(2);
    await declares(member(0), own);
    expect((await as(member(0), (tx) => newestRanking(tx, call)))?.entries).toEqual([]);
    await expect(advise(rival)).rejects.toMatchObject({ code: 'action-unknown' });
  });

  it('ranking: who has an interest in what was withdrawn judges the others again', async () => {
    const { own, rival } = await started('ranking');
    await noord.reviewed(own, [4, 4, 4]);
    await noord.reviewed(rival, [4, 4, 4]);
    await declares(member(5), own);
    expect(await isSeen(member(5), rival)).toBe(false);
    await noord.act('proposal', own, 'withdraw', applicant(0));
    expect([await isSeen(member(5), own), await isSeen(member(5), rival)]).toEqual([false, true]);
  });

  it('call: the reviews of the others lapse, none is asked any more, and none is seen', async () => {
    const { call, own, rival } = await started('call');
    for (const id of [own, rival]) await noord.act('proposal', id, 'admit', noord.people.secretary);
    const review = await noord.assign(rival, member(1));
    await noord.act('proposal', rival, 'start-review', noord.people.secretary);
    await noord.act('review', review, 'accept', member(1));
    await declares(member(1), own);
    await expect(noord.act('review', review, 'submit', member(1))).rejects.toMatchObject({ code: 'move-refused' });
    await runCommands();
    expect(await noord.one('select phase from review where id = $1', [review])).toEqual({ phase: 'ended' });
    expect(await isSeen(member(1), rival)).toBe(false);
    const third = await noord.draft(call, applicant(2));
    await noord.act('proposal', third, 'submit', applicant(2));
    await noord.act('proposal', third, 'admit', noord.people.secretary);
    await expect(noord.assign(third, member(1))).rejects.toMatchObject({ code: 'reviewer-has-interest' });
    const kept = await as(noord.people.secretary, (tx) => readAssignments(tx, call));
    const barred = kept.filter(({ isInterest }) => isInterest);
    expect(barred.map(({ personId, proposalId }) => [personId, proposalId]).sort()).toEqual(
      [own, rival, third].map((id) => [member(1), id]).sort(),
    );
  });

  it('call: the desk is kept away from that case alone', async () => {
    const { own, rival } = await started('call');
    await declares(noord.people.coordinator, own);
    expect([await isSeen(noord.people.coordinator, own), await isSeen(noord.people.coordinator, rival)]).toEqual([
      false,
      true,
    ]);
  });
});
