import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mailChore, openTransport, sendDueMail, Templates, type MailWork } from '#lib/notices';
import { projectFolder } from '#lib/settings';
import { Mortal } from '../support/mortal.js';
import { openMailWorld, type MailWorld } from '../support/mail-world.js';
import { openScriptedRelay, type Script, type ScriptedRelay } from '../support/scripted-relay.js';

let world: MailWorld;
let relay: ScriptedRelay;
let transport: ReturnType<typeof openTransport>;
const templates = Templates.load();

beforeAll(async () => {
  world = await openMailWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  relay = await openScriptedRelay();
  transport = openTransport(relay.url);
});
afterEach(async () => {
  transport.close();
  await relay.close();
  // a relay that was silent before MAIL is taken for one that refuses us: the next test begins with one that takes mail
  await world.look.query('delete from outbox; delete from task; select app.relay_took()');
});

const workOf = (worker: string): MailWork => ({
  ...{ database: world.workers, transport, templates, from: 'loket@regioloket.example', worker, leaseSeconds: 1 },
});
const send = (worker = 'w1', more: Partial<MailWork> = {}): Promise<number> =>
  sendDueMail({ ...workOf(worker), ...more });

describe('a relay that takes its time', () => {
  it('gets a mail once, though it thinks for 25 seconds after the final dot and a claim holds for one', async () => {
    const id = await world.write('a@school.example');
    relay.script = { message: () => sleep(25_000, '250 2.0.0 Ok') };
    const over = new AbortController();
    const first = send().finally(() => over.abort());
    while (!over.signal.aborted) {
      await sleep(500);
      await send('w2');
    }
    await first;
    expect(relay.received).toHaveLength(1);
    expect(await world.row(id)).toMatchObject({ status: 'sent', attempts: 1, lost_leases: 0 });
  }, 60_000);

  it('delays no other mail: what is silent holds one connection and nothing else', async () => {
    relay.script = { RCPT: (line) => (line.includes('silent') ? 'silence' : '250 2.1.5 Ok') };
    await world.write('silent@school.example');
    for (let i = 0; i < 20; i++) await world.write(`good${i}@school.example`);
    const chore = mailChore(workOf('w1'));
    const stopping = new AbortController();
    const runUntil = async (count: number): Promise<void> => {
      while (relay.received.length < count) {
        await chore.run(stopping.signal);
        await sleep(20);
      }
    };
    await runUntil(20);
    for (let i = 0; i < 5; i++) await world.write(`later${i}@school.example`);
    await runUntil(25);
    stopping.abort();
    await relay.close();
    await chore.settle();
  });

  it.each<[string, Script]>([
    ['in its greeting', { greeting: 'silence' }],
    ['after EHLO', { EHLO: 'silence' }],
    ['after MAIL', { MAIL: 'silence' }],
    ['after RCPT', { RCPT: 'silence' }],
    ['after DATA', { DATA: 'silence' }],
  ])('that is silent %s is left in time, and the mail cannot have left', async (_, script) => {
    const id = await world.write('a@school.example');
    relay.script = script;
    const hasty = openTransport(relay.url, { setup: 300, envelope: 300, content: 300, answer: 300 });
    await send('w1', { transport: hasty });
    expect(await world.row(id)).toMatchObject({ status: 'new', lost_leases: 0 });
    expect(relay.received).toEqual([]);
    hasty.close();
  });

  it.each<[string, Script]>([
    ['is silent', { message: 'silence' }],
    ['hangs up', { message: 'hang-up' }],
  ])(
    'that %s after the final dot leaves the mail in doubt: it comes again at most four times, minutes apart',
    async (_, script) => {
      const id = await world.write('a@school.example');
      relay.script = script;
      const hasty = openTransport(relay.url, { setup: 60_000, envelope: 60_000, content: 60_000, answer: 300 });
      await send('w1', { transport: hasty });
      expect(await world.row(id)).toMatchObject({ status: 'uncertain', lost_leases: 1, attempts: 1 });
      const wait = `select extract(epoch from next_attempt_at - app_now())::int > 50 as later from outbox`;
      expect((await world.look.query(wait)).rows).toEqual([{ later: true }]);
      for (let i = 0; i < 6; i++) {
        await world.look.query('update outbox set next_attempt_at = app_now()');
        await send('w1', { transport: hasty });
      }
      expect(relay.received).toHaveLength(5);
      expect(await world.row(id)).toMatchObject({ status: 'failed', lost_leases: 5 });
      expect((await world.look.query('select kind from task')).rows).toEqual([{ kind: 'mail-not-delivered' }]);
      hasty.close();
    },
  );
});

describe('a worker that is asked to stop while the relay is silent', () => {
  it.each<[string, Script, object, number]>([
    ['before the message', { RCPT: 'silence' }, { status: 'new', attempts: 0, lost_leases: 0 }, 20],
    ['after the final dot', { message: 'silence' }, { status: 'uncertain', attempts: 1, lost_leases: 1 }, 5],
  ])(
    '%s ends within ten seconds, and leaves no mail claimed',
    async (_, script, left, n) => {
      relay.script = script;
      for (let i = 0; i < 20; i++) await world.write(`a${i}@school.example`);
      const folder = mkdtempSync(join(tmpdir(), 'regioloket-stop-'));
      const worker = new Mortal(
        ...([projectFolder(), 'worker'] as const),
        {
          ...{ NODE_ENV: 'test', DATABASE_WORKER_URL: world.workerUrl, DATABASE_URL: world.appUrl },
          ...{ SMTP_URL: relay.url, DATA_DIR: folder, SECRET: 'a secret of the tests, long enough' },
        },
        [],
      );
      await worker.live();
      while (relay.asked.length < 5) await sleep(50);
      // Killed after twelve seconds: its exit code would be null.
      expect(await worker.end()).toBe(0);
      const { rows } = await world.look.query(
        'select status, attempts, lost_leases, count(*)::int as n from outbox group by 1, 2, 3 order by 4',
      );
      expect(rows).toContainEqual({ ...left, n });
      expect(rows.map(({ status }: { status: string }) => status)).not.toContain('sending');
      rmSync(folder, { recursive: true, force: true });
    },
    90_000,
  );
});
