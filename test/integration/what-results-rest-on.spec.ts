import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeclareInterest, type Interest } from '#lib/committee';
import { MakeRanking, newestRanking, readBoard, readStanding, ROUND_INVARIANTS, type BoardRow } from '#lib/decision';
import { Database } from '#lib/database';
import { DOCUMENT_INVARIANTS } from '#lib/documents';
import { checkInvariants, runDueCommands } from '#lib/engine';
import { SaveReview } from '#lib/review';
import { openRound } from '#app/worker';
import type { RunningServer } from '#app/server';
import { PageReader } from '../support/page-reader.js';
import { viewerOf } from '../support/round-people.js';
import { serve } from '../support/round-server.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let workers: Database;
let server: RunningServer;
let pages: PageReader;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 3 });
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
  server = await serve(noord);
  pages = new PageReader(noord.look, server.url);
});
afterAll(async () => {
  await server.stop();
  await workers.close();
  await noord.close();
});

const lead = (i: number): string => noord.people.applicants[i] ?? '';
const member = (i: number): string => noord.people.members[i] ?? '';
const asStaff = <T>(work: Parameters<Database['unit']>[1]): Promise<T> =>
  noord.database.unit({ regions: ['noord'], actor: noord.people.secretary, readOnly: true }, work) as Promise<T>;
const refusalsOf = async (act: Promise<unknown>): Promise<readonly string[]> => {
  const failure: unknown = await act.then(
    () => null,
    (error: unknown) => error,
  );
  const { refusals = [] } = (failure ?? {}) as { refusals?: readonly { condition: string }[] };
  return refusals.map(({ condition }) => condition);
};
const advise = (id: string): Promise<unknown> =>
  noord.act('proposal', id, 'advise', member(0), { outcome: 'grant', reasonsPerCriterion: noord.reasons });
const draft = (id: string): Promise<unknown> =>
  noord.act('proposal', id, 'prepare-decision', noord.people.secretary, { outcome: 'grant', reasons: 'Goed plan.' });
const work = async (): Promise<void> => {
  const { engine } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined });
  while ((await runDueCommands({ engine, database: workers, worker: 'test' })) > 0);
};
const declare = async (interest: Interest): Promise<void> => {
  const { region, secretary } = noord.people;
  const place = { region, receivedAt: await noord.database.now() };
  await new DeclareInterest(noord.database, noord.round.engine).execute(
    viewerOf(secretary, region, 'secretary'),
    interest,
    place,
  );
};
/** A reviewer hands the own review in again with another score. */
const rewrite = async (id: string, reviewer: string, score: number): Promise<void> => {
  const { id: review, version } = (await noord.one(
    'select id, version from review where proposal_id = $1 and reviewer_id = $2',
    [id, reviewer],
  )) as { id: string; version: number };
  expect(version).toBeGreaterThan(1);
  await noord.act('review', review, 'reopen', member(0), { reason: 'Opnieuw bekeken.' });
  const scores = noord.criteria.map((criterion) => ({ criterion, score: String(score), reason: 'Minder helder.' }));
  const { revision } = (await noord.one('select revision from review where id = $1', [review])) as { revision: number };
  await new SaveReview(noord.database).execute(review, scores, revision, { region: 'noord', actorId: reviewer });
  await noord.act('review', review, 'submit', reviewer);
};
/** Three ranked proposals in a call of its own. */
const rankedCall = async (number: string): Promise<{ call: string; ids: string[] }> => {
  const call = await noord.openCall(number);
  await noord.seatAll(call);
  const ids: string[] = [];
  for (const [i, score] of [5, 4, 4].entries()) ids.push(await noord.scored(call, lead(i), score));
  await noord.rank(call);
  return { call, ids };
};

describe('a ranking whose scores moved', () => {
  let call: string;
  let ids: string[];
  beforeAll(async () => {
    ({ call, ids } = await rankedCall('2027-1'));
    await advise(ids[1] ?? '');
    await draft(ids[1] ?? '');
    await noord.act('proposal', ids[0] ?? '', 'reopen', member(0), { reason: 'Een fout in een oordeel.' });
  });

  it('says so as soon as a proposal is reviewed again, and names it', async () => {
    const number = ((await noord.one('select number from proposal where id = $1', [ids[0]])) as { number: string })
      .number;
    const standing = await asStaff((tx) => readStanding(tx, call));
    expect(standing).toMatchObject({ rankingHolds: false, moving: [number] });
    const page = await pages.textOf(noord.people.secretary, `/rondes/${call}/rangschikking`);
    expect(page).toContain('Deze rangschikking is verouderd');
    expect(page).toContain(number);
    expect(await pages.textOf(member(0), `/rondes/${call}/rangschikking/voorleggen`)).toContain('is verouderd');
    expect(await asStaff((tx) => newestRanking(tx, call))).toMatchObject({ holds: false });
  });

  it('carries no advice, no draft and no decision', async () => {
    expect(await refusalsOf(advise(ids[2] ?? ''))).toEqual(['ranking-holds']);
    expect(await refusalsOf(draft(ids[1] ?? ''))).toEqual(['advice-holds']);
    expect(await refusalsOf(noord.act('proposal', ids[1] ?? '', 'grant', noord.people.decider))).toEqual([
      'advice-holds',
    ]);
    const rows = await asStaff<readonly BoardRow[]>((tx) => readBoard(tx, call));
    expect(rows.find(({ id }) => id === ids[1])?.advice).toMatchObject({ holds: false });
    expect(await pages.textOf(noord.people.decider, '/besluiten')).toContain('De voorzitter adviseert eerst opnieuw');
  });

  it('is followed by a new one, after which the committee advises again, and not before', async () => {
    await rewrite(ids[0] ?? '', member(1), 2);
    await noord.act('proposal', ids[0] ?? '', 'close-review', noord.people.secretary);
    expect(await refusalsOf(advise(ids[1] ?? ''))).toEqual(['ranking-holds']);
    await noord.rank(call);
    expect(await asStaff((tx) => readStanding(tx, call))).toMatchObject({ rankingHolds: true, moving: [] });
    expect(await refusalsOf(draft(ids[1] ?? ''))).toEqual(['advice-holds']);
    const page = await pages.textOf(member(0), `/rondes/${call}/rangschikking/voorleggen`);
    for (const id of ids) {
      const { number } = (await noord.one('select number from proposal where id = $1', [id])) as { number: string };
      expect(page).toContain(number);
    }
    await advise(ids[1] ?? '');
    expect(await refusalsOf(advise(ids[1] ?? ''))).toEqual(['advice-is-outdated']);
    await draft(ids[1] ?? '');
    await noord.act('proposal', ids[1] ?? '', 'grant', noord.people.decider);
    expect(
      await noord.one(`select count(*)::int as n from document where kind = 'ranking' and call_id = $1`, [call]),
    ).toEqual({ n: 2 });
    const advices = await noord.look.query<{ version: number }>(
      `select version from document where kind = 'advice' and proposal_id = $1 order by version`,
      [ids[1]],
    );
    expect(advices.rows).toEqual([{ version: 1 }, { version: 2 }]);
  });

  it('is not outdated by a withdrawal: the places are those of its day', async () => {
    await noord.act('proposal', ids[2] ?? '', 'withdraw', lead(2));
    expect(await asStaff((tx) => readStanding(tx, call))).toMatchObject({ rankingHolds: true });
  });
});

describe('an interest that comes out after the scores were closed', () => {
  it('takes the scores out of the totals, and what rested on them holds no more', async () => {
    const { call, ids } = await rankedCall('2027-2');
    const id = ids[0] ?? '';
    await advise(id);
    await draft(id);
    await declare({ proposalId: id, personId: member(1), reason: 'Mijn dochter werkt daar.' });
    const making = new MakeRanking(noord.database);
    const viewer = viewerOf(noord.people.secretary, 'noord', 'secretary');
    await expect(making.execute(viewer, { region: 'noord', callId: call })).rejects.toMatchObject({
      code: 'scores-are-outdated',
    });
    expect(await refusalsOf(noord.act('proposal', id, 'grant', noord.people.decider))).toEqual(['advice-holds']);
    await work();
    const { reviews, state } = (await noord.one(
      'select reviews_counted as reviews, state from proposal where id = $1',
      [id],
    )) as { reviews: number; state: string };
    expect({ reviews, state }).toEqual({ reviews: 2, state: 'Advised' });
    expect(await refusalsOf(noord.act('proposal', id, 'grant', noord.people.decider))).toEqual(['advice-holds']);
    await noord.rank(call);
    await advise(id);
    await draft(id);
    await noord.act('proposal', id, 'grant', noord.people.decider);
  });

  it('keeps the decisions of a call from being announced when one was taken on it', async () => {
    const { call, ids } = await rankedCall('2027-3');
    for (const id of ids) {
      await advise(id);
      await draft(id);
      await noord.act('proposal', id, 'grant', noord.people.decider);
    }
    await noord.act('call', call, 'close-early', noord.people.decider, { reason: 'Alles is binnen.' });
    await declare({ proposalId: ids[0] ?? '', personId: member(1), reason: 'Ik zit in het bestuur.' });
    await work();
    expect(await refusalsOf(noord.act('call', call, 'announce', noord.people.decider))).toEqual([
      'decisions-rest-on-what-holds',
    ]);
  });

  it('is also declared by who handed in, and a review that was handed in is not let go by the secretary', async () => {
    const { ids } = await rankedCall('2027-4');
    const { id: review } = (await noord.one('select id from review where proposal_id = $1 and reviewer_id = $2', [
      ids[0],
      member(1),
    ])) as { id: string };
    expect(await refusalsOf(noord.act('review', review, 'release', noord.people.secretary))).toEqual([
      'review-goes-on-or-proposal-ended',
    ]);
    await noord.act('review', review, 'recuse', member(1), { reason: 'Mijn broer is penningmeester.' });
    expect(await noord.one('select phase from review where id = $1', [review])).toEqual({ phase: 'ended' });
  });
});

describe('after the announcement', () => {
  let call: string;
  let ids: string[];
  let review: string;
  beforeAll(async () => {
    ({ call, ids } = await rankedCall('2027-5'));
    for (const id of ids) {
      await advise(id);
      await draft(id);
      await noord.act('proposal', id, 'grant', noord.people.decider);
    }
    await noord.act('call', call, 'close-early', noord.people.decider, { reason: 'Alles is binnen.' });
    await noord.act('call', call, 'announce', noord.people.decider);
    ({ id: review } = (await noord.one('select id from review where proposal_id = $1 and reviewer_id = $2', [
      ids[0],
      member(1),
    ])) as { id: string });
  });

  it('no ranking is made, no review is let go, and no score changes', async () => {
    await expect(noord.rank(call)).rejects.toMatchObject({ code: 'stands-as-announced' });
    expect(await refusalsOf(noord.act('review', review, 'release', noord.people.secretary))).toEqual([
      'review-goes-on-or-proposal-ended',
    ]);
    expect(await refusalsOf(noord.act('review', review, 'recuse', member(1), { reason: 'x' }))).toEqual([
      'decision-is-not-told',
    ]);
    for (const sql of [
      `update review set phase = 'ended', state = 'Released' where id = '${review}'`,
      `update review_score set score = 1 where review_id = '${review}'`,
      `delete from review_score where review_id = '${review}'`,
      `update proposal set title = 'Een andere titel' where id = '${ids[0] ?? ''}'`,
      `update proposal set total_exact = '1/1' where id = '${ids[0] ?? ''}'`,
      `update decision set reasons = 'Anders.' where proposal_id = '${ids[0] ?? ''}'`,
    ])
      await expect(noord.look.query(sql)).rejects.toMatchObject({ code: 'RL002' });
  });

  it('an interest still closes the file for that member, and the review stays as it was counted', async () => {
    await declare({ proposalId: ids[0] ?? '', personId: member(1), reason: 'Sinds vandaag.' });
    await work();
    expect(await noord.one('select phase from review where id = $1', [review])).toEqual({ phase: 'submitted' });
    expect(await noord.one('select reviews_counted as n from proposal where id = $1', [ids[0]])).toEqual({ n: 3 });
    expect(await checkInvariants(noord.look, [...ROUND_INVARIANTS, ...DOCUMENT_INVARIANTS])).toEqual([]);
  });

  it('the print of ranking and advice is for staff alone, and the same for ever', async () => {
    const path = `/rondes/${call}/rangschikking/rangschikking.pdf`;
    const { secretary } = noord.people;
    const [first, again] = [await pages.bytes(secretary, path), await pages.bytes(secretary, path)];
    expect(Buffer.from(first).equals(Buffer.from(again))).toBe(true);
    expect(Buffer.from(first).subarray(0, 5).toString()).toBe('%PDF-');
    const advice = `/aanvragen/${ids[1] ?? ''}/advies.pdf`;
    expect(
      Buffer.from(await pages.bytes(secretary, advice))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    for (const person of [lead(0), lead(1)]) {
      expect(await pages.statusOf(person, path)).toBe(404);
      expect(await pages.statusOf(person, advice)).toBe(404);
    }
    expect(await pages.statusOf(member(1), `/aanvragen/${ids[0] ?? ''}/advies.pdf`)).toBe(404);
  });
});
