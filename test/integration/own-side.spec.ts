import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StaffRole, Viewer } from '#lib/access';
import { AssignReviewer, DeclareInterest, readAssignments } from '#lib/committee';
import { AskExplanation, GiveExplanation, newestRanking, readBoard } from '#lib/decision';
import { listReviews, readReasons, readReview } from '#lib/review';
import type { Transaction } from '#lib/database';
import { viewerOf } from '../support/round-people.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let call: string;
let own: string;
let other: string;
/** Secretary and chair of the region, member of the committee, and lead applicant of one of its proposals. */
let insider: string;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  const { people, look } = noord;
  insider = people.members[5] ?? '';
  for (const role of ['secretary', 'chair'])
    await look.query(`insert into role_assignment (region, person_id, role) values ('noord', $1, $2)`, [insider, role]);
  call = await noord.openCall();
  await noord.seatAll(call);
  own = await noord.scored(call, insider);
  other = await noord.scored(call, people.applicants[0] ?? '');
  await noord.rank(call);
});
afterAll(() => noord.close());

const insiderAs = (role: StaffRole): Viewer => viewerOf(insider, 'noord', role);
const as = async <T>(actor: string, read: (tx: Transaction) => Promise<T>): Promise<T> =>
  noord.database.unit({ regions: ['noord'], actor, readOnly: true }, read);
const assignAs = async (viewer: Viewer, proposalId: string, reviewerId: string): Promise<string> => {
  const { engine, frozen, messageIds } = noord.round;
  const place = { region: 'noord', receivedAt: await noord.database.now() };
  return new AssignReviewer(noord.database, engine, frozen, messageIds).execute(
    viewer,
    { proposalId, reviewerId },
    place,
  );
};

describe('who applies in the region where that person works', () => {
  it('finds the proposals of others on the board, in the ranking and among the reviews, and never the own one', async () => {
    expect((await as(insider, (tx) => readBoard(tx, call))).map(({ id }) => id)).toEqual([other]);
    const ranking = await as(insider, (tx) => newestRanking(tx, call));
    expect(ranking?.entries.map(({ proposal }) => proposal.id)).toEqual([other]);
    const reasons = await as(insider, (tx) => readReasons(tx, call));
    expect([...new Set(reasons.map(({ proposalId }) => proposalId))]).toEqual([other]);
    const assigned = await as(insider, (tx) => readAssignments(tx, call));
    expect([...new Set(assigned.map(({ proposalId }) => proposalId))]).toEqual([other]);
  });

  it('reads no review of the own proposal, and does nothing with it', async () => {
    const { id } = await noord.one('select id from review where proposal_id = $1 limit 1', [own]);
    expect(await as(insider, (tx) => listReviews(tx, own))).toEqual([]);
    expect(await as(insider, (tx) => readReview(tx, String(id)))).toBeNull();
    await expect(noord.act('review', String(id), 'release', insider)).rejects.toMatchObject({ code: 'action-unknown' });
    expect(await as(insider, (tx) => listReviews(tx, other))).not.toEqual([]);
  });

  it('counts in no quorum of the own proposal', async () => {
    const facts = `select app.open_proposal($1, null, null, app_now()) #>> '{facts,committee,unconflicted}' as n`;
    expect(await noord.one(facts, [own])).toEqual({ n: '5' });
    expect(await noord.one(facts, [other])).toEqual({ n: '6' });
  });

  it('is no reviewer of the own proposal, whoever asks', async () => {
    const id = await noord.draft(call, insider);
    await noord.act('proposal', id, 'submit', insider);
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    await expect(noord.assign(id, insider)).rejects.toMatchObject({ code: 'reviewer-has-interest' });
    await expect(
      noord.look.query(
        `insert into review (region, call_id, proposal_id, reviewer_id, state, phase) values ('noord', $1, $2, $3, 'Invited', 'preparing')`,
        [call, id, insider],
      ),
    ).rejects.toThrow(/interest/);
  });

  it('chooses no reviewers for the own proposal; and nobody chooses them for what only its applicant may see', async () => {
    const id = await noord.draft(call, insider);
    await noord.act('proposal', id, 'submit', insider);
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    const member = noord.people.members[1] ?? '';
    await expect(assignAs(insiderAs('secretary'), id, member)).rejects.toMatchObject({ code: 'not-found' });
    const draft = await noord.draft(call, noord.people.applicants[0] ?? '');
    await expect(noord.assign(draft, member)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('registers no interest of others in the own proposal, which would keep a strict reviewer out', async () => {
    const declaring = new DeclareInterest(noord.database, noord.round.engine);
    const interest = { proposalId: own, personId: noord.people.members[4] ?? '', reason: 'x' };
    const place = { region: 'noord', receivedAt: await noord.database.now() };
    await expect(declaring.execute(insiderAs('secretary'), interest, place)).rejects.toMatchObject({
      code: 'not-found',
    });
    await declaring.execute(viewerOf(noord.people.secretary, 'noord', 'secretary'), interest, place);
  });

  it('explains no decision on the own proposal', async () => {
    const { decider, secretary } = noord.people;
    for (const id of [own, other]) {
      await noord.prepared(id);
      await noord.act('proposal', id, 'grant', decider);
    }
    for (const { id, owner } of await unfinished()) await noord.act('proposal', id, 'withdraw', owner);
    await noord.act('call', call, 'close-early', decider, { reason: 'x' });
    await noord.act('call', call, 'announce', decider);
    const receivedAt = await noord.database.now();
    const key = { personId: insider, route: 'x', key: 'explain-it', bodyHash: 'x' };
    const wanted = { way: 'written', words: 'Waarom?', phone: '', times: '' } as const;
    const asked = { actorId: insider, region: 'noord', receivedAt, key };
    await new AskExplanation(noord.database, MESSAGE_IDS).execute(own, wanted, asked);
    const giving = new GiveExplanation(noord.database, MESSAGE_IDS);
    const place = { region: 'noord', proposalId: own, receivedAt };
    await expect(giving.execute(insiderAs('secretary'), place, 'Daarom.')).rejects.toMatchObject({ code: 'not-found' });
    await giving.execute(viewerOf(secretary, 'noord', 'secretary'), place, 'Daarom.');
  });
});

/** Submitted proposals that nobody decided on. */
const unfinished = async (): Promise<readonly { id: string; owner: string }[]> =>
  (
    await noord.look.query<{ id: string; owner: string }>(
      `select id, lead_applicant as owner from proposal where call_id = $1 and phase in ('submitted', 'screening')`,
      [call],
    )
  ).rows;
