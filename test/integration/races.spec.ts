import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '#app/server';
import { checkInvariants, ENGINE_INVARIANTS, type MoveAnswer } from '#lib/engine';
import { ROUND_INVARIANTS } from '#lib/decision';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

/** The size with FULL=1. */
const PAIRS = process.env['FULL'] === '1' ? 1_000 : 120;
let noord: TestRound;
let call: string;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  call = await noord.openCall();
  await noord.seatAll(call);
});
afterAll(() => noord.close());

const copiesOf = async (id: string, count: number): Promise<string[]> => {
  const { rows } = await noord.look.query<{ id: string }>(
    `insert into proposal (region, call_id, number, title, lead_applicant, content, content_hash, state, phase, complete, eligible, submitted_by, submitted_at, received_at)
     select region, call_id, number || '-' || n, title, lead_applicant, content, content_hash, state, phase, complete, eligible, submitted_by, submitted_at, received_at
     from proposal, generate_series(1, $2) n where id = $1 returning id`,
    [id, count],
  );
  await noord.look.query(
    `insert into receipt (region, proposal_id, transition_id, received_at, in_time, content, content_hash)
     select region, id, gen_random_uuid(), received_at, true, content, '' from proposal where id = any ($1) and submitted_at is not null`,
    [rows.map((row) => row.id)],
  );
  return rows.map((row) => row.id);
};

/** Sends both, the second a few microseconds to milliseconds after the first; returns how many were made. */
const race = async (
  i: number,
  one: () => Promise<MoveAnswer>,
  two: () => Promise<MoveAnswer>,
): Promise<PromiseSettledResult<MoveAnswer>[]> => {
  const [first, second] = i % 2 === 0 ? [one, two] : [two, one];
  const started = first();
  if (i % 3 === 0) await sleep(i % 5);
  return Promise.allSettled([started, second()]);
};

describe('two conflicting acts sent at once', () => {
  it('submit and discard: one is made, the other is told that it came too late', async () => {
    const [applicant = ''] = noord.people.applicants;
    const ids = await copiesOf(await noord.draft(call, applicant), PAIRS);
    const ends = { Submitted: 0, Discarded: 0 };
    for (const [i, id] of ids.entries()) {
      const results = await race(
        i,
        () => noord.act('proposal', id, 'submit', applicant),
        () => noord.act('proposal', id, 'discard', applicant),
      );
      const made = results.filter((result) => result.status === 'fulfilled');
      const lost = results.find((result) => result.status === 'rejected');
      expect([made.length, lost?.reason.code]).toEqual([1, 'action-not-now']);
      ends[(made[0] as PromiseFulfilledResult<MoveAnswer>).value.state as keyof typeof ends] += 1;
    }
    expect([ends.Submitted + ends.Discarded, ends.Submitted > 0, ends.Discarded > 0]).toEqual([PAIRS, true, true]);
  });

  it('admit and withdraw: one is made', async () => {
    const [applicant = ''] = noord.people.applicants;
    const first = await noord.draft(call, applicant);
    await noord.act('proposal', first, 'submit', applicant);
    for (const [i, id] of (await copiesOf(first, PAIRS)).entries()) {
      const results = await race(
        i,
        () => noord.act('proposal', id, 'admit', noord.people.secretary),
        () => noord.act('proposal', id, 'withdraw', applicant),
      );
      // Withdrawing is possible before and after admission, so one or both are made; never admission after withdrawal.
      const { state, version } = await noord.one('select state, version from proposal where id = $1', [id]);
      const made = results.filter((result) => result.status === 'fulfilled').length;
      expect([state, Number(version)]).toEqual(['Withdrawn', made + 1]);
    }
  });

  it('the same act twice under two keys: made once', async () => {
    const [applicant = ''] = noord.people.applicants;
    const ids = await copiesOf(await noord.draft(call, applicant), PAIRS);
    for (const [i, id] of ids.entries()) {
      const submit = (): Promise<MoveAnswer> => noord.act('proposal', id, 'submit', applicant);
      const results = await race(i, submit, submit);
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('leave every invariant whole', async () => {
    expect(await checkInvariants(noord.look, [...ENGINE_INVARIANTS, ...ROUND_INVARIANTS])).toEqual([]);
  });
});

describe('what arrives around the closing, while every connection is taken', () => {
  it('is in time a millisecond before it, late at it and after it; each has its receipt', async () => {
    const [applicant = ''] = noord.people.applicants;
    const ids = await copiesOf(await noord.draft(call, applicant), 30);
    const closes = Date.parse(await noord.database.now()) + 30_000;
    await noord.look.query('update call set closes_at = to_timestamp($2 / 1000.0) where id = $1', [call, closes]);
    const at = (ms: number): { receivedAt: string } => ({
      receivedAt: new Date(closes + ms).toISOString().replace('Z', '000Z'),
    });
    const holders = Array.from({ length: 10 }, () =>
      noord.database.unit({ regions: ['noord'], actor: null }, (tx) => tx.query('select pg_sleep(1.5)')),
    );
    await sleep(100);
    const moments = [-1, 0, 1] as const;
    const sent = ids.map((id, i) => noord.act('proposal', id, 'submit', applicant, {}, at(moments[i % 3] ?? 0)));
    const answers = await Promise.all(sent);
    await Promise.all(holders);
    const warned = answers.map(({ warnings }) => warnings.some(({ condition }) => condition === 'received-in-time'));
    expect(warned).toEqual(ids.map((_, i) => i % 3 !== 0));
    const { rows } = await noord.look.query<{ in_time: boolean; n: number }>(
      'select in_time, count(*)::int as n from receipt where proposal_id = any ($1) group by 1 order by 1',
      [ids],
    );
    expect(rows).toEqual([
      { in_time: false, n: 20 },
      { in_time: true, n: 10 },
    ]);
  });

  it('is judged over HTTP by the moment of its arrival, though it is handled after the closing', async () => {
    const [applicant = ''] = noord.people.applicants;
    const other = await noord.openCall('2027-H');
    await noord.seatAll(other);
    const ids = await copiesOf(await noord.draft(other, applicant), 12);
    const token = randomBytes(24).toString('base64url');
    const hash = createHash('sha256').update(token).digest('hex');
    await noord.look.query(
      `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
      [hash, applicant],
    );
    const people = {
      messageIds: MESSAGE_IDS,
      links: LINKS,
    };
    const server = await startServer({
      database: noord.database,
      host: '127.0.0.1',
      port: 0,
      isHttps: false,
      people,
      round: noord.round,
    });
    const submit = async (id: string): Promise<{ warnings: { condition: string }[] }> => {
      const headers = { authorization: `Bearer ${token}`, 'idempotency-key': `late-${id}` };
      const response = await fetch(`${server.url}/api/v1/proposals/${id}/actions/submit`, { method: 'POST', headers });
      return (await response.json()) as { warnings: { condition: string }[] };
    };
    await Promise.all(
      ids.map((id) => fetch(`${server.url}/api/v1/proposals/${id}`, { headers: { authorization: `Bearer ${token}` } })),
    );
    await noord.look.query(`update call set closes_at = app_now() + interval '700 milliseconds' where id = $1`, [
      other,
    ]);
    const holders = Array.from({ length: 10 }, () =>
      noord.database.unit({ regions: ['noord'], actor: null }, (tx) => tx.query('select pg_sleep(2)')),
    );
    await sleep(100);
    const early = ids.slice(0, 6).map(submit);
    await sleep(1_000);
    const late = ids.slice(6).map(submit);
    const [inTime, tooLate] = [await Promise.all(early), await Promise.all(late)];
    await Promise.all(holders);
    await server.stop();
    const isLate = ({ warnings }: { warnings: { condition: string }[] }): boolean =>
      warnings.some(({ condition }) => condition === 'received-in-time');
    expect([inTime.map(isLate), tooLate.map(isLate)]).toEqual([
      Array<boolean>(6).fill(false),
      Array<boolean>(6).fill(true),
    ]);
    const after = await noord.one(
      `select count(*) filter (where r.in_time)::int as "inTime", count(*)::int as receipts, bool_and(t.at > c.closes_at) as "handledAfterClosing"
       from receipt r join transition t on t.id = r.transition_id join proposal p on p.id = r.proposal_id join call c on c.id = p.call_id where c.id = $1`,
      [other],
    );
    expect(after).toEqual({ inTime: 6, receipts: 12, handledAfterClosing: true });
  }, 30_000);
});
