import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#lib/database';
import { readArrivals, readDecision, readLots, ROUND_INVARIANTS } from '#lib/decision';
import { checkInvariants, ENGINE_INVARIANTS, expireDueTerms } from '#lib/engine';
import { addDays, dateOf } from '#lib/kernel';
import { readProposal, SaveProposal } from '#lib/intake';
import { computeTerm } from '#lib/terms';
import { openRound } from '#app/worker';
import { contentOfOost } from '../support/round-people.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let oost: TestRound;
let workers: Database;

beforeAll(async () => {
  oost = await TestRound.open({ members: 12, applicants: 6 }, 10, 'oost');
  workers = await Database.open({ url: oost.test.workerUrl, poolSize: 3 });
});
afterAll(async () => {
  await workers.close();
  await oost.close();
});

const DAY_MINUTES = 24 * 60;
const daysAgo = async (days: number): Promise<string> =>
  new Date(Date.parse(await oost.database.now()) - days * DAY_MINUTES * 60_000).toISOString();
const asPerson = <T>(id: string, read: Parameters<Database['unit']>[1]): Promise<T> =>
  oost.database.unit({ regions: ['oost'], actor: id, readOnly: true }, read) as Promise<T>;

/** A call of oost that has been open for a month, with so much to give. */
const aCall = async (number: string, cents = 9_000_000): Promise<string> => {
  const call = await oost.openCall(number, { openMinutes: 30 * DAY_MINUTES });
  await oost.seatAll(call);
  await oost.one('update ceiling set total_cents = $2 where call_id = $1', [call, cents]);
  return call;
};
const submitted = async (call: string, who: number, days: number, content = contentOfOost()): Promise<string> => {
  const applicant = oost.people.applicants[who] ?? '';
  const id = await oost.draft(call, applicant, { content });
  await oost.act('proposal', id, 'submit', applicant, {}, { receivedAt: await daysAgo(days) });
  return id;
};
const prepared = async (call: string, who: number, days: number, cents = 400_000): Promise<string> => {
  const id = await submitted(call, who, days, contentOfOost(cents));
  await oost.reviewed(id, [8, 7]);
  await oost.prepared(id);
  return id;
};
const grant = (id: string): Promise<unknown> => oost.act('proposal', id, 'grant', oost.people.decider);
const outcomeOf = async (id: string): Promise<unknown> =>
  (await oost.one('select outcome from proposal where id = $1', [id]))['outcome'];

describe('a proposal in order of arrival', () => {
  it('lives from draft to a decision that its applicant reads at once, while the call stays open', async () => {
    const call = await aCall('2027-1');
    const id = await submitted(call, 0, 3);
    const [applicant = ''] = oost.people.applicants;
    await oost.reviewed(id, [8, 7]);
    await oost.prepared(id);
    expect(await asPerson(applicant, (tx) => readDecision(tx, id))).toBeNull();
    await grant(id);
    const decision = await asPerson<Awaited<ReturnType<typeof readDecision>>>(applicant, (tx) => readDecision(tx, id));
    const today = dateOf(await oost.database.now());
    const { lastDay } = computeTerm({ start: today, period: 'P6W', source: 'law' });
    expect(decision).toMatchObject({ outcome: 'granted', amountCents: 400_000, objectionLastDay: lastDay });
    expect(await asPerson(applicant, (tx) => readProposal(tx, id))).toMatchObject({ outcome: 'granted' });
    expect(await oost.one('select state from call where id = $1', [call])).toEqual({ state: 'Open' });
    expect(
      await oost.one(
        `select status, view ->> 'objectionLastDay' as day from outbox where template = 'decision-letter'`,
      ),
    ).toEqual({ status: 'new', day: lastDay });
  });

  it('is announced without telling the outcome of another', async () => {
    const call = await aCall('2027-2');
    const [first, second] = [await prepared(call, 0, 3), await prepared(call, 1, 2)];
    await grant(first);
    const reader = oost.people.applicants[1] ?? '';
    expect(await asPerson(reader, (tx) => readDecision(tx, second))).toBeNull();
    expect(await asPerson(reader, (tx) => readProposal(tx, first))).toBeNull();
  });

  it('has eight weeks from the day on which it is complete, moved off a free day, and stands still while a completion is asked', async () => {
    const call = await aCall('2027-3');
    const id = await submitted(call, 0, 20);
    const term = (): Promise<Record<string, unknown>> =>
      oost.one(
        `select state, started_on::text as start, last_day::text as last from term where subject_id = $1 and name = 'decision'`,
        [id],
      );
    const from = (start: ReturnType<typeof dateOf>): unknown => ({
      start,
      last: computeTerm({ start, period: 'P8W', source: 'law' }).lastDay,
    });
    expect(await term()).toMatchObject({ state: 'running', ...(from(dateOf(await daysAgo(20))) as object) });
    const missing = { missing: ['budget.totalCents'] };
    await oost.act('proposal', id, 'ask-completion', oost.people.secretary, missing, { receivedAt: await daysAgo(10) });
    expect(await term()).toMatchObject({ state: 'suspended' });
    const arrived = `select app.arrival_day(arrived_at)::text as day from proposal where id = $1`;
    expect(await oost.one(arrived, [id])).toEqual({ day: null });
    const [applicant = ''] = oost.people.applicants;
    await oost.act('proposal', id, 'complete', applicant, {}, { receivedAt: await daysAgo(4) });
    expect(await term()).toMatchObject({ state: 'running', ...(from(dateOf(await daysAgo(4))) as object) });
    expect(await oost.one(arrived, [id])).toEqual({ day: dateOf(await daysAgo(4)) });
    const { due } = await oost.one(
      `select max(r.due_at)::text as due from term_reminder r join term t on t.id = r.term_id where t.subject_id = $1 and t.name = 'decision'`,
      [id],
    );
    expect(addDays(dateOf(await daysAgo(4)), 40) < String(due).slice(0, 10)).toBe(true);
  });

  it('that is incomplete has no place until it is completed, and then the day of completion counts', async () => {
    const call = await aCall('2027-4');
    const [applicant = ''] = oost.people.applicants;
    const id = await submitted(call, 0, 9, { ...contentOfOost(), answers: {} });
    const arrived = async (): Promise<unknown> =>
      (await oost.one('select arrived_at from proposal where id = $1', [id]))['arrived_at'];
    expect(await arrived()).toBeNull();
    const missing = ['answers.goal', 'answers.approach'];
    await oost.act('proposal', id, 'ask-completion', oost.people.secretary, { missing });
    const request = { actorId: applicant, region: 'oost', receivedAt: await oost.database.now() };
    const saving = new SaveProposal(oost.database, oost.round.frozen);
    await saving.execute(id, { title: 'Schoon water uit eigen hand', content: contentOfOost() }, 1, request);
    const receivedAt = await daysAgo(2);
    await oost.act('proposal', id, 'complete', applicant, {}, { receivedAt });
    expect(await arrived()).toEqual(new Date(receivedAt));
    expect(await oost.one('select received_at from proposal where id = $1', [id])).not.toEqual({
      received_at: new Date(receivedAt),
    });
  });

  it('gets a third review when two totals lie three or more apart, and then the two closest count', async () => {
    const call = await aCall('2027-5');
    const id = await submitted(call, 0, 3);
    const { secretary, members } = oost.people;
    await oost.act('proposal', id, 'admit', secretary);
    const asked = async (i: number): Promise<string> => oost.assign(id, members[i] ?? '');
    const [first, second] = [await asked(1), await asked(2)];
    await oost.act('proposal', id, 'start-review', secretary);
    await oost.review(first, members[1] ?? '', 8);
    const close = (): Promise<unknown> => oost.act('proposal', id, 'close-review', secretary);
    await expect(close()).rejects.toMatchObject({ facts: { conditions: ['reviews-are-in'] } });
    await oost.review(second, members[2] ?? '', 5);
    await expect(close()).rejects.toMatchObject({ facts: { conditions: ['extra-review-is-in'] } });
    await oost.review(await asked(3), members[3] ?? '', 7);
    await close();
    expect(await oost.one('select total_exact, reviews_counted, passes from proposal where id = $1', [id])).toEqual({
      total_exact: '15/2',
      reviews_counted: 2,
      passes: true,
    });
  });

  it('below the threshold cannot be granted', async () => {
    const call = await aCall('2027-6');
    const id = await submitted(call, 0, 3);
    await oost.reviewed(id, [5, 5]);
    await oost.prepared(id);
    await expect(grant(id)).rejects.toMatchObject({ facts: { conditions: ['reaches-the-threshold'] } });
  });
});

describe('the ceiling in order of arrival', () => {
  it('lets a later one pass as long as everything before it still fits', async () => {
    const call = await aCall('2027-7', 900_000);
    await submitted(call, 0, 5);
    const later = await prepared(call, 1, 3);
    await grant(later);
    expect(await outcomeOf(later)).toBe('granted');
  });

  it('keeps the money for who came first, and says how many wait and for how much', async () => {
    const call = await aCall('2027-8', 700_000);
    const first = await prepared(call, 0, 5);
    const later = await prepared(call, 1, 3);
    const refused = await grant(later).catch((error: unknown) => error);
    expect(refused).toMatchObject({ facts: { conditions: ['leaves-what-others-claim-first'] } });
    const { refusals } = refused as { refusals: readonly { text: { nl: string; en: string } }[] };
    expect(refusals[0]?.text.nl).toContain('nog 1 aanvragen die eerder compleet waren');
    expect(refusals[0]?.text.en).toContain('Together they can get €4,000.00');
    await grant(first);
    await expect(grant(later)).rejects.toMatchObject({
      facts: { conditions: expect.arrayContaining(['fits-the-ceiling']) },
    });
  });

  it('refuses nobody on the ceiling while there is enough left', async () => {
    const call = await aCall('2027-9', 700_000);
    const id = await submitted(call, 0, 5);
    await oost.reviewed(id, [8, 8]);
    await oost.prepared(id, { outcome: 'refuse', ground: 'ceiling', deviationReason: 'Op.' });
    const refuse = oost.act('proposal', id, 'refuse', oost.people.decider);
    await expect(refuse).rejects.toMatchObject({ facts: { conditions: ['too-little-is-left'] } });
  });

  it('gives the last euro once, however many decide at the same moment', async () => {
    const call = await aCall('2027-10', 1_000_000);
    const ids: string[] = [];
    for (const [who, days] of [5, 4, 3, 2].entries()) ids.push(await prepared(call, who, days));
    const decided = await Promise.allSettled(ids.map((id) => grant(id)));
    const granted = decided.filter(({ status }) => status === 'fulfilled').length;
    const { awarded } = await oost.one('select awarded_cents::int as awarded from ceiling where call_id = $1', [call]);
    expect(awarded).toBe(granted * 400_000);
    expect(granted).toBeLessThanOrEqual(2);
    for (const id of ids.slice(0, 2)) await grant(id).catch(() => undefined);
    const outcomes: unknown[] = [];
    for (const id of ids) outcomes.push(await outcomeOf(id));
    expect(outcomes).toEqual(['granted', 'granted', null, null]);
  });
});

describe('a call in order of arrival', () => {
  it('shows its staff who was complete when, and nobody else', async () => {
    const call = await aCall('2027-11');
    const late = await submitted(call, 0, 2);
    const early = await submitted(call, 1, 4);
    const open = await submitted(call, 2, 6, {});
    const { rows } = await asPerson<Awaited<ReturnType<typeof readArrivals>>>(oost.people.secretary, (tx) =>
      readArrivals(tx, call),
    );
    expect(rows.map(({ id }) => id)).toEqual([early, late, open]);
    expect(await asPerson(oost.people.applicants[0] ?? '', (tx) => readArrivals(tx, call))).toMatchObject({
      rows: [],
    });
    expect(await asPerson(oost.people.applicants[0] ?? '', (tx) => readLots(tx, call))).toEqual([]);
  });

  it('is finished when it is closed and every decision was announced', async () => {
    const call = await aCall('2027-12');
    const id = await prepared(call, 0, 3);
    const { decider } = oost.people;
    await oost.act('call', call, 'close-early', decider, { reason: 'Het jaar is om.' });
    await expect(oost.act('call', call, 'finish', decider)).rejects.toMatchObject({ code: 'move-refused' });
    await grant(id);
    await oost.act('call', call, 'finish', decider);
    expect(await oost.one('select phase from call where id = $1', [call])).toEqual({ phase: 'announced' });
  });

  it('lets drafts expire when it closes, as every call does', async () => {
    const call = await aCall('2027-13');
    const id = await oost.draft(call, oost.people.applicants[0] ?? '', { content: contentOfOost() });
    await oost.act('call', call, 'close-early', oost.people.decider, { reason: 'Op.' });
    await oost.one(
      `update call set opens_at = opens_at - interval '1 day', closed_at = closed_at - interval '5 minutes' where id = $1`,
      [call],
    );
    await oost.one(`update term set due_at = app_now() where subject_id = $1`, [id]);
    const { engine } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined });
    await expireDueTerms({ engine, database: workers, worker: 't' });
    expect(await oost.one('select state from proposal where id = $1', [id])).toEqual({ state: 'Expired' });
  });

  it('leaves every invariant true', async () => {
    expect(await checkInvariants(oost.look, [...ENGINE_INVARIANTS, ...ROUND_INVARIANTS])).toEqual([]);
  });
});
