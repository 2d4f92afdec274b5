import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkInvariants, ENGINE_INVARIANTS } from '#lib/engine';
import { ROUND_INVARIANTS } from '#lib/decision';
import { SeededRandom } from '#lib/kernel';
import { freePort } from '#lib/testing';
import { Mortal } from './mortal.js';
import { openSlowSink } from './slow-sink.js';
import { TestRound } from './test-round.js';

export interface CrashPlan {
  /** Folder of the build that runs: the product's, or a variant's. */
  readonly root: string;
  readonly redisUrl?: string;
  /** Proposals that are submitted; every second one is withdrawn after it. */
  readonly proposals: number;
  readonly serverFailpoints: readonly string[];
  readonly workerFailpoints: readonly string[];
  readonly randomKills: number;
  readonly seed: string;
  /** How long to wait for the last mail, in seconds. */
  readonly patienceSeconds: number;
}

export interface CrashReport {
  readonly moves: number;
  readonly deaths: number;
  readonly mails: number;
  readonly extraCopies: number;
  /** What went wrong; empty for a product that survives. */
  readonly violations: readonly string[];
}

/** Submits and withdraws over HTTP while server and worker are killed, and reports whatever was lost, doubled or refused. */
export async function crashRun(plan: CrashPlan): Promise<CrashReport> {
  const world = await TestRound.open({ members: 6, applicants: 1 }, 4);
  const folder = mkdtempSync(join(tmpdir(), 'regioloket-crash-'));
  chmodSync(folder, 0o755);
  const [httpPort, smtpPort] = [await freePort(), await freePort()];
  const sink = await openSlowSink(smtpPort, 50);
  const token = await tokenFor(world);
  const ids = await manyDrafts(world, plan.proposals);
  const withCommands = await admittedWithReviews(world, 6);
  await dueTerms(world, 40);
  const env = {
    ...{
      NODE_ENV: 'test',
      DATABASE_URL: world.test.appUrl,
      DATABASE_WORKER_URL: world.test.workerUrl,
      SMTP_URL: sink.url,
    },
    ...{ PORT: String(httpPort), DATA_DIR: folder, SECRET: 'a secret of the tests, long enough', LEASE_SECONDS: '2' },
    ...(plan.redisUrl === undefined ? {} : { REDIS_URL: plan.redisUrl }),
  };
  const server = new Mortal(plan.root, 'server', env, plan.serverFailpoints);
  const worker = new Mortal(plan.root, 'worker', env, plan.workerFailpoints);
  await Promise.all([server.live(), worker.live()]);
  const client = new Client(`http://127.0.0.1:${httpPort}/api/v1`, token);
  const violations: string[] = [];
  const killing = killAtRandom([server, worker], plan);
  violations.push(...(await client.submitAll(ids, withCommands)));
  await killing;
  await settled(world, plan.patienceSeconds);
  const report = await judge(world, { violations, received: sink.received, expected: ids.length });
  await Promise.all([server.end(), worker.end()]);
  await sink.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
  return { ...report, deaths: server.deaths + worker.deaths };
}

async function tokenFor(world: TestRound): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  const hash = createHash('sha256').update(token).digest('hex');
  await world.one(
    `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
    [...[hash, world.people.applicants[0]]],
  );
  return token;
}

/** One draft that is made as usual, and copies of it. */
export async function manyDrafts(world: TestRound, count: number): Promise<string[]> {
  const call = await world.openCall('2027-C');
  await world.seatAll(call);
  const first = await world.draft(call, world.people.applicants[0] ?? '');
  const { rows } = await world.look.query<{ id: string }>(
    `insert into proposal (region, call_id, number, title, lead_applicant, content, content_hash, state, phase, complete, eligible)
     select region, call_id, number || '-' || n, title, lead_applicant, content, content_hash, state, phase, complete, eligible
     from proposal, generate_series(1, $2) n where id = $1 returning id`,
    [first, count],
  );
  return rows.map(({ id }) => id);
}

/** Proposals whose withdrawal asks their reviews to be released: commands. */
async function admittedWithReviews(world: TestRound, count: number): Promise<string[]> {
  const call = (await world.one(`select id from call where number = '2027-C'`))['id'] as string;
  const [applicant = ''] = world.people.applicants;
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const id = await world.draft(call, applicant);
    await world.act('proposal', id, 'submit', applicant);
    await world.act('proposal', id, 'admit', world.people.secretary);
    for (const member of world.people.members.slice(1, 4)) await world.assign(id, member);
    ids.push(id);
  }
  return ids;
}

/** Drafts of a call that has ended, whose terms are due while everything is being killed. */
export async function dueTerms(world: TestRound, count: number): Promise<void> {
  const call = await world.openCall('2027-E');
  const [applicant = ''] = world.people.applicants;
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await world.draft(call, applicant));
  await world.one(
    `update call set opens_at = app_now() - interval '2 hours', closes_at = app_now() - interval '1 hour' where id = $1`,
    [call],
  );
  await world.one(
    `update term set due_at = app_now() + interval '3 seconds' where name = 'draft' and subject_id = any ($1)`,
    [ids],
  );
}

const IN_FLIGHT = 16;
const PATIENCE = 600;

class Client {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Returns what was not answered with 200. */
  async submitAll(ids: readonly string[], withdrawOnly: readonly string[]): Promise<string[]> {
    const wrong: string[] = [];
    const work = [...ids.map((id, i) => ({ id, acts: i % 2 === 0 ? ['submit'] : ['submit', 'withdraw'] }))];
    work.push(...withdrawOnly.map((id) => ({ id, acts: ['withdraw'] })));
    const queue = work.values();
    const lane = async (): Promise<void> => {
      for (const { id, acts } of queue) {
        for (const action of acts) {
          const status = await this.act(id, action);
          if (status !== 200) wrong.push(`${action} was answered with ${status}`);
        }
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    return wrong;
  }

  /** One act under one key, sent again until there is an answer. */
  private async act(id: string, action: string): Promise<number> {
    for (let attempt = 0; attempt < PATIENCE; attempt++) {
      try {
        const headers = {
          authorization: `Bearer ${this.token}`,
          'idempotency-key': `${action}-${id}`,
          'content-type': 'application/json',
        };
        const response = await fetch(`${this.url}/proposals/${id}/actions/${action}`, {
          method: 'POST',
          headers,
          body: '{}',
        });
        await response.arrayBuffer();
        if (response.status < 500) return response.status;
        if (response.status === 500) return 500;
      } catch {
        // The server was killed under it; the same key is sent again.
      }
      await sleep(50);
    }
    return 0;
  }
}

async function killAtRandom(processes: readonly Mortal[], { randomKills, seed }: CrashPlan): Promise<void> {
  const random = new SeededRandom(seed);
  // First the named points, undisturbed.
  for (let i = 0; i < 150 && processes.some(({ left }) => left > 0); i++) await sleep(100);
  for (let i = 0; i < randomKills; i++) {
    await sleep(1_500 + random.integer(1_500));
    processes[random.integer(processes.length)]?.kill();
  }
}

/** Waits until nothing is left to do. */
async function settled(world: TestRound, patienceSeconds: number): Promise<void> {
  const open = `select (select count(*) from outbox where status in ('new', 'sending', 'uncertain'))
    + (select count(*) from command where status = 'new') + (select count(*) from term where state = 'running' and due_at <= app_now()) as open`;
  for (let i = 0; i < patienceSeconds * 10; i++) {
    if (Number((await world.one(open))['open']) === 0) return;
    await sleep(100);
  }
}

interface Evidence {
  readonly violations: readonly string[];
  readonly received: readonly string[];
  readonly expected: number;
}

async function judge(
  world: TestRound,
  { violations, received, expected }: Evidence,
): Promise<Omit<CrashReport, 'deaths'>> {
  const found = [...violations];
  const same = (what: string, got: unknown, wanted: unknown): void => {
    if (got !== wanted) found.push(`${what}: ${String(got)} instead of ${String(wanted)}`);
  };
  const count = async (sql: string): Promise<number> => Number((await world.one(sql))['n']);
  const submitted = await count(`select count(distinct subject_id) as n from transition where action = 'submit'`);
  same('proposals that were submitted', submitted, expected + 6);
  same('submit moves', await count(`select count(*) as n from transition where action = 'submit'`), submitted);
  same('expired drafts', await count(`select count(*) as n from transition where action = 'expire'`), 40);
  same(
    'released reviews',
    await count(`select count(*) as n from transition where subject_kind = 'review' and action = 'release'`),
    18,
  );
  same('receipt mails', await count(`select count(*) as n from outbox where template = 'receipt'`), expected + 6);
  same('mails not sent', await count(`select count(*) as n from outbox where status <> 'sent'`), 0);
  const { rows } = await world.look.query<{ message_id: string; lost_leases: number }>(
    'select message_id, lost_leases from outbox',
  );
  const copies = new Map<string, number>();
  for (const id of received) copies.set(id, (copies.get(id) ?? 0) + 1);
  const lost = rows.filter(({ message_id: id }) => !copies.has(id)).length;
  same('mails that never arrived', lost, 0);
  const known = new Set(rows.map(({ message_id: id }) => id));
  same('copies under an unknown Message-ID', received.filter((id) => !known.has(id)).length, 0);
  const uncalled = rows.filter(({ message_id: id, lost_leases: leases }) => (copies.get(id) ?? 0) > 1 + leases).length;
  same('extra copies outside the crash window', uncalled, 0);
  const broken = await checkInvariants(world.look, [...ENGINE_INVARIANTS, ...ROUND_INVARIANTS]);
  found.push(...broken.map(({ rule, count: n }) => `${n} times broken: ${rule}`));
  const moves = await count('select count(*) as n from transition');
  return { moves, mails: rows.length, extraCopies: received.length - new Set(received).size, violations: found };
}
