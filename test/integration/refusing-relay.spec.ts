import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { mailChore, openTransport, sendDueMail, Templates, type MailWork } from '#lib/notices';
import { openMailWorld, type MailWorld } from '../support/mail-world.js';
import { openScriptedRelay, type ScriptedRelay } from '../support/scripted-relay.js';

let world: MailWorld;
let relay: ScriptedRelay;
let transport: ReturnType<typeof openTransport>;
let said: string[] = [];
const templates = Templates.load();
const REFUSED = '554 5.7.1 <a@school.example>: Relay access denied';

beforeAll(async () => {
  world = await openMailWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  relay = await openScriptedRelay();
  transport = openTransport(relay.url);
  said = [];
});
afterEach(async () => {
  transport.close();
  await relay.close();
  await world.look.query('delete from outbox; delete from task; select app.relay_took()');
});

const work = (): MailWork => ({
  ...{ database: world.workers, transport, templates, from: 'loket@regioloket.example', worker: 'w1' },
  say: (line) => said.push(line),
});
const send = (): Promise<number> => sendDueMail(work());
const many = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await world.write(`a${i}@school.example`);
};
const standing = async (): Promise<unknown[]> =>
  (await world.look.query('select status, attempts, count(*)::int as n from outbox group by 1, 2 order by 1')).rows;
const tasks = async (): Promise<unknown[]> =>
  (await world.look.query('select kind, for_role, data ->> $1 as reason from task where done_at is null', ['reason']))
    .rows;
/** The pause is over: the next one is tried. */
const later = (): Promise<unknown> =>
  world.look.query(`update installation set relay_probe_at = app_now(); update outbox set next_attempt_at = app_now()`);

describe('a relay that refuses us', () => {
  it('loses no mail: all wait, one is tried now and then, who operates is told, and all leave when it takes mail again', async () => {
    await many(12);
    relay.script = { RCPT: REFUSED };
    await send();
    expect(await standing()).toEqual([{ status: 'new', attempts: 0, n: 12 }]);
    // Those that were in flight at once; the others are not tried for nothing.
    expect(relay.asked.length).toBeLessThanOrEqual(5);
    expect(await send()).toBe(0);
    expect(await tasks()).toEqual([]);
    const before = relay.asked.length;
    await later();
    expect([await send(), relay.asked.length]).toEqual([1, before + 1]);
    expect(await send()).toBe(0);
    expect(await tasks()).toEqual([{ kind: 'relay-refuses', for_role: 'platform-admin', reason: 'refused' }]);
    relay.script = {};
    await later();
    expect([await send(), await send()]).toEqual([1, 11]);
    expect(await standing()).toEqual([{ status: 'sent', attempts: 1, n: 12 }]);
    expect(await tasks()).toEqual([]);
    expect(said).toEqual([
      'no mail leaves (refused): envelope RCPT TO EENVELOPE: 554 5.7.1 <…>: Relay access denied; the next try is in 15 s',
      'no mail leaves (refused): envelope RCPT TO EENVELOPE: 554 5.7.1 <…>: Relay access denied; the next try is in 30 s',
      'mail leaves again',
    ]);
  });

  it('tries another mail first, so that one recipient it refuses stops nobody for long, and that one is given up after two days', async () => {
    const refused = await world.write('refused@school.example');
    relay.script = { RCPT: (line) => (line.includes('refused@') ? REFUSED : '250 2.1.5 Ok') };
    await send();
    await many(3);
    await later();
    while ((await send()) > 0);
    expect(await standing()).toEqual([
      { status: 'new', attempts: 1, n: 1 },
      { status: 'sent', attempts: 1, n: 3 },
    ]);
    await many(3);
    await world.look.query('update outbox set next_attempt_at = app_now()');
    await send();
    expect(await standing()).toContainEqual({ status: 'sent', attempts: 1, n: 6 });
    await world.look.query(`update outbox set next_attempt_at = app_now(), attempts = 7 where id = $1`, [refused]);
    await send();
    expect(await world.row(refused)).toMatchObject({ status: 'failed' });
    expect(await tasks()).toEqual([{ kind: 'mail-not-delivered', for_role: 'secretary', reason: 'refused' }]);
  });

  it.each([
    ['in its greeting', { greeting: '554 5.7.1 Go away' }, 'refused'],
    ['the sender', { MAIL: '553 5.7.1 Not yours' }, 'sender'],
    ['the password', { EHLO: '250-relay.example\r\n250 AUTH PLAIN' }, 'sign-in'],
  ])('%s loses none either', async (_, script, reason) => {
    await many(2);
    relay.script = script;
    transport.close();
    transport = openTransport(relay.url.replace('//', '//me:secret@'));
    await send();
    await later();
    await send();
    expect(await standing()).toEqual([{ status: 'new', attempts: 0, n: 2 }]);
    expect(await tasks()).toEqual([{ kind: 'relay-refuses', for_role: 'platform-admin', reason }]);
    expect(said.join()).not.toContain('secret');
  });
});

describe('a relay without the encryption that is demanded', () => {
  it('gets no password and no mail, and is told apart from one that is away', async () => {
    const heard: string[] = [];
    relay.script = { EHLO: '250-relay.example\r\n250 AUTH PLAIN', MAIL: (line) => (heard.push(line), '250 Ok') };
    await many(1);
    transport.close();
    transport = openTransport(`${relay.url.replace('//', '//me:secret@')}?requireTLS=true`);
    await send();
    expect(heard).toEqual([]);
    expect(await standing()).toEqual([{ status: 'new', attempts: 0, n: 1 }]);
    expect((await world.look.query('select relay_reason from installation')).rows).toEqual([{ relay_reason: 'tls' }]);
  });
});

describe('a relay that is away', () => {
  it('costs no mail an attempt, however long it lasts', async () => {
    await many(3);
    await relay.close();
    await send();
    for (let i = 0; i < 10; i++) {
      await later();
      expect(await send()).toBe(1);
    }
    expect(await standing()).toEqual([{ status: 'new', attempts: 0, n: 3 }]);
    const pause = 'select extract(epoch from relay_probe_at - app_now())::int <= 300 as "isShort" from installation';
    expect((await world.look.query(pause)).rows).toEqual([{ isShort: true }]);
    relay = await openScriptedRelay();
  });
});

describe('a relay that takes few connections', () => {
  it('is asked for fewer, and no mail is lost or counted for it', async () => {
    await many(40);
    relay.script = { greeting: () => (relay.open > 2 ? '421 4.7.0 Too many connections' : '220 relay.example') };
    const chore = mailChore(work());
    const stopping = new AbortController();
    while (relay.received.length < 40) {
      await chore.run(stopping.signal);
      await world.look.query(`update outbox set next_attempt_at = app_now() where status = 'new'`);
      await sleep(10);
    }
    await chore.settle();
    expect(await standing()).toEqual([{ status: 'sent', attempts: 1, n: 40 }]);
    expect(new Set(relay.received).size).toBe(40);
  });
});
