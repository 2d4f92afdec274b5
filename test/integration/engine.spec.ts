import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import pg from 'pg';
import { Database } from '#lib/database';
import { ROUND_INVARIANTS } from '#lib/decision';
import * as engineLibrary from '#lib/engine';
import { openTestDatabase, type TestDatabase } from '#lib/testing';
import { letterEngine, makeLetters, READER, WRITER } from '../support/letter.js';

const { checkInvariants, expireDueTerms, openAnchor, runDueCommands, sealAudit, signAnchor, verifyAudit } =
  engineLibrary;

let test: TestDatabase;
let database: Database;
let workers: Database;
let look: pg.Client;
let engine: engineLibrary.Engine;
let rings = 0;

beforeAll(async () => {
  test = await openTestDatabase();
  await makeLetters(test.ownerUrl);
  database = await Database.open({ url: test.appUrl, poolSize: 10 });
  workers = await Database.open({ url: test.workerUrl, poolSize: 6 });
  look = new pg.Client({ connectionString: test.superUrl });
  await look.connect();
  engine = letterEngine(database, () => (rings += 1));
});

afterAll(async () => {
  await look.end();
  await database.close();
  await workers.close();
  await test.drop();
});

const one = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>> =>
  (await look.query<Record<string, unknown>>(sql, values)).rows[0] ?? {};

const aLetter = async (more: Record<string, unknown> = {}): Promise<string> => {
  const row = { region: 'noord', signed: true, writer: WRITER, ...more };
  const names = Object.keys(row);
  const places = names.map((_, i) => `$${i + 1}`);
  return (await one(`insert into letter (${names.join()}) values (${places.join()}) returning id`, Object.values(row)))[
    'id'
  ] as string;
};

const letters = async (count: number, more: Record<string, unknown>): Promise<string[]> => {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await aLetter(more));
  return ids;
};

const act = async (
  id: string,
  action: string,
  more: Partial<engineLibrary.MoveRequest> = {},
): Promise<engineLibrary.MoveAnswer> =>
  engine.act({
    subject: { kind: 'letter', id },
    action,
    actor: { id: ['ask', 'answer'].includes(action) ? READER : WRITER, regions: ['noord'] },
    receivedAt: await database.now(),
    ...more,
  });

const counts = (): Promise<Record<string, unknown>> =>
  one(`select (select count(*) from transition)::int as transitions, (select count(*) from audit_entry)::int as audit,
    (select count(*) from outbox)::int as outbox, (select count(*) from idempotency)::int as keys, (select count(*) from term)::int as terms`);

describe('a move', () => {
  it('writes state, transition, audit entry, mail and terms together, and rings once', async () => {
    const id = await aLetter({ due_at: '2030-01-01T00:00:00Z' });
    const before = rings;
    const answer = await act(id, 'send', { payload: { reason: 'Dag' } });
    expect(answer).toMatchObject({ repeated: false, state: 'Sent', version: 2 });
    expect(rings).toBe(before + 1);
    expect(
      await one('select state, phase, version, sent_at is not null as stamped from letter where id = $1', [id]),
    ).toEqual({
      ...{ state: 'Sent', phase: 'submitted', version: 2, stamped: true },
    });
    const transition = await one('select * from transition where subject_id = $1', [id]);
    expect(transition).toMatchObject({
      action: 'send',
      from_state: 'Draft',
      facts: { 'letter.signed': true },
      payload: { reason: 'Dag' },
    });
    expect(await one('select act, actor from audit_entry where subject_id = $1', [id])).toEqual({
      act: 'letter.send',
      actor: WRITER,
    });
    const mail = await one('select status, message_id, event_id from outbox where view ->> $1 = $2', ['letter', id]);
    expect(mail).toMatchObject({ status: 'new', event_id: transition['id'] });
    expect(mail['message_id']).toMatch(/^<[0-9a-f-]{36}\.[0-9a-f]{16}@regioloket\.example>$/);
    const terms = await look.query('select name, state from term where subject_id = $1 order by name', [id]);
    expect(terms.rows).toEqual([
      { name: 'answer', state: 'running' },
      { name: 'reply', state: 'running' },
    ]);
  });

  it('that is refused writes nothing, not even its key', async () => {
    const id = await aLetter({ signed: false });
    const before = await counts();
    const key = { personId: WRITER, route: 'r', key: 'refused-1', bodyHash: 'h' };
    await expect(act(id, 'send', { key })).rejects.toMatchObject({ code: 'move-refused' });
    expect(await counts()).toEqual(before);
  });

  it('whose effect fails writes nothing and tells the cause', async () => {
    const id = await aLetter();
    const before = await counts();
    await expect(act(id, 'explode')).rejects.toThrow(/division by zero/);
    expect(await counts()).toEqual(before);
  });

  it('on what is not there or of another region is not found', async () => {
    const missing = '99999999-9999-4999-8999-999999999999';
    const foreign = await aLetter({ region: 'zuid' });
    await expect(act(missing, 'send')).rejects.toMatchObject({ code: 'not-found' });
    await expect(act(foreign, 'send')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('made on an older version is refused', async () => {
    const id = await aLetter();
    await act(id, 'send', { version: 1 });
    await expect(act(id, 'ask', { version: 1 })).rejects.toMatchObject({ code: 'version-is-stale' });
  });

  it('sent many times with one key is made once, and every answer names the same subject', async () => {
    const id = await aLetter();
    const key = { personId: WRITER, route: 'r', key: 'double-click', bodyHash: 'h' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => act(id, 'send', { key })));
    expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1);
    expect(new Set(answers.map((answer) => `${answer.subject.id} ${answer.state} ${answer.version}`))).toEqual(
      new Set([`${id} Sent 2`]),
    );
    await expect(act(id, 'send', { key: { ...key, bodyHash: 'other' } })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
  });

  it('races a conflicting one: exactly one of the two is made, whatever the order', async () => {
    const winners = { send: 0, tear: 0 };
    for (let i = 0; i < 100; i++) {
      const id = await aLetter();
      const results = await Promise.allSettled(
        i % 2 === 0 ? [act(id, 'send'), act(id, 'tear')] : [act(id, 'tear'), act(id, 'send')],
      );
      expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
      const lost = results.find((r) => r.status === 'rejected');
      expect(lost?.reason).toMatchObject({ code: 'action-not-now' });
      winners[(await one('select state from letter where id = $1', [id]))['state'] === 'Sent' ? 'send' : 'tear'] += 1;
    }
    expect(winners.send + winners.tear).toBe(100);
  });

  it('lists what the actor can do, with reasons', async () => {
    const id = await aLetter({ signed: false });
    const answers = await engine.reader.actionsFor(
      { kind: 'letter', id },
      { id: WRITER, regions: ['noord'] },
      await database.now(),
    );
    expect(answers.map((answer) => [answer.action, answer.allowed])).toEqual([
      ['send', false],
      ['tear', true],
      ['explode', true],
    ]);
  });
});

describe('terms', () => {
  const term = (id: string, name = 'answer'): Promise<Record<string, unknown>> =>
    one(
      `select state, last_day::text as last_day, due_at, (select count(*)::int from term_suspension s where s.term_id = term.id and until_day is null) as standing
      from term where subject_id = $1 and name = $2`,
      [id, name],
    );

  it('stand still in a state that suspends them, go on afterwards, and end', async () => {
    const id = await aLetter();
    const at = (day: string): { receivedAt: string } => ({ receivedAt: `${day}T10:00:00.000000Z` });
    await act(id, 'send', at('2027-09-01'));
    expect(await term(id)).toMatchObject({ state: 'running', last_day: '2027-10-13', standing: 0 });
    await act(id, 'ask', at('2027-09-10'));
    expect(await term(id)).toMatchObject({ state: 'suspended', standing: 1 });
    await act(id, 'explain', at('2027-09-20'));
    expect(await term(id)).toMatchObject({ state: 'running', last_day: '2027-10-25', standing: 0 });
    await act(id, 'answer', at('2027-09-30'));
    expect(await term(id)).toMatchObject({ state: 'ended' });
  });

  it('that are due raise their task or make their move, once, though two workers look', async () => {
    const ids = await letters(30, { due_at: '2026-01-01T00:00:00Z' });
    for (const id of ids) await act(id, 'send');
    await look.query(`update term set due_at = '2025-01-01' where name = 'answer' and subject_id = any ($1)`, [
      ids.slice(0, 10),
    ]);
    const work = (worker: string): engineLibrary.DueWork => ({
      engine: letterEngine(workers),
      database: workers,
      worker,
      most: 7,
    });
    const drain = async (worker: string): Promise<void> => {
      while ((await expireDueTerms(work(worker))) > 0);
    };
    await Promise.all([drain('a'), drain('b')]);
    const torn = await one(`select count(*)::int as n from letter where id = any ($1) and state = 'Torn'`, [ids]);
    const moves = await one(
      `select count(*)::int as n from transition where subject_id = any ($1) and action = 'tear'`,
      [ids],
    );
    const tasks = await one(`select count(*)::int as n from task where subject_id = any ($1) and kind = 'look'`, [ids]);
    expect([torn['n'], moves['n']]).toEqual([30, 30]);
    expect(tasks['n']).toBeGreaterThan(0);
    expect(tasks['n']).toBeLessThanOrEqual(10);
  });

  it('wait for the new moment when theirs was put off', async () => {
    const id = await aLetter({ due_at: '2026-01-01T00:00:00Z' });
    await act(id, 'send');
    await look.query(`update letter set due_at = '2030-05-05T00:00:00Z' where id = $1`, [id]);
    await expireDueTerms({ engine: letterEngine(workers), database: workers, worker: 'a' });
    expect(await term(id, 'reply')).toMatchObject({ state: 'running', due_at: new Date('2030-05-05T00:00:00Z') });
    expect(await one('select state from letter where id = $1', [id])).toEqual({ state: 'Sent' });
  });
});

describe('commands', () => {
  it('asked by one move are made by the system, each once; what is refused is remembered', async () => {
    const parent = await aLetter();
    const children = await letters(20, { reply_to: parent });
    await act(children[0]!, 'send');
    await act(parent, 'send');
    await act(parent, 'answer');
    const work = (worker: string): engineLibrary.DueWork => ({
      engine: letterEngine(workers),
      database: workers,
      worker,
      most: 4,
    });
    const drain = async (worker: string): Promise<void> => {
      while ((await runDueCommands(work(worker))) > 0);
    };
    await Promise.all([drain('a'), drain('b')]);
    const statuses = await look.query(
      'select status, count(*)::int as n from command where asked_by = any (select id from transition where subject_id = $1) group by 1 order by 1',
      [parent],
    );
    expect(statuses.rows).toEqual([
      { status: 'done', n: 19 },
      { status: 'refused', n: 1 },
    ]);
  });
});

describe('the audit trail', () => {
  let sealer: pg.Client;
  const faults = async (tamper: string, restore: string): Promise<string[]> => {
    await look.query(
      `alter table audit_entry disable trigger user; alter table audit_batch disable trigger user; alter table audit_leaf disable trigger user`,
    );
    await look.query(tamper);
    const report = await verifyAudit(look);
    await look.query(restore);
    await look.query(
      `alter table audit_entry enable trigger user; alter table audit_batch enable trigger user; alter table audit_leaf enable trigger user`,
    );
    return [...new Set(report.faults.map((fault) => `${fault.kind} ${fault.entry ?? 'batch'}`))].sort();
  };

  beforeAll(async () => {
    sealer = new pg.Client({ connectionString: test.sealerUrl });
    await sealer.connect();
    expect(await sealAudit(sealer)).toBeGreaterThan(50);
    // What is younger than a transaction that another test holds open on the same cluster waits for it.
    for (let tries = 0; tries < 200 && (await verifyAudit(look)).unsealed > 0; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await sealAudit(sealer);
    }
  });
  afterAll(() => sealer.end());

  it('is whole after everything above, has nothing left to seal, and says that its tail is not anchored', async () => {
    expect(await sealAudit(sealer)).toBe(0);
    expect(await verifyAudit(look)).toMatchObject({ ok: true, unsealed: 0, tailAnchored: false, faults: [] });
  });

  it('names the entry that was changed', async () => {
    const change = (word: string): string => `update audit_entry set act = '${word}' where id = 5`;
    const { act: original } = await one('select act from audit_entry where id = 5');
    expect(await faults(change('letter.burn'), change(original as string))).toEqual(['changed 5']);
  });

  it('names the entry that was deleted', async () => {
    const kept =
      'create temp table kept as select * from audit_entry where id = 7; delete from audit_entry where id = 7';
    expect(await faults(kept, 'insert into audit_entry overriding system value select * from kept')).toEqual([
      'deleted 7',
    ]);
  });

  it('names the two that were swapped', async () => {
    const swap = `update audit_entry set subject_id = (select subject_id from audit_entry o where o.id = case audit_entry.id when 3 then 9 else 3 end) where id in (3, 9)`;
    expect(await faults(swap, swap)).toEqual(['changed 3', 'changed 9']);
  });

  it('names the one that was inserted behind the seal', async () => {
    const insert = `insert into audit_entry (region, transaction, act, subject_kind) values ('noord', '5', 'letter.forged', 'letter')`;
    const [fault] = await faults(insert, `delete from audit_entry where act = 'letter.forged'`);
    expect(fault).toMatch(/^inserted \d+$/);
  });

  it('notices a batch cut off its end only with an anchor, and refuses a forged anchor', async () => {
    await act(await aLetter(), 'send');
    await sealAudit(sealer);
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const { ends } = await verifyAudit(look);
    const anchor = signAnchor('2026-11-23T00:00:00Z', ends, privateKey);
    expect(await verifyAudit(look, openAnchor(anchor, publicKey))).toMatchObject({ ok: true, tailAnchored: true });
    expect(() => openAnchor({ ...anchor, at: '2026-11-24T00:00:00Z' }, publicKey)).toThrow(
      engineLibrary.AnchorNotGenuine,
    );
    await look.query(`begin; alter table audit_entry disable trigger user; alter table audit_leaf disable trigger user; alter table audit_batch disable trigger user;
      delete from audit_entry where id in (select entry_id from audit_leaf where batch = (select max(number) from audit_batch));
      delete from audit_leaf where batch = (select max(number) from audit_batch); delete from audit_batch where number = (select max(number) from audit_batch)`);
    expect((await verifyAudit(look)).ok).toBe(true);
    const cut = await verifyAudit(look, ends);
    await look.query('rollback');
    expect(cut.faults.map((fault) => fault.kind)).toEqual(['anchor-mismatch']);
  });

  it('cannot be changed by any role of the application', async () => {
    for (const url of [test.appUrl, test.workerUrl, test.sealerUrl, test.ownerUrl]) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`select set_config('app.regions', 'noord', false)`);
      await expect(client.query(`update audit_entry set act = 'x'`)).rejects.toThrow(/permission denied|append-only/);
      await expect(client.query('delete from audit_leaf')).rejects.toThrow(/permission denied|append-only/);
      await client.end();
    }
  });
});

describe('invariants', () => {
  it('hold after all of this', async () => {
    expect(await checkInvariants(look)).toEqual([]);
  });

  it('are at least fifteen, and notice what breaks them', async () => {
    const all = [...engineLibrary.ENGINE_INVARIANTS, ...ROUND_INVARIANTS];
    expect(new Set(all.map((invariant) => invariant.code)).size).toBeGreaterThanOrEqual(15);
    await look.query('begin');
    await look.query(`insert into transition (region, subject_kind, subject_id, version, action, from_state, to_state, from_phase, to_phase, received_at, rules_hash, facts)
      values ('noord', 'letter', gen_random_uuid(), 4, 'x', 'A', 'B', 'preparing', 'ended', app_now(), 'h', '{}')`);
    await look.query(`insert into outbox (region, event_id, recipient_key, template, language, to_address, view, message_id)
      values ('noord', gen_random_uuid(), 'k', 't', 'nl', 'a@b.example', '{}', 'm')`);
    const broken = await checkInvariants(look);
    await look.query('rollback');
    expect(broken.map((b) => b.code).sort()).toEqual([
      'mail-has-an-event',
      'transition-has-one-audit-entry',
      'versions-have-no-gap',
    ]);
  });
});
