import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { RoleInRegion, StaffRole, Viewer } from '#lib/access';
import { Database } from '#lib/database';
import * as people from '#lib/people';
import { openTestDatabase, type TestDatabase } from '#lib/testing';
import { LINKS, MESSAGE_IDS } from '../support/test-round.js';

const PASSWORD = 'vier losse woorden samen';
const ADDRESS = '192.0.2.1';

let test: TestDatabase;
let database: Database;
let owner: pg.Client;
let signUp: people.SignUp;
let invite: people.InvitePerson;
let accept: people.AcceptInvitation;

beforeAll(async () => {
  test = await openTestDatabase();
  database = await Database.open({ url: test.appUrl, poolSize: 4 });
  owner = new pg.Client({ connectionString: test.superUrl });
  await owner.connect();
  await owner.query(`insert into region values ('noord', 'Noord', 'North')`);
  const options = {
    messageIds: MESSAGE_IDS,
    links: LINKS,
  };
  invite = new people.InvitePerson(database, options);
  accept = new people.AcceptInvitation(database);
  signUp = new people.SignUp(database, invite, new people.SignInByLink(database, options));
});
beforeEach(() => owner.query('delete from sign_in_attempt'));
afterAll(async () => {
  await owner.end();
  await database.close();
  await test.drop();
});

const account = async (email: string, roles: RoleInRegion[] = []): Promise<Viewer> => {
  const made = { email, name: 'A. Voorbeeld', language: 'nl', password: PASSWORD, roles } as const;
  return { id: await new people.OpenAccount(database).execute(people.SYSTEM, made), name: 'V', language: 'nl', roles };
};
const ask = (email: string, name = 'B. Bezoeker', clientAddress = ADDRESS): Promise<void> =>
  signUp.request({ email, name, language: 'nl', clientAddress });
const one = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>> =>
  (await owner.query<Record<string, unknown>>(sql, values)).rows[0] ?? {};
const secretMailedTo = async (email: string): Promise<string> =>
  String(
    (
      await one(`select secret ->> 'link' as link from outbox where to_address = $1 order by created_at desc limit 1`, [
        email,
      ])
    )['link'],
  );
const attempts = async (): Promise<unknown> => (await one('select count(*)::int as n from sign_in_attempt'))['n'];

describe('asking for an account', () => {
  it('counts once for who has one and for who has none, so that throttling tells nothing', async () => {
    await account('known@x.example');
    await ask('known@x.example');
    const known = await attempts();
    await ask('unknown@x.example');
    expect([known, await attempts()]).toEqual([1, 2]);
  });

  it('answers the last one that a network may ask alike', async () => {
    await account('known2@x.example');
    for (const email of ['known2@x.example', 'unknown2@x.example']) {
      await owner.query('delete from sign_in_attempt');
      await owner.query(
        `insert into sign_in_attempt (kind, account_hash, network_hash)
          select 'link', 'x' || n, encode(sha256(convert_to($1, 'UTF8')), 'hex') from generate_series(1, 19) n`,
        [ADDRESS],
      );
      await expect(ask(email)).resolves.toBeUndefined();
    }
  });

  it('mails who has an account a link to sign in, and nothing to who is barred', async () => {
    await account('link@x.example');
    await ask('link@x.example');
    expect(await one(`select template from outbox where to_address = 'link@x.example'`)).toEqual({
      template: 'sign-in-link',
    });
    const { id } = await account('barred@x.example');
    await new people.DisablePerson(database).execute(people.SYSTEM, id ?? '', 'Een reden.');
    await ask('barred@x.example');
    expect(await one(`select template from outbox where to_address = 'barred@x.example'`)).toEqual({});
  });

  it('takes away nothing of what a colleague promised to the address, and does not prolong it', async () => {
    const office = await account('office@x.example', [{ region: 'landelijk', role: 'national-office' }]);
    const promised = { region: 'landelijk', email: 'new@x.example', name: 'N', language: 'nl' } as const;
    const first = await invite.execute(office, { ...promised, roles: ['auditor'] });
    await ask('new@x.example', 'Iemand anders');
    const token = await secretMailedTo('new@x.example');
    const opened = await accept.read(token);
    expect(opened).toMatchObject({ roles: ['auditor'], name: 'N' });
    expect(new Date(opened.expiresAt)).toEqual(new Date(first.expiresAt));
    const { personId } = await accept.execute({ token, password: PASSWORD });
    expect(await one('select role, granted_by from role_assignment where person_id = $1', [personId])).toEqual({
      role: 'auditor',
      granted_by: office.id,
    });
  });

  it('promises nothing that has run out', async () => {
    const office = await account('office2@x.example', [{ region: 'landelijk', role: 'national-office' }]);
    const late = {
      region: 'landelijk',
      email: 'late@x.example',
      name: 'N',
      language: 'nl',
      roles: ['auditor'] as StaffRole[],
    } as const;
    await invite.execute(office, late);
    await owner.query(`update invitation set expires_at = app_now() where email = 'late@x.example'`);
    await ask('late@x.example');
    expect(await accept.read(await secretMailedTo('late@x.example'))).toMatchObject({ roles: [], name: 'B. Bezoeker' });
  });

  it.each(['Klik\n\nhier', 'https://kwaad.example', 'mail@kwaad.example'])(
    'puts no lines and no addresses of a stranger in a mail: %j',
    async (name) => {
      await ask('victim@x.example', name);
      const { view } = (await one(
        `select view from outbox where to_address = 'victim@x.example' order by created_at desc limit 1`,
      )) as { view: { name: string } };
      expect(view.name).not.toMatch(/[\n:/@]/);
    },
  );
});

describe('an invitation', () => {
  it('gives nobody a role by inviting the own address, however it is written', async () => {
    const coordinator = await account('self@x.example', [{ region: 'noord', role: 'coordinator' }]);
    const self = { region: 'noord', email: 'Self@X.example', name: 'N', language: 'nl' } as const;
    await expect(invite.execute(coordinator, { ...self, roles: ['chair'] })).rejects.toMatchObject({
      code: 'may-not-grant-role',
    });
    await invite.execute(coordinator, { ...self, email: 'another@x.example', roles: ['chair'] });
  });
});
