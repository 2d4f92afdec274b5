import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { startServer, type RunningServer } from '#app/server';
import { checkInvariants } from '#lib/engine';
import * as people from '#lib/people';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';
import { PageReader } from '../support/page-reader.js';
import { sessionOf } from '../support/screen-world.js';

/** Somebody is shut out: every door closes at once, what was written stays, and nobody locks everybody out. */
let noord: TestRound;
let server: RunningServer;
let pages: PageReader;
let admin: string;
const SECRET = 'a-secret-of-the-tests';
const { SYSTEM } = people;
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

beforeAll(async () => {
  noord = await TestRound.open({ members: 3, applicants: 1 });
  server = await startServer({
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, round: noord.round },
    people: { messageIds: MESSAGE_IDS, links: LINKS },
  });
  pages = new PageReader(noord.look, server.url);
  admin = await account('admin@x.example', 'platform-admin', 'landelijk');
});
afterAll(async () => {
  expect(await checkInvariants(noord.look, people.PEOPLE_INVARIANTS)).toEqual([]);
  await server.stop();
  await noord.close();
});

async function account(
  email: string,
  role?: 'platform-admin' | 'member' | 'coordinator',
  region = 'noord',
): Promise<string> {
  const roles = role === undefined ? [] : [{ region, role }];
  const made = { email, name: `Naam van ${email.split('@')[0] ?? ''}`, language: 'nl', password: null, roles } as const;
  return new people.OpenAccount(noord.database).execute(SYSTEM, made);
}

async function tokenOf(person: string): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await noord.look.query(
    `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
    [hash(token), person],
  );
  return token;
}

const api = (token: string, method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const REASON = { reason: 'Account is overgenomen.' };

describe('a person who is disabled', () => {
  it('comes in by no door any more: session, token, mailed link, password, invitation, part', async () => {
    const email = 'weg@x.example';
    const id = await account(email);
    const [session, token, keeper] = [await sessionOf(noord, id), await tokenOf(id), await tokenOf(admin)];
    await noord.look.query(
      `insert into sign_in_link (token_hash, person_id, expires_at) values ($1, $2, app_now() + interval '9 minutes')`,
      [hash(SECRET), id],
    );
    await noord.look.query(
      `insert into invitation (region, token_hash, email, name, roles, expires_at)
       values ('noord', $1, $2, 'W', '{member}', app_now() + interval '1 day')`,
      [hash(SECRET), email],
    );
    const call = await noord.openCall('2027-1');
    const proposal = await noord.draft(call, noord.people.applicants[0] ?? '');
    await noord.look.query(
      `insert into party (region, proposal_id, role, organisation, contact_name, email, language, part, state, token_hash, asked_at, expires_at)
       values ('noord', $1, 'partner', 'Kwekerij', 'W', $2, 'nl', '{}', 'asked', $3, app_now(), app_now() + interval '1 day')`,
      [proposal, email, hash(SECRET)],
    );
    const me = (headers: Record<string, string>): Promise<number> =>
      fetch(`${server.url}/api/v1/me`, { headers }).then(({ status }) => status);
    const doors = async (): Promise<readonly number[]> => [
      await me({ cookie: `session=${session}` }),
      await me({ authorization: `Bearer ${token}` }),
      (await post('/invitations/read', { token: SECRET })).status,
      (await fetch(`${server.url}/partij/${SECRET}`)).status,
    ];
    expect(await doors()).toEqual([200, 200, 200, 200]);
    expect((await api(keeper, 'POST', `/people/${id}/disable`, REASON)).status).toBe(204);
    expect(await doors()).toEqual([401, 401, 409, 410]);
    expect((await post('/sessions/by-link', { token: SECRET })).status).toBe(409);
    expect((await post('/invitations/accept', { token: SECRET, password: 'vier losse woorden samen' })).status).toBe(
      409,
    );
    const before = (await noord.look.query('select 1 from outbox')).rowCount;
    expect((await post('/sign-in-links', { email })).status).toBe(202);
    expect((await noord.look.query('select 1 from outbox')).rowCount).toBe(before);
    await expect(new people.CreateApiToken(noord.database).execute(id, 'later', 1)).rejects.toMatchObject({
      code: 'not-found',
    });
    const { rows } = await noord.look.query(
      `select act, actor, data from audit_entry where subject_id = $1 and act = 'person.disable'`,
      [id],
    );
    expect(rows).toEqual([{ act: 'person.disable', actor: admin, data: REASON }]);
    expect((await api(keeper, 'POST', `/people/${id}/enable`, { reason: 'Het was een vergissing.' })).status).toBe(204);
    expect((await doors()).slice(0, 3)).toEqual([401, 401, 409]);
    await noord.look.query('delete from party');
  });

  it('leaves the open reviews to the secretary, as work that ends when somebody is let in again', async () => {
    const { secretary, members, applicants } = noord.people;
    const call = await noord.openCall('2027-2');
    await noord.seatAll(call);
    const id = await noord.draft(call, applicants[0] ?? '');
    await noord.act('proposal', id, 'submit', applicants[0] ?? '');
    await noord.act('proposal', id, 'admit', secretary);
    await noord.assign(id, members[1] ?? '');
    const start = async (): Promise<string> => await pages.page(secretary, '/');
    const said = /Geef 1 oordeel aan een ander/;
    expect(await start()).not.toMatch(said);
    await new people.DisablePerson(noord.database).execute(SYSTEM, members[1] ?? '', 'Weg.');
    expect(await start()).toMatch(said);
    await new people.EnablePerson(noord.database).execute(SYSTEM, members[1] ?? '', 'Terug.');
    expect(await start()).not.toMatch(said);
  });
});

describe('who shuts out', () => {
  it('never the last administrator, nor oneself; ending that role is refused alike', async () => {
    const keeper = await tokenOf(admin);
    expect(await (await api(keeper, 'POST', `/people/${admin}/disable`, REASON)).json()).toMatchObject({
      ...{ status: 409, code: 'may-not-disable-yourself' },
    });
    await expect(new people.DisablePerson(noord.database).execute(SYSTEM, admin, 'x')).rejects.toThrow(
      people.LastAdministrator,
    );
    const { roles } = (await (await api(keeper, 'GET', `/people/${admin}`)).json()) as { roles: { id: string }[] };
    const ended = await api(keeper, 'DELETE', `/people/${admin}/roles/${roles[0]?.id ?? ''}`);
    expect(await ended.json()).toMatchObject({ status: 409, code: 'last-administrator' });
    const other = await account('admin2@x.example', 'platform-admin', 'landelijk');
    const both = [admin, other].map((id) => new people.DisablePerson(noord.database).execute(SYSTEM, id, 'Samen.'));
    const outcomes = (await Promise.allSettled(both)).map(({ status }) => status).sort();
    expect(outcomes).toEqual(['fulfilled', 'rejected']);
    for (const id of [admin, other]) await new people.EnablePerson(noord.database).execute(SYSTEM, id, 'Terug.');
  });

  it('is an administrator alone; staff see who holds a role in their region, and end what they may give', async () => {
    const [stranger, south] = [await account('vreemd@x.example'), await account('zuid@x.example')];
    await noord.look.query(`insert into region values ('elders', 'Elders', 'Elsewhere') on conflict do nothing`);
    await noord.look.query(`insert into role_assignment (region, person_id, role) values ('elders', $1, 'member')`, [
      south,
    ]);
    const staff = await tokenOf(noord.people.coordinator);
    const list = (await (await api(staff, 'GET', '/people?size=200')).json()) as {
      items: { id: string; email: string }[];
    };
    const seen = list.items.map(({ id }) => id);
    expect([seen.includes(stranger), seen.includes(south), seen.includes(noord.people.members[0] ?? '')]).toEqual([
      false,
      false,
      true,
    ]);
    for (const id of [stranger, south, crypto.randomUUID()])
      expect((await api(staff, 'GET', `/people/${id}`)).status).toBe(404);
    const member = noord.people.members[2] ?? '';
    for (const [method, way] of [
      ['POST', 'disable'],
      ['POST', 'enable'],
      ['DELETE', 'sessions'],
      ['DELETE', 'tokens'],
    ] as const)
      expect([
        way,
        (await api(staff, method, `/people/${member}/${way}`, method === 'POST' ? REASON : undefined)).status,
      ]).toEqual([way, 404]);
    expect((await pages.send(noord.people.coordinator, `/mensen/${member}/toegang`, REASON)).status).toBe(404);
    const { roles, tokens } = (await (await api(staff, 'GET', `/people/${member}`)).json()) as {
      roles: { id: string }[];
      tokens: unknown;
    };
    expect(tokens).toBeNull();
    expect((await api(staff, 'DELETE', `/people/${member}/roles/${roles[0]?.id ?? ''}`)).status).toBe(204);
    const decider = (await (await api(staff, 'GET', `/people/${noord.people.decider}`)).json()) as {
      roles: { id: string }[];
    };
    const refused = await api(staff, 'DELETE', `/people/${noord.people.decider}/roles/${decider.roles[0]?.id ?? ''}`);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([409, 'may-not-grant-role']);
    expect((await api(await tokenOf(stranger), 'GET', '/people')).status).toBe(404);
  });

  it('ends sessions or tokens of somebody who stays a user', async () => {
    const id = await account('laptop@x.example');
    const [keeper, token] = [await tokenOf(admin), await tokenOf(id)];
    await sessionOf(noord, id);
    const read = async (): Promise<unknown> => (await api(keeper, 'GET', `/people/${id}`)).json();
    expect(await read()).toMatchObject({ sessions: 1, tokens: 1 });
    await api(keeper, 'DELETE', `/people/${id}/sessions`);
    expect(await read()).toMatchObject({ sessions: 0, tokens: 1, disabledAt: null });
    await api(keeper, 'DELETE', `/people/${id}/tokens`);
    expect([(await api(token, 'GET', '/me')).status, await read()]).toEqual([
      401,
      expect.objectContaining({ tokens: 0 }),
    ]);
  });
});

describe('the pages', () => {
  it('find somebody by words of name and address, fifty at a time, and shut out with a reason', async () => {
    for (let i = 0; i < 55; i++) await account(`velen${String(i).padStart(2, '0')}@lijst.example`);
    const first = (await pages.page(admin, '/mensen?zoek=velen+lijst.example')).replaceAll('&#x3D;', '=');
    expect(first.match(/velen\d\d@/g)).toHaveLength(50);
    const next = /href="(\/mensen\?[^"]*na=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await pages.page(admin, next)).match(/velen\d\d@/g)).toHaveLength(5);
    const id = /\/mensen\/([\w-]{36})/.exec(first)?.[1] ?? '';
    const empty = await pages.send(admin, `/mensen/${id}/toegang`, { reason: ' ' });
    expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining('Schrijf op waarom')]);
    expect((await pages.send(admin, `/mensen/${id}/toegang`, REASON)).status).toBe(303);
    const blocked = await pages.page(admin, `/mensen/${id}`);
    expect(blocked).toContain(REASON.reason);
    expect(blocked).toContain('Laat deze persoon weer toe');
  });
});
