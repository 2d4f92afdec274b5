import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openPromise } from 'yauzl';
import { openRound } from '#app/worker';
import { restoreBackup, writeBackup } from '#lib/backup';
import { Database, migrate } from '#lib/database';
import { ROUND_INVARIANTS } from '#lib/decision';
import {
  checkInvariants,
  ENGINE_INVARIANTS,
  expireDueTerms,
  resumeWork,
  sealAudit,
  verifyAudit,
  waitingWork,
} from '#lib/engine';
import { OfferHelp } from '#lib/intake';
import { sendDueMail, Templates } from '#lib/notices';
import { openTestDatabase, type TestDatabase } from '#lib/testing';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let folder: string;
let file: string;
let copy: TestDatabase;
let look: pg.Client;

const as = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};
const seal = (url: string): Promise<number> => as(url, sealAudit);

/** A call with held letters, drafts with terms, an offer whose link was not mailed yet, a session and a token, a sealed trail, attachments. */
const live = async (): Promise<void> => {
  const call = await noord.openCall();
  await noord.seatAll(call);
  const [first = '', second = ''] = noord.people.applicants;
  await noord.draft(call, second);
  await noord.prepared(await noord.scored(call, first));
  await seal(noord.test.sealerUrl);
  await noord.draft(call, second, { title: 'Met een komma, een "teken"\tén een \\ erin' });
  const offers = new OfferHelp(noord.database, { messageIds: MESSAGE_IDS, linkTo: (token) => `https://x/${token}` });
  const kind = { kind: 'COMPANY', what: 'hours', amount: '', place: '', description: '', language: 'nl' } as const;
  const who = { organisation: 'Bedrijf', contactName: 'Bo', email: 'bo@bedrijf.example' };
  await offers.execute({ region: 'noord', initiativeId: null, ...kind, ...who }, null);
  await noord.look.query(
    `insert into session (id_hash, person_id, csrf_secret, signed_in_by) values (repeat('a', 64), $1, 'x', 'link')`,
    [first],
  );
  await noord.look.query(
    `insert into api_token (token_hash, person_id, name, expires_at) values (repeat('b', 64), $1, 'x', app_now() + interval '1 day')`,
    [first],
  );
};

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  // A trail that comes from a cluster with many more transactions than the one it is restored into.
  await noord.look.query(
    `create or replace function app.transaction_base() returns bigint language sql immutable parallel safe as 'select 1000000000000::bigint'`,
  );
  await live();
  folder = mkdtempSync(join(tmpdir(), 'regioloket-backup-'));
  mkdirSync(join(folder, 'files', 'ab'), { recursive: true });
  writeFileSync(join(folder, 'files', 'ab', 'cdef'), Buffer.alloc(300_000, 'bijlage '));
  file = join(folder, 'backup.zip');
  await writeBackup({ ownerUrl: noord.test.ownerUrl, file, filesFolder: join(folder, 'files') });
  copy = await openTestDatabase('empty');
  await restoreBackup({ file, ownerUrl: copy.ownerUrl, filesFolder: join(folder, 'copied') });
  look = new pg.Client({ connectionString: copy.superUrl });
  await look.connect();
});
afterAll(async () => {
  await look.end();
  await copy.drop();
  await noord.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every row of every table as text, sorted. */
const rowsOf = async (client: pg.Client): Promise<Record<string, string[]>> => {
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
  );
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
    all[name] = rows.map(({ row }) => row);
  }
  return all;
};
const restoreElsewhere = async (from: string, into = copy): Promise<unknown> =>
  restoreBackup({ file: from, ownerUrl: into.ownerUrl, filesFolder: join(folder, 'elsewhere') });

describe('a restored copy', () => {
  it('holds every row of every table as it was, and the attachments', async () => {
    const [before, after] = [await rowsOf(noord.look), await rowsOf(look)];
    const changed = Object.keys(before).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    expect(Object.keys(after)).toEqual(Object.keys(before));
    // Sessions and tokens stay behind; a mail with a live link has failed and is told; the installation is paused.
    expect(changed).toEqual(['api_token', 'installation', 'outbox', 'session', 'task']);
    expect([after['session'], after['api_token']]).toEqual([[], []]);
    expect(readFileSync(join(folder, 'copied', 'ab', 'cdef'))).toEqual(
      readFileSync(join(folder, 'files', 'ab', 'cdef')),
    );
    const sequence = `select nextval(pg_get_serial_sequence('audit_entry', 'id'))::int as n`;
    expect((await look.query(sequence)).rows).toEqual((await noord.look.query(sequence)).rows);
  });

  it('protects its tables as before', async () => {
    const bare =
      await look.query(`select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'region'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity)`);
    expect(bare.rows).toEqual([]);
    await expect(look.query('delete from transition')).rejects.toThrow(/append-only/);
  });

  it('carries no link that still opens something', async () => {
    const { rows } = await look.query(`select status, secret, last_error from outbox where template = 'offer-confirm'`);
    expect(rows).toEqual([{ status: 'failed', secret: null, last_error: 'its link was left out of a backup' }]);
    expect((await look.query(`select 1 from task where kind = 'mail-not-delivered'`)).rowCount).toBe(1);
  });

  it('sends no mail and lets no term act until it is resumed; then each mail once', async () => {
    const workers = await Database.open({ url: copy.workerUrl, poolSize: 3 });
    const sent: string[] = [];
    const transport = { sendMail: (mail: { messageId?: string }) => Promise.resolve(sent.push(mail.messageId ?? '')) };
    const mail = { database: workers, transport, templates: Templates.load(), from: 'a@b.example', worker: 'w' };
    const { engine } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined });
    const due = { engine, database: workers, worker: 'w' };
    await look.query(`update term set due_at = app_now() - interval '1 hour' where name = 'decision'`);
    expect([await sendDueMail(mail), await expireDueTerms(due)]).toEqual([0, 0]);
    const waiting = await as(copy.ownerUrl, waitingWork);
    expect(waiting).toMatchObject({ paused: { because: expect.stringContaining('restored') }, termsDue: 1 });
    expect(await as(copy.ownerUrl, (owner) => resumeWork(owner, { cancelMail: false }))).toBe(true);
    while ((await sendDueMail(mail)) > 0);
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent).toHaveLength(waiting.mails['new'] ?? 0);
    expect(await expireDueTerms(due)).toBe(1);
    expect(await as(copy.ownerUrl, (owner) => resumeWork(owner, { cancelMail: false }))).toBe(false);
    await workers.close();
  });

  it('keeps its invariants, and its trail goes on where the old one ended', async () => {
    expect(await checkInvariants(look, [...ENGINE_INVARIANTS, ...ROUND_INVARIANTS])).toEqual([]);
    const before = await as(copy.ownerUrl, (owner) => verifyAudit(owner));
    expect(before).toMatchObject({ ok: true, unsealed: expect.any(Number) });
    let sealed = await seal(copy.sealerUrl);
    // What is younger than a transaction that another test holds open on the same cluster waits for it.
    for (let tries = 0; tries < 200 && sealed < before.unsealed; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      sealed += await seal(copy.sealerUrl);
    }
    expect(sealed).toBe(before.unsealed);
    const after = await as(copy.ownerUrl, (owner) => verifyAudit(owner));
    expect(after).toMatchObject({ ok: true, unsealed: 0, sealed: before.sealed + sealed });
  });
});

describe('a backup', () => {
  it('is read by its owner alone, and overwrites no file', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = writeBackup({ ownerUrl: noord.test.ownerUrl, file, filesFolder: '' });
    await expect(again).rejects.toMatchObject({ code: 'file-exists' });
  });

  it('names the part in which one byte was flipped', async () => {
    const zip = await openPromise(file, { autoClose: false });
    const bad = join(folder, 'bad.zip');
    const empty = await openTestDatabase('empty');
    for await (const entry of zip.eachEntry()) {
      if (entry.uncompressedSize === 0) continue;
      const bytes = readFileSync(file);
      const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
      const at = fileDataStart + Math.floor(entry.compressedSize / 2);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(bad, bytes);
      const name = entry.fileName === 'manifest.sha256' ? 'manifest.json' : entry.fileName;
      await expect(restoreElsewhere(bad, empty)).rejects.toMatchObject({ code: 'backup-is-damaged', parts: [name] });
    }
    zip.close();
    expect(await as(empty.ownerUrl, (client) => rowsOf(client))).toEqual({});
    await empty.drop();
  });

  it('that was cut off is none', async () => {
    const cut = join(folder, 'cut.zip');
    writeFileSync(cut, readFileSync(file).subarray(0, 20_000));
    await expect(restoreElsewhere(cut)).rejects.toMatchObject({ code: 'not-a-backup' });
  });

  it('is not restored over a database that holds something, nor over attachments', async () => {
    await expect(restoreElsewhere(file)).rejects.toMatchObject({ code: 'database-not-empty' });
    const empty = await openTestDatabase('empty');
    const over = restoreBackup({ file, ownerUrl: empty.ownerUrl, filesFolder: join(folder, 'files') });
    await expect(over).rejects.toMatchObject({ code: 'files-not-empty' });
    await empty.drop();
  });

  it('is restored after a restore that was cut off between schema and rows', async () => {
    const half = await openTestDatabase('empty');
    await migrate(half.ownerUrl);
    await restoreElsewhere(file, half);
    expect(await as(half.superUrl, (client) => rowsOf(client))).toHaveProperty('proposal.length', 3);
    await half.drop();
  });

  it('of a newer version is refused by name', async () => {
    await noord.look.query(`insert into migration_file (name, sha256) values ('9999-later', 'x')`);
    const newer = join(folder, 'newer.zip');
    await writeBackup({ ownerUrl: noord.test.ownerUrl, file: newer, filesFolder: '' });
    await noord.look.query(`delete from migration_file where name = '9999-later'`);
    const facts = { code: 'backup-is-newer', facts: { unknown: ['9999-later'] } };
    await expect(restoreElsewhere(newer)).rejects.toMatchObject(facts);
  });

  it('knows every column that could hold a secret', async () => {
    const { rows } = await noord.look.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'
        and (column_name ~ 'token|secret|password|id_hash') order by 1`,
    );
    // Hashes of long random values and of passwords come along: they open nothing by themselves, and mailed links keep working.
    const hashes = [
      'help_offer.token_hash',
      'invitation.token_hash',
      'opening_request.token_hash',
      'party.token_hash',
      'person.password_hash',
    ];
    // The secret of lots that are not drawn yet must come along, or the draw that was committed to could not be held; it tells no outcome
    // before the public value exists.
    const kept = [...hashes, 'lots_draw.secret'];
    const leftOut = [
      'api_token.token_hash',
      'outbox.secret',
      'session.csrf_secret',
      'session.id_hash',
      'sign_in_link.token_hash',
    ];
    expect(rows.map(({ name }) => name)).toEqual([...kept, ...leftOut].sort());
  });
});
