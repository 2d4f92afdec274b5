import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectFolder } from '#lib/settings';
import { freePort, hasRedis, openTestRedis } from '#lib/testing';
import { crashRun, type CrashPlan } from '../support/crash-run.js';
import { Mortal } from '../support/mortal.js';
import { openSlowSink } from '../support/slow-sink.js';
import { TestRound } from '../support/test-round.js';
import { makeVariant, type Patch } from '../support/variant.js';

/** The size with FULL=1: 2,000 moves; a sample otherwise. */
const isFull = process.env['FULL'] === '1';
const PLAN: CrashPlan = {
  root: projectFolder(),
  proposals: isFull ? 1_300 : 160,
  serverFailpoints: ['move.locked:20', 'move.judged:30', 'move.committed:25'],
  // The one that must leave a copy comes first: mails wait from the start, and no random kill can be quicker on a slow machine.
  workerFailpoints: ['mail.sent:10', 'mail.claimed:2', 'mail.begun:10', 'terms.claimed:1', 'commands.claimed:1'],
  randomKills: isFull ? 12 : 2,
  seed: 'crash',
  patienceSeconds: 60,
};
const LONG = 400_000;

const tell = (name: string, report: Awaited<ReturnType<typeof crashRun>>): void => {
  const { moves, deaths, mails, extraCopies } = report;
  process.stderr.write(
    `crash (${name}): ${moves} moves, ${deaths} deaths, ${mails} mails, ${extraCopies} extra copies\n`,
  );
};

describe('server and worker that are killed at every step', () => {
  it(
    'lose no move and double none; each mail arrives, under one Message-ID (queue on PostgreSQL)',
    async () => {
      const report = await crashRun(PLAN);
      tell('PostgreSQL', report);
      expect(report.violations).toEqual([]);
      expect([report.deaths >= 6, report.extraCopies >= 1]).toEqual([true, true]);
    },
    LONG,
  );

  (hasRedis() ? it : it.skip)(
    'lose no move and double none; each mail arrives, under one Message-ID (queue on Redis)',
    async () => {
      const redis = await openTestRedis();
      try {
        const report = await crashRun({ ...PLAN, redisUrl: redis.url });
        tell('Redis', report);
        expect(report.violations).toEqual([]);
        expect(report.deaths).toBeGreaterThanOrEqual(6);
      } finally {
        await redis.stop();
      }
    },
    LONG,
  );
});

describe('a worker that is asked to stop', () => {
  it('ends within ten seconds though the mail server is slow, and leaves the rest for the next', async () => {
    const world = await TestRound.open({ members: 6, applicants: 1 }, 4);
    const sink = await openSlowSink(await freePort(), 1_000);
    await world.look.query(
      `insert into outbox (region, event_id, recipient_key, template, language, to_address, view, message_id)
       select 'noord', gen_random_uuid(), n::text, 'admitted', 'nl', 'a' || n || '@x.example', $1, '<' || n || '@t.example>' from generate_series(1, 100) n`,
      [JSON.stringify({ name: 'A', number: '1', title: 'T', call: 'R', region: 'N' })],
    );
    const folder = mkdtempSync(join(tmpdir(), 'regioloket-stop-'));
    const env = {
      ...{
        NODE_ENV: 'test',
        DATABASE_WORKER_URL: world.test.workerUrl,
        DATABASE_URL: world.test.appUrl,
        SMTP_URL: sink.url,
      },
      ...{ DATA_DIR: folder, SECRET: 'a secret of the tests, long enough' },
    };
    const worker = new Mortal(projectFolder(), 'worker', env, []);
    await worker.live();
    for (let i = 0; i < 200 && sink.received.length === 0; i++) await sleep(50);
    // Killed after twelve seconds: its exit code would be null.
    expect(await worker.end()).toBe(0);
    const { rows } = await world.look.query(
      `select status, begun, count(*)::int as n from outbox group by 1, 2 order by 1`,
    );
    const begun = rows.filter((row: { status: string; begun: boolean }) => row.status === 'sending' && row.begun);
    expect([begun, sink.received.length < 100]).toEqual([[], true]);
    await sink.close();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);
});

const SENDER = 'libs/notices/src/send-due-mail.js';
const ROOM = 'libs/notices/src/mail-room.js';
const COMPOSER = 'libs/notices/src/compose-mail.js';
const ENGINE = 'libs/engine/src/engine.js';

/** Products that are wrong in a known way; the same run must see each of them. */
const KNOWN_BAD: readonly {
  readonly name: string;
  readonly patch: Patch;
  readonly sees: RegExp;
  readonly more?: Partial<CrashPlan>;
}[] = [
  {
    name: 'a mail that is marked sent before it is sent',
    patch: {
      file: SENDER,
      find: `await work.transport.sendMail(message, stop);`,
      replace: `await inRegion(work, mail.region, (tx) => tx.query(MARK, [mail.id, work.worker, 'sent', null, 0, true, false, false])); failpoint('mail.marked'); await work.transport.sendMail(message, stop);`,
    },
    sees: /mails that never arrived/,
    more: { workerFailpoints: ['mail.marked:20', 'mail.marked:20'] },
  },
  {
    name: 'a new Message-ID for each attempt',
    patch: { file: COMPOSER, find: 'messageId: mail.message_id', replace: 'messageId: `<${Math.random()}@x.example>`' },
    sees: /unknown Message-ID/,
  },
  {
    name: 'a key that is not claimed',
    patch: { file: ENGINE, find: 'const claiming = request.key === undefined ?', replace: 'const claiming = true ?' },
    sees: /was answered with 409/,
    more: { serverFailpoints: ['move.committed:25', 'move.committed:25'] },
  },
  {
    name: 'claims that no lease ever ends',
    patch: { file: ROOM, find: 'work.leaseSeconds ?? LEASE_SECONDS', replace: '86400' },
    sees: /mails not sent/,
    more: { workerFailpoints: ['mail.begun:20'] },
  },
];

// With FULL=1: each starts, kills and restarts the product many times, for minutes on a slow machine.
(isFull ? describe : describe.skip)('the same run on a product that is wrong', () => {
  const made: string[] = [];
  afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  it.each(KNOWN_BAD)(
    'is red for $name',
    async ({ patch, sees, more }) => {
      const root = makeVariant([patch]);
      made.push(root);
      const { violations } = await crashRun({
        ...PLAN,
        proposals: 80,
        randomKills: 0,
        patienceSeconds: 15,
        ...more,
        root,
      });
      expect(violations.join('\n')).toMatch(sees);
    },
    LONG,
  );
});
