import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '#lib/testing';
import { endAll, until, type Started } from '../support/installations.js';
import { addressOf, productionOf, run, sentenceOf, startPart } from '../support/production.js';

let test: TestDatabase;
let look: pg.Client;
let settings: Record<string, string>;
let server: Started;

beforeAll(async () => {
  test = await openTestDatabase('empty');
  settings = productionOf(test);
  look = new pg.Client({ connectionString: test.superUrl });
  await look.connect();
});

afterAll(async () => {
  await endAll();
  await look.end();
  await test.drop();
});

const open = (...words: string[]): ReturnType<typeof run> => run(settings, 'account', 'open', ...words);
const PASSWORD = 'vier losse woorden samen';

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly cookie: string;
}

async function send(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${addressOf(server)}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
    body: JSON.stringify(body),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, cookie };
}

/** Opens an account with a role and accepts its printed link; the answer acts as that person. */
async function person(role: string, ...region: string[]): Promise<Record<string, string>> {
  const email = `${role}@netwerk.example`;
  const { link } = JSON.parse((await open('--role', role, '--email', email, ...region)).out) as { link: string };
  const token = link.split('/').at(-1);
  const accepted = await send('/invitations/accept', { token, password: PASSWORD });
  expect([role, accepted.status]).toEqual([role, 201]);
  const made = await send('/me/tokens', { name: 'eerste uur', days: 1 }, { cookie: accepted.cookie });
  return { authorization: `Bearer ${String(made.body['token'])}` };
}

describe('the first hour of an operator', () => {
  it('before the schema is there, every process and command says which command makes it', async () => {
    for (const words of [['account', 'open', '--role', 'platform-admin', '--email', 'a@x.example'], ['invariants']])
      expect(sentenceOf(await run(settings, ...words))).toMatch(/lacks \d+ migration.*run regioloket migrate/);
    for (const part of ['server', 'worker'] as const) expect(sentenceOf(await run(settings, part))).toMatch(/migrate/);
    expect(JSON.parse((await run(settings, 'migrate')).out)).toMatchObject({
      ran: expect.arrayContaining(['0001-foundation']),
    });
  }, 200_000);

  it('an unknown role, an unknown region, a missing region and a wrong address are one sentence each', async () => {
    const email = ['--email', 'a@x.example'];
    expect(sentenceOf(await open('--role', 'king', ...email))).toMatch(/--role is one of member, chair/);
    expect(sentenceOf(await open(...email))).toMatch(/Name the role: --role/);
    expect(sentenceOf(await open('--role', 'chair', ...email))).toMatch(/name it with --region/);
    expect(sentenceOf(await open('--role', 'chair', '--region', 'mars', ...email))).toMatch(/one of .*noord, .*zuid/);
    expect(sentenceOf(await open('--role', 'chair', '--region', 'noord', '--email', 'a'))).toMatch(/e-mail address/);
    expect((await look.query('select from invitation')).rowCount).toBe(0);
  }, 100_000);

  it('prints a link that works without a relay, mails it too, and the audit trail says who it was', async () => {
    const { out } = await open('--role', 'platform-admin', '--email', 'Eerste@Netwerk.example', '--name', 'E. Eerste');
    const { link } = JSON.parse(out) as { link: string };
    expect(JSON.parse(out)).toMatchObject({
      role: 'platform-admin',
      region: 'landelijk',
      expiresAt: expect.any(String),
    });
    expect(link).toMatch(/^https:\/\/loket\.example\/uitnodiging\/[\w-]{43}$/);
    const { rows } = await look.query(
      `select o.to_address, o.secret ->> 'link' as link, o.view ->> 'inviter' as inviter, a.actor, a.data from outbox o
        join audit_entry a on a.subject_id::text = o.event_id::text and a.act = 'person.invite'`,
    );
    expect(rows).toEqual([
      {
        ...{ to_address: 'eerste@netwerk.example', link, inviter: 'De beheerder van deze installatie' },
        ...{ actor: null, data: { roles: ['platform-admin'], by: 'operator' } },
      },
    ]);
  }, 100_000);

  it('goes on to the people of a region and a published call', async () => {
    server = startPart(settings, 'server');
    await until(() => server.text.includes('The server runs on'), server);
    const coordinator = await person('coordinator', '--region', 'noord');
    const decider = await person('decider', '--region', 'noord');
    const call = {
      ...{ programme: 'innovatie-wt', number: '2027-1', name: { nl: 'Ronde 2027-1', en: 'Call 2027-1' } },
      ...{ opensAt: '2027-01-11T08:00:00Z', closesAt: '2027-02-26T16:00:00Z' },
    };
    const made = await send('/regions/noord/calls', call, coordinator);
    expect(made.status).toBe(201);
    const published = await send(`/calls/${String(made.body['id'])}/actions/publish`, {}, decider);
    expect(published.status).toBe(200);
    const page = await fetch(`${addressOf(server)}/rondes/${String(made.body['id'])}`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Ronde 2027-1')]);
  }, 200_000);
});

describe('the operator and people who are there', () => {
  it('shuts somebody out by address and with a reason, but never the last administrator, and lets in again', async () => {
    const account = (...words: string[]): ReturnType<typeof run> => run(settings, 'account', ...words);
    const email = 'coordinator@netwerk.example';
    const reason = ['--reason', 'Account is overgenomen.'];
    expect(sentenceOf(await account('disable', '--email', email))).toMatch(/--reason TEXT/);
    expect(sentenceOf(await account('disable', '--email', 'nobody@x.example', ...reason))).toMatch(
      /Nobody has an account/,
    );
    expect(JSON.parse((await account('disable', '--email', email, ...reason)).out)).toMatchObject({
      ...{ email, disabledAt: expect.any(String) },
    });
    expect(JSON.parse((await account('list', 'netwerk', 'coordinator')).out)).toMatchObject({
      items: [{ email, disabledAt: expect.any(String), roles: [{ region: 'noord', role: 'coordinator' }] }],
    });
    const again = await open('--role', 'chair', '--region', 'noord', '--email', email);
    expect([again.code, again.out]).toEqual([1, expect.stringContaining('account enable')]);
    expect((await account('enable', '--email', email, ...reason)).code).toBe(0);
    await person('platform-admin');
    const last = await account('disable', '--email', 'platform-admin@netwerk.example', ...reason);
    expect([last.code, last.out]).toEqual([1, expect.stringContaining('last-administrator')]);
    const { rows } = await look.query(
      `select actor, data ->> 'by' as by from audit_entry where act = 'person.disable'`,
    );
    expect(rows).toEqual([{ actor: null, by: 'operator' }]);
  }, 100_000);
});

describe('what a start says of an address that does not work', () => {
  const refused = async (more: Record<string, string>, ...words: string[]): Promise<string> =>
    sentenceOf(await run({ ...settings, ...more }, ...words));
  const changed = (url: string, change: (url: URL) => void): string => {
    const address = new URL(url);
    change(address);
    return address.toString();
  };
  const wrongPassword = (url: string): string => changed(url, (u) => (u.password = 'wrong'));

  it('a wrong password is a sentence with the role and the place, and never with the password', async () => {
    const { host } = new URL(test.appUrl);
    const owner = await refused({ DATABASE_OWNER_URL: wrongPassword(test.ownerUrl) }, 'migrate');
    expect(owner).toBe(
      `PostgreSQL at ${host} refuses the password of regioloket_owner: correct it in the address of this database.`,
    );
    expect(await refused({ DATABASE_URL: wrongPassword(test.appUrl) }, 'server')).toMatch(/regioloket_app/);
    expect(await refused({ DATABASE_WORKER_URL: wrongPassword(test.workerUrl) }, 'worker')).toMatch(
      /regioloket_worker/,
    );
    expect(await refused({ DATABASE_SEALER_URL: wrongPassword(test.sealerUrl) }, 'worker')).toMatch(
      /regioloket_sealer/,
    );
  }, 100_000);

  it('so is a database that is not there, one without TLS that is asked for it, and a port where nobody listens', async () => {
    const owner = (change: (url: URL) => void) => ({ DATABASE_OWNER_URL: changed(test.ownerUrl, change) });
    expect(
      await refused(
        owner((u) => (u.pathname = '/elsewhere')),
        'migrate',
      ),
    ).toMatch(/has no database elsewhere/);
    expect(
      await refused(
        owner((u) => (u.search = '?sslmode=verify-full')),
        'migrate',
      ),
    ).toMatch(/does not speak TLS/);
    expect(
      await refused(
        owner((u) => (u.port = '9')),
        'migrate',
      ),
    ).toMatch(/at .*:9 cannot be reached/);
  }, 100_000);

  it('and in production nobody forgets who sends the mails', async () => {
    expect(await refused({ MAIL_FROM: '' }, 'migrate')).toMatch(/MAIL_FROM: Give the e-mail address/);
  }, 60_000);
});

describe('the level of the schema', () => {
  it('a later migration than this version knows is refused by server, worker, commands and migrate', async () => {
    await look.query(`insert into migration_file (name, sha256) values ('9999-later', 'x')`);
    for (const words of [['server'], ['worker'], ['migrate'], ['outbox', 'resume']])
      expect([words, sentenceOf(await run(settings, ...words))]).toEqual([
        words,
        'The database was migrated by a later version (9999-later): start that version.',
      ]);
    await look.query(`delete from migration_file where name = '9999-later'`);
  }, 100_000);

  it('a process behind whose back a migration is missing says so', async () => {
    await look.query(`delete from migration_file where name = '0130-schema-level'`);
    for (const part of ['server', 'worker'] as const)
      expect(sentenceOf(await run(settings, part))).toMatch(/lacks 1 migration.*0130-schema-level.*regioloket migrate/);
  }, 100_000);
});

describe('a migration that fails', () => {
  it('is told with its file and the reason, and leaves nothing of itself', async () => {
    const other = await openTestDatabase('empty');
    const owner = new pg.Client({ connectionString: other.superUrl });
    await owner.connect();
    await owner.query('create table region (code text)');
    const said = sentenceOf(await run(productionOf(other), 'migrate'));
    expect(said).toMatch(
      /libs\/database\/sql\/0001-foundation\.up\.sql failed and left nothing: relation "region" already/,
    );
    expect((await owner.query(`select to_regproc('app_now') as clock`)).rows).toEqual([{ clock: null }]);
    await owner.end();
    await other.drop();
  }, 60_000);
});
