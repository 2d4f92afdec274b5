import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { restoreClock, shiftClock } from '#lib/database';
import { ROUND_INVARIANTS } from '#lib/decision';
import { checkInvariants, ENGINE_INVARIANTS, sealAudit, verifyAudit, waitingWork } from '#lib/engine';
import { INITIATIVE_INVARIANTS } from '#lib/intake';
import { PEOPLE_INVARIANTS } from '#lib/people';
import { openTestDatabase, type TestDatabase } from '#lib/testing';
import { loadDemo, type LoadedDemo } from '../../apps/cli/src/demo/load-demo.js';
import { NETWORKS, readNetwork } from '../../apps/cli/src/demo/network-file.js';
import { openTestFiles, type TestFiles } from '../support/test-files.js';
import { MESSAGE_IDS } from '../support/test-round.js';

let test: TestDatabase;
let look: pg.Client;
let demo: LoadedDemo;
let files: TestFiles;
let kept: LoadedDemo | undefined;

beforeAll(async () => {
  test = await openTestDatabase();
  files = await openTestFiles();
  const place = { ...test, messageIds: MESSAGE_IDS, from: 'loket@regioloket.example', files: files.store };
  demo = await loadDemo(place, (loaded) => (kept = loaded));
  look = new pg.Client({ connectionString: test.superUrl });
  await look.connect();
}, 600_000);
afterAll(async () => {
  await look.end();
  await test.drop();
  files.remove();
});

const rows = async (sql: string): Promise<unknown[][]> => {
  const { rows: found } = await look.query<unknown[]>({ text: sql, rowMode: 'array' });
  return found;
};

describe('the examples, on the day of the first load', () => {
  it('show every phase of the calendar', async () => {
    const calls =
      await rows(`select region, number, state, round(extract(epoch from closes_at - app_now()) / 86400)::int,
      round(extract(epoch from opens_at - app_now()) / 86400)::int > 0 from call order by 1, 2`);
    expect(calls.map(([region, number, state, , ahead]) => [region, number, state, ahead])).toEqual([
      ['gelderland', '2027-tranche-1', 'Closed', false],
      ['midden', '2027-voorjaar', 'Closed', false],
      ['noord', '2027-voorjaar', 'Open', false],
      ['noordwest', '2027-hoofdronde', 'Announced', false],
      ['oost', '2027-doorlopend', 'Open', false],
      ['zuid', '2026', 'Announced', false],
      ['zuid', '2027', 'Draft', true],
      ['zuidwest', '2027-innovatie', 'Published', true],
    ]);
    const [, , noord] = calls;
    expect([13, 14, 15]).toContain(noord?.[3]);
    const phases = await rows('select distinct phase from proposal order by 1');
    expect(phases.flat()).toEqual(['decided', 'ended', 'in-review', 'preparing', 'ranked', 'screening', 'submitted']);
  });

  it('meet their regulation, unless they are there to fail', async () => {
    const failing = NETWORKS.flatMap((code) =>
      readNetwork(code).calls.flatMap(({ proposals }) => proposals.filter(({ fails }) => fails !== undefined)),
    ).map(({ title }) => title);
    const found = await rows('select title from proposal where eligible is not true or not complete order by 1');
    expect(found.flat()).toEqual([...failing].sort((a, b) => (a < b ? -1 : 1)));
    expect(failing.length).toBeLessThan(10);
  });

  it('have two late reviews in gelderland, all reviews and a ranking in midden, an objection in time in noordwest, an award that was waived in zuid', async () => {
    expect(
      await rows(`select region, count(*)::int from task where kind = 'review-overdue' and done_at is null group by 1`),
    ).toEqual([['gelderland', 2]]);
    const open = `select count(*)::int from review r join call c on c.id = r.call_id where c.region = 'midden' and r.phase <> 'submitted'`;
    expect(await rows(open)).toEqual([[0]]);
    expect(await rows(`select count(*)::int from ranking where region = 'midden'`)).toEqual([[1]]);
    expect(await rows('select region, in_time from objection')).toEqual([['noordwest', true]]);
    expect(
      await rows(
        `select p.region, p.state, d.outcome from decision d join proposal p on p.id = d.proposal_id where d.waived_at is not null`,
      ),
    ).toEqual([['zuid', 'Waived', 'granted']]);
    const term = `select objection_last_day > current_date from announcement where region = 'noordwest'`;
    expect(await rows(term)).toEqual([[true]]);
  });

  it('happened in the order of time, and nothing of it lies ahead', async () => {
    expect(
      await rows(
        `select count(*)::int from transition where at > clock_timestamp() or received_at > clock_timestamp()`,
      ),
    ).toEqual([[0]]);
    const backwards = `select count(*)::int from (select at - lag(at) over (partition by region order by id) as step from audit_entry) s where step < '0'`;
    expect(await rows(backwards)).toEqual([[0]]);
  });

  it('leave nothing that bursts at the first start: every mail was sent at its moment, nothing is due', async () => {
    const owner = new pg.Client({ connectionString: test.ownerUrl });
    await owner.connect();
    expect(await waitingWork(owner)).toEqual({
      ...{ paused: null, relay: null, mails: {} },
      termsDue: 0,
      remindersDue: 0,
      commandsDue: 0,
    });
    await owner.end();
    expect(await rows(`select count(*)::int from outbox where status <> 'sent' or sent_at < created_at`)).toEqual([
      [0],
    ]);
    expect(demo.letters).toHaveLength(60);
  });

  it('fill the registry with the actors of the plan and with partners of every network', async () => {
    const found = await rows(
      `select r, count(*)::int from organisation, unnest(regions) r where kind <> 'NETWORK' group by 1 having count(*) >= 8`,
    );
    expect(found.map(([region]) => region)).toEqual(expect.arrayContaining([...NETWORKS]));
    expect(await rows(`select count(*)::int from organisation where regions = '{}'`)).not.toEqual([[0]]);
    const unknown = `select p.title from proposal p, jsonb_array_elements(p.content -> 'partners') as one
      where not exists (select from organisation o where o.name = one ->> 'name' and o.kvk = one ->> 'kvk')`;
    expect(await rows(unknown)).toEqual([]);
  });

  it('keep the mail of every link that still holds: a part to confirm, an invitation, an offer', async () => {
    const open = await rows(`select 'part', token_hash from party where state = 'asked' and expires_at > app_now()
      union all select 'invitation', token_hash from invitation where accepted_at is null and expires_at > app_now()
      union all select 'offer', token_hash from help_offer where offered_at > app_now() - interval '14 days'`);
    expect(new Set(open.map(([kind]) => kind))).toEqual(new Set(['part', 'invitation', 'offer']));
    const tokens = demo.letters.flatMap(
      ({ text }) => text.match(/(?<=\/(?:partij|uitnodiging|bevestigen)\/)[\w-]+/g) ?? [],
    );
    const mailed = tokens.map((token) => createHash('sha256').update(token).digest('hex'));
    expect(mailed).toEqual(expect.arrayContaining(open.map(([, hash]) => String(hash))));
  });

  it('keep every invariant, and an audit trail that verifies', async () => {
    const all = [...ENGINE_INVARIANTS, ...ROUND_INVARIANTS, ...PEOPLE_INVARIANTS, ...INITIATIVE_INVARIANTS];
    expect(await checkInvariants(look, all)).toEqual([]);
    const sealer = new pg.Client({ connectionString: test.sealerUrl });
    await sealer.connect();
    await sealAudit(sealer);
    await sealer.end();
    expect(await verifyAudit(look)).toMatchObject({ ok: true, unsealed: 0, faults: [] });
  });

  it('have an account for each role of each network, with passwords of this load', () => {
    const parts = ['leraar', 'deskundige', 'coordinator', 'secretaris', 'voorzitter', 'bestuur'];
    const wanted = NETWORKS.flatMap((code) => parts.map((part) => `${part}@demo-${code}.example`));
    const emails = demo.accounts.map(({ email }) => email);
    expect(emails).toEqual(expect.arrayContaining([...wanted, 'landelijk@regioloket.example']));
    expect(new Set(demo.accounts.map(({ password }) => password)).size).toBe(NETWORKS.length + 2);
    expect(kept).toEqual(demo);
  });
});

describe('the clock', () => {
  it('tells the true time again', async () => {
    expect(await rows('select abs(extract(epoch from app_now() - clock_timestamp())) < 1')).toEqual([[true]]);
  });

  it('cannot be shifted by the roles of the application', async () => {
    for (const url of [test.appUrl, test.workerUrl, test.sealerUrl]) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await expect(shiftClock(client, 60_000)).rejects.toThrow(/must be owner|permission denied/);
      await client.end();
    }
  });

  it('is put right when it was left shifted', async () => {
    const owner = new pg.Client({ connectionString: test.ownerUrl });
    await owner.connect();
    await shiftClock(owner, -86_400_000);
    expect(await restoreClock(owner)).toBe(true);
    expect(await restoreClock(owner)).toBe(false);
    expect(await rows('select abs(extract(epoch from app_now() - clock_timestamp())) < 1')).toEqual([[true]]);
    await owner.end();
  });
});
