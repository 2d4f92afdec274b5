import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { RoleInRegion, Viewer } from '#lib/access';
import { Database } from '#lib/database';
import { checkInvariants, SubjectNotFound } from '#lib/engine';
import * as people from '#lib/people';
import { openTestDatabase, type TestDatabase } from '#lib/testing';

const { SYSTEM, hashOfSecret } = people;
const PASSWORD = 'vier losse woorden samen';
const OTHER = 'nog een andere lange zin';

let test: TestDatabase;
let database: Database;
let owner: pg.Client;
let signIn: people.SignIn;
let byLink: people.SignInByLink;
let invite: people.InvitePerson;
let accept: people.AcceptInvitation;
let change: people.ChangePassword;

beforeAll(async () => {
  test = await openTestDatabase();
  database = await Database.open({ url: test.appUrl, poolSize: 6 });
  owner = new pg.Client({ connectionString: test.superUrl });
  await owner.connect();
  await owner.query(`insert into region values ('noord', 'Noord', 'North'), ('zuid', 'Zuid', 'South')`);
  const passwords = new people.PasswordCheck(database);
  const options = {
    messageIds: { secret: 'a secret of the tests, long enough', domain: 'regioloket.example' },
    links: {
      opening: String,
      offer: String,
      party: String,
      invitation: (t: string) => `https://x.example/i/${t}`,
      signIn: (t: string) => `https://x.example/s/${t}`,
    },
  };
  signIn = new people.SignIn(database, passwords);
  byLink = new people.SignInByLink(database, options);
  invite = new people.InvitePerson(database, options);
  accept = new people.AcceptInvitation(database);
  change = new people.ChangePassword(database, passwords);
});

afterEach(async () => {
  await shiftClock('0 seconds');
  await owner.query('delete from sign_in_attempt');
});

afterAll(async () => {
  expect(await checkInvariants(owner, people.PEOPLE_INVARIANTS)).toEqual([]);
  await owner.end();
  await database.close();
  await test.drop();
});

/** The one clock runs ahead: nothing but app_now() decides what is over. */
async function shiftClock(ahead: string): Promise<void> {
  await owner.query(`create or replace function app_now() returns timestamptz language sql volatile parallel safe as
    $$ select clock_timestamp() + interval '${ahead}' $$`);
}

const one = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>> =>
  (await owner.query<Record<string, unknown>>(sql, values)).rows[0] ?? {};

let made = 0;
interface Made {
  readonly id: string;
  readonly email: string;
}

async function aPerson(...roles: RoleInRegion[]): Promise<Made> {
  made += 1;
  const email = `p${made}@school.example`;
  const account = { email, name: `Persoon ${made}`, language: 'nl', password: PASSWORD, roles } as const;
  return { id: await new people.OpenAccount(database).execute(SYSTEM, account), email };
}

const viewerOf = ({ id }: Made, ...roles: RoleInRegion[]): Viewer => ({ id, name: 'V', language: 'nl', roles });

const attempt = (email: string, password = PASSWORD, clientAddress = '192.0.2.1'): Promise<people.SignedIn> =>
  signIn.execute({ email, password, clientAddress });

interface Sender {
  readonly received_at: string;
  readonly person_id: string | null;
  readonly csrf_secret: string | null;
  readonly roles: RoleInRegion[];
}

async function senderOf(session: string | null, token: string | null = null): Promise<Sender> {
  const hashes = [session, token].map((secret) => (secret === null ? null : hashOfSecret(secret)));
  const [sender] = await database.ask<Sender>('select * from app.authenticate($1, $2)', hashes);
  return sender!;
}

const isKnown = async (session: string): Promise<boolean> => (await senderOf(session)).person_id !== null;

/** The secret of the last mail to an address, as its link carries it. */
async function mailedSecret(email: string): Promise<string> {
  const mail = await one(
    `select secret ->> 'link' as link from outbox where to_address = $1 order by created_at desc limit 1`,
    [email],
  );
  return String(mail['link']).split('/').at(-1)!;
}

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work().catch(() => undefined);
  return (performance.now() - start) / 1000;
};

describe('signing in', () => {
  it('opens a session whose id is a secret and is stored as a hash only', async () => {
    const { id, email } = await aPerson({ region: 'noord', role: 'secretary' });
    const { sessionId, personId } = await attempt(email.toUpperCase());
    expect(personId).toBe(id);
    expect(await senderOf(sessionId)).toMatchObject({
      person_id: id,
      roles: [{ region: 'noord', role: 'secretary' }],
      csrf_secret: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(await one('select count(*)::int as n from session where id_hash = $1', [sessionId])).toEqual({ n: 0 });
    expect(
      await one(`select act, region, actor from audit_entry where subject_id = $1 order by id desc limit 1`, [id]),
    ).toEqual({ act: 'person.sign-in', region: 'landelijk', actor: id });
  });

  it('answers an unknown address, a wrong password and a disabled person alike, in comparable time', async () => {
    const { id, email } = await aPerson();
    const disabled = await aPerson();
    await new people.DisablePerson(database).execute(SYSTEM, disabled.id, 'Een reden.');
    const answers: unknown[] = [];
    for (const [who, password] of [
      [email, OTHER],
      ['nobody@school.example', PASSWORD],
      [disabled.email, PASSWORD],
    ])
      answers.push(await attempt(who!, password).catch((e: unknown) => [(e as Error).name, (e as Error).message]));
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
    expect(id).toBeDefined();
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let i = 0; i < 15; i++) {
      await owner.query('delete from sign_in_attempt');
      times.known.push(await secondsOf(() => attempt(email, OTHER)));
      times.unknown.push(await secondsOf(() => attempt(`nobody${i}@school.example`, OTHER)));
    }
    const median = (list: number[]): number => [...list].sort((a, b) => a - b)[7]!;
    expect(median(times.unknown) / median(times.known)).toBeGreaterThan(0.4);
    expect(median(times.unknown) / median(times.known)).toBeLessThan(2.5);
  });

  it('ends the session that came with the request: an id from before is never kept', async () => {
    const { email } = await aPerson();
    const first = await attempt(email);
    const request = { email, password: PASSWORD, clientAddress: '192.0.2.1', currentSession: first.sessionId };
    const second = await signIn.execute(request);
    expect(second.sessionId).not.toBe(first.sessionId);
    expect(await isKnown(first.sessionId)).toBe(false);
    expect(await isKnown(second.sessionId)).toBe(true);
  });

  it('refuses the sixth attempt on an account within 15 minutes, with the right password too, known or not', async () => {
    const { email } = await aPerson();
    for (const who of [email, 'stranger@school.example']) {
      for (let i = 0; i < 5; i++) await expect(attempt(who, OTHER)).rejects.toThrow(people.SignInFailed);
      await expect(attempt(who)).rejects.toThrow(new people.TooManyAttempts(15));
    }
    await shiftClock('14 minutes');
    await expect(attempt(email)).rejects.toThrow(people.TooManyAttempts);
    await shiftClock('15 minutes 1 second');
    expect(await attempt(email)).toMatchObject({ sessionId: expect.any(String) });
  });

  it('counts a hundred guesses sent at once as five', async () => {
    const { email } = await aPerson();
    const guesses = Array.from({ length: 100 }, (_, i) =>
      attempt(email, OTHER, `198.51.100.${i}`).catch((e: unknown) => (e as Error).name),
    );
    const names = await Promise.all(guesses);
    expect(names.filter((name) => name === 'SignInFailed')).toHaveLength(5);
    expect(names.filter((name) => name === 'TooManyAttempts')).toHaveLength(95);
  });

  it('refuses the 21st failure from a network within a minute; an IPv6 network is a /64', async () => {
    const { email } = await aPerson();
    for (let i = 0; i < 20; i++)
      await expect(attempt(`x${i}@school.example`, OTHER, `2001:db8::${i + 1}`)).rejects.toThrow(people.SignInFailed);
    await expect(attempt(email, PASSWORD, '2001:db8::ffff')).rejects.toThrow(new people.TooManyAttempts(1));
    await expect(attempt(email, PASSWORD, '2001:db8:1::1')).resolves.toBeDefined();
    await shiftClock('61 seconds');
    await expect(attempt(email, PASSWORD, '2001:db8::ffff')).resolves.toBeDefined();
  });

  it('does not count what succeeded: a school behind one address signs in with forty people', async () => {
    const { email } = await aPerson();
    for (let i = 0; i < 40; i++) await attempt(email);
  });

  it('keeps neither addresses nor accounts of attempts, and nothing longer than a quarter of an hour', async () => {
    await attempt('secret.person@school.example', OTHER, '192.0.2.99').catch(() => undefined);
    const { rows } = await owner.query('select a::text as text from sign_in_attempt a');
    expect(JSON.stringify(rows)).not.toMatch(/secret\.person|192\.0\.2/);
    await shiftClock('16 minutes');
    await attempt('another@school.example', OTHER).catch(() => undefined);
    expect(await one('select count(*)::int as n from sign_in_attempt')).toEqual({ n: 1 });
  });

  it('gives no session when the password was changed between the check and the session', async () => {
    const { id } = await aPerson();
    const [row] = await database.ask<{ ok: boolean }>(
      `select app.start_session($1, '$argon2id$old', $2, 'c', null) as ok`,
      [id, 'a'.repeat(64)],
    );
    expect(row).toEqual({ ok: false });
  });
});

describe('a session', () => {
  it('ends after 30 minutes of silence', async () => {
    const { email } = await aPerson();
    const { sessionId } = await attempt(email);
    for (const minutes of [28, 56, 84]) {
      await shiftClock(`${minutes} minutes`);
      expect(await isKnown(sessionId)).toBe(true);
    }
    await shiftClock('114 minutes 5 seconds');
    expect(await isKnown(sessionId)).toBe(false);
  });

  it('ends after 12 hours, however busy', async () => {
    const { email } = await aPerson();
    const { sessionId } = await attempt(email);
    for (let quarter = 1; quarter < 48; quarter++) {
      await shiftClock(`${quarter * 15} minutes`);
      expect(await isKnown(sessionId)).toBe(true);
    }
    await shiftClock('12 hours 1 second');
    expect(await isKnown(sessionId)).toBe(false);
  });

  it('ends at signing out, and only that one', async () => {
    const { email } = await aPerson();
    const [here, there] = [await attempt(email), await attempt(email)];
    await new people.SignOut(database).execute(here.sessionId);
    await new people.SignOut(database).execute(here.sessionId);
    expect([await isKnown(here.sessionId), await isKnown(there.sessionId)]).toEqual([false, true]);
  });

  it('cannot be opened with a stolen row: the stored hash is not the secret', async () => {
    const { email } = await aPerson();
    const { sessionId } = await attempt(email);
    const stolen = await one('select id_hash, csrf_secret from session where id_hash = $1', [hashOfSecret(sessionId)]);
    expect(await isKnown(String(stolen['id_hash']))).toBe(false);
    const password = await one('select password_hash from person where email = $1', [email]);
    await expect(attempt(email, String(password['password_hash']))).rejects.toThrow(people.SignInFailed);
  });

  it('is looked up without waiting for whoever holds its row', async () => {
    const { email } = await aPerson();
    const { sessionId } = await attempt(email);
    await shiftClock('5 minutes');
    await owner.query('begin');
    await owner.query('update session set csrf_secret = csrf_secret where id_hash = $1', [hashOfSecret(sessionId)]);
    expect(await isKnown(sessionId)).toBe(true);
    await owner.query('commit');
  });

  it('is not needed for the clock: nobody gets the moment of arrival and nothing else', async () => {
    expect(await senderOf(null)).toMatchObject({ person_id: null, csrf_secret: null, roles: [] });
    expect((await senderOf(null)).received_at).toMatch(/Z$/);
  });
});

describe('a disabled person', () => {
  it('is refused at the next request, by session, token and link, and stays so until a new sign-in', async () => {
    const { id, email } = await aPerson();
    const { sessionId } = await attempt(email);
    const { token } = await new people.CreateApiToken(database).execute(id, 'zaaksysteem', 30);
    await byLink.request(email, '192.0.2.1');
    const link = await mailedSecret(email);
    expect((await senderOf(null, token)).person_id).toBe(id);
    await new people.DisablePerson(database).execute(SYSTEM, id, 'Een reden.');
    expect(await isKnown(sessionId)).toBe(false);
    expect((await senderOf(null, token)).person_id).toBeNull();
    await expect(byLink.use(link)).rejects.toThrow(people.SignInLinkNotValid);
    await new people.EnablePerson(database).execute(SYSTEM, id, 'Een reden.');
    expect([await isKnown(sessionId), (await senderOf(null, token)).person_id]).toEqual([false, null]);
    await expect(attempt(email)).resolves.toBeDefined();
  });

  it('cannot be oneself, nor somebody who does not exist', async () => {
    const { id } = await aPerson();
    await expect(new people.DisablePerson(database).execute({ ...SYSTEM, id }, id, 'x')).rejects.toThrow(
      people.MayNotDisableYourself,
    );
    await expect(new people.DisablePerson(database).execute(SYSTEM, crypto.randomUUID(), 'Een reden.')).rejects.toThrow(
      SubjectNotFound,
    );
  });
});

describe('a sign-in link', () => {
  it('works once', async () => {
    const { id, email } = await aPerson();
    await byLink.request(email, '192.0.2.1');
    const link = await mailedSecret(email);
    const uses = await Promise.allSettled([byLink.use(link), byLink.use(link)]);
    const signedIn = uses.flatMap((use) => (use.status === 'fulfilled' ? [use.value] : []));
    expect(signedIn).toHaveLength(1);
    expect((await senderOf(signedIn[0]!.sessionId)).person_id).toBe(id);
    await expect(byLink.use(link)).rejects.toThrow(people.SignInLinkNotValid);
  });

  it('works for 15 minutes', async () => {
    const { email } = await aPerson();
    await byLink.request(email, '192.0.2.1');
    await shiftClock('15 minutes 1 second');
    await expect(byLink.use(await mailedSecret(email))).rejects.toThrow(people.SignInLinkNotValid);
    await shiftClock('14 minutes');
    await expect(byLink.use(await mailedSecret(email))).resolves.toBeDefined();
  });

  it('is mailed to who has an account; for anybody else nothing happens, as slowly', async () => {
    const { email } = await aPerson();
    const known = await secondsOf(() => byLink.request(email, '192.0.2.1'));
    const unknown = await secondsOf(() => byLink.request('stranger2@school.example', '192.0.2.1'));
    expect(Math.min(known, unknown)).toBeGreaterThan(0.29);
    expect(await one(`select count(*)::int as n from outbox where to_address like 'stranger2%'`)).toEqual({ n: 0 });
    expect(
      await one(
        'select template, language, status, view, secret is not null as has_secret from outbox where to_address = $1',
        [email],
      ),
    ).toMatchObject({ template: 'sign-in-link', language: 'nl', status: 'new', has_secret: true });
  });

  it('is sent five times in 15 minutes at most, without telling; passwords that failed do not stop it', async () => {
    const { email } = await aPerson();
    for (let i = 0; i < 5; i++) await attempt(email, OTHER).catch(() => undefined);
    for (let i = 0; i < 6; i++) await byLink.request(email, '192.0.2.1');
    expect(await one('select count(*)::int as n from outbox where to_address = $1', [email])).toEqual({ n: 5 });
    await byLink.use(await mailedSecret(email));
    await expect(attempt(email)).resolves.toBeDefined();
  });
});

describe('changing a password', () => {
  it('ends every other session and every open link, and goes on under a new id', async () => {
    const { id, email } = await aPerson();
    const [here, there] = [await attempt(email), await attempt(email)];
    await byLink.request(email, '192.0.2.1');
    const next = await change.execute({
      ...{ personId: id, currentSession: here.sessionId, currentPassword: PASSWORD },
      ...{ newPassword: OTHER, clientAddress: '192.0.2.1' },
    });
    expect([await isKnown(here.sessionId), await isKnown(there.sessionId)]).toEqual([false, false]);
    expect(await isKnown(next.sessionId)).toBe(true);
    await expect(byLink.use(await mailedSecret(email))).rejects.toThrow(people.SignInLinkNotValid);
    await expect(attempt(email)).rejects.toThrow(people.SignInFailed);
    await expect(attempt(email, OTHER)).resolves.toBeDefined();
  });

  it('needs the current one, throttled, and an acceptable new one', async () => {
    const { id, email } = await aPerson();
    const { sessionId: currentSession } = await attempt(email);
    const asked = { personId: id, currentSession, clientAddress: '192.0.2.1', newPassword: OTHER };
    await expect(change.execute(asked)).rejects.toThrow(people.CurrentPasswordWrong);
    await expect(change.execute({ ...asked, currentPassword: PASSWORD, newPassword: 'Welkom2026!!' })).rejects.toThrow(
      people.PasswordNotAcceptable,
    );
    for (let i = 0; i < 5; i++)
      await expect(change.execute({ ...asked, currentPassword: 'wrong' })).rejects.toThrow(people.CurrentPasswordWrong);
    await expect(change.execute({ ...asked, currentPassword: PASSWORD })).rejects.toThrow(people.TooManyAttempts);
  });

  it('needs no current one within 15 minutes of a sign-in by link: that is how a forgotten password is replaced', async () => {
    const { id, email } = await aPerson();
    await byLink.request(email, '192.0.2.1');
    const { sessionId: currentSession } = await byLink.use(await mailedSecret(email));
    const asked = { personId: id, currentSession, clientAddress: '192.0.2.1', newPassword: OTHER };
    await shiftClock('16 minutes');
    await expect(change.execute(asked)).rejects.toThrow(people.CurrentPasswordWrong);
    await shiftClock('0 seconds');
    await change.execute(asked);
    await expect(attempt(email, OTHER)).resolves.toBeDefined();
    const stranger = await aPerson();
    await expect(change.execute({ ...asked, personId: stranger.id })).rejects.toThrow(people.CurrentPasswordWrong);
  });
});

describe('an API token', () => {
  it('is shown once, acts as its owner, runs out and can be revoked by nobody else', async () => {
    const { id } = await aPerson({ region: 'noord', role: 'coordinator' });
    const stranger = await aPerson();
    const made = await new people.CreateApiToken(database).execute(id, 'zaaksysteem', 30);
    expect(made.token).toMatch(/^rlk_[\w-]{43}$/);
    expect(await senderOf(null, made.token)).toMatchObject({
      person_id: id,
      roles: [{ region: 'noord' }],
      csrf_secret: null,
    });
    const [listed] = await new people.ListApiTokens(database).execute(id);
    expect(listed).toMatchObject({ id: made.id, name: 'zaaksysteem', lastUsedAt: expect.any(String) });
    expect(JSON.stringify(listed)).not.toContain(hashOfSecret(made.token));
    const revoke = new people.RevokeApiToken(database);
    await expect(revoke.execute(stranger.id, made.id)).rejects.toThrow(SubjectNotFound);
    await shiftClock('30 days 1 second');
    expect((await senderOf(null, made.token)).person_id).toBeNull();
    await shiftClock('0 seconds');
    await revoke.execute(id, made.id);
    expect((await senderOf(null, made.token)).person_id).toBeNull();
    expect(await senderOf(null, hashOfSecret(made.token))).toMatchObject({ person_id: null });
  });
});

describe('an invitation', () => {
  const request = (email: string, more: Partial<people.InvitationRequest> = {}): people.InvitationRequest => ({
    ...{ region: 'noord', email, name: 'Nieuw Lid', language: 'nl', roles: ['member'] },
    ...more,
  });

  it('makes an account with a password and the promised roles, once', async () => {
    await invite.execute(SYSTEM, request('new1@school.example'));
    const token = await mailedSecret('new1@school.example');
    expect(await accept.read(token)).toMatchObject({ region: 'noord', roles: ['member'], hasAccount: false });
    const acceptance = { token, name: 'Nieuwe Naam', language: 'en', password: PASSWORD } as const;
    const answers = await Promise.allSettled([accept.execute(acceptance), accept.execute(acceptance)]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { sessionId, personId } = await attempt('new1@school.example');
    expect(await senderOf(sessionId)).toMatchObject({
      name: 'Nieuwe Naam',
      language: 'en',
      roles: [{ role: 'member' }],
    });
    expect(
      await one(`select actor, region from audit_entry where act = 'invitation.accept' and actor = $1`, [personId]),
    ).toEqual({
      ...{ actor: personId, region: 'noord' },
    });
  });

  it('is mailed in the language of the invited, with the link as a secret that the view does not hold', async () => {
    await invite.execute(SYSTEM, request('new2@school.example', { language: 'en', roles: ['chair'] }));
    const mail = await one(`select * from outbox where to_address = 'new2@school.example'`);
    expect(mail).toMatchObject({ region: 'noord', template: 'invitation', language: 'en', status: 'new' });
    expect(mail['view']).toMatchObject({ region: 'North', roles: ['chair'], name: 'Nieuw Lid' });
    expect(JSON.stringify(mail['view'])).not.toContain('https://');
    expect(mail['message_id']).toMatch(/^<[0-9a-f-]{36}\.[0-9a-f]{16}@regioloket\.example>$/);
  });

  it('does not touch name or password of who has an account, and adds the roles', async () => {
    const { id, email } = await aPerson();
    await invite.execute(SYSTEM, request(email.toUpperCase()));
    const token = await mailedSecret(email);
    expect(await accept.execute({ token, name: 'Taken Over', password: OTHER })).toMatchObject({
      personId: id,
      isNew: false,
    });
    await expect(attempt(email, OTHER)).rejects.toThrow(people.SignInFailed);
    const { sessionId } = await attempt(email);
    expect(await senderOf(sessionId)).toMatchObject({
      name: `Persoon ${made}`,
      roles: [{ region: 'noord', role: 'member' }],
    });
  });

  it('stops to work after 14 days, after a second invitation, and for a disabled person', async () => {
    await invite.execute(SYSTEM, request('new3@school.example'));
    const first = await mailedSecret('new3@school.example');
    await invite.execute(SYSTEM, request('new3@school.example'));
    const second = await mailedSecret('new3@school.example');
    await expect(accept.read(first)).rejects.toThrow(people.InvitationNotValid);
    await shiftClock('14 days 1 second');
    await expect(accept.execute({ token: second, password: PASSWORD })).rejects.toThrow(people.InvitationNotValid);
    await shiftClock('0 seconds');
    const barred = await aPerson();
    await new people.DisablePerson(database).execute(SYSTEM, barred.id, 'Een reden.');
    await invite.execute(SYSTEM, request(barred.email));
    const token = await mailedSecret(barred.email);
    await expect(accept.execute({ token })).rejects.toThrow(people.InvitationNotValid);
    expect(await one(`select accepted_at from invitation where email = $1`, [barred.email])).toEqual({
      accepted_at: null,
    });
  });

  it('refuses a weak password and can be accepted with a better one', async () => {
    await invite.execute(SYSTEM, request('new4@school.example'));
    const token = await mailedSecret('new4@school.example');
    await expect(accept.execute({ token })).rejects.toThrow(people.PasswordNotAcceptable);
    await expect(accept.execute({ token, password: 'Welkom123456' })).rejects.toThrow(people.PasswordNotAcceptable);
    expect(await accept.execute({ token, password: PASSWORD })).toMatchObject({ isNew: true });
  });

  it('can only promise what the inviter may give, in the region of the inviter', async () => {
    const secretary = viewerOf(await aPerson(), { region: 'noord', role: 'secretary' });
    await expect(invite.execute(secretary, request('new5@school.example'))).resolves.toBeDefined();
    await expect(invite.execute(secretary, request('new5@school.example', { roles: ['decider'] }))).rejects.toThrow(
      people.MayNotGrantRole,
    );
    await expect(
      invite.execute(secretary, request('new5@school.example', { region: 'zuid', roles: [] })),
    ).rejects.toThrow(people.MayNotInvite);
    await expect(invite.execute(SYSTEM, request('new5@school.example', { region: 'nergens' }))).rejects.toThrow(
      SubjectNotFound,
    );
  });

  it('sent twice at once leaves one that works', async () => {
    const both = [request('new6@school.example'), request('New6@school.example')];
    await Promise.all(both.map((r) => invite.execute(SYSTEM, r)));
    expect(
      await one(
        `select count(*)::int as n from invitation where email = 'new6@school.example' and withdrawn_at is null`,
      ),
    ).toEqual({ n: 1 });
  });
});

describe('a role', () => {
  const assign = (viewer: Viewer, assignment: people.RoleAssignment): Promise<string> =>
    new people.AssignRole(database).execute(viewer, assignment);

  it('holds from its first instant up to its last, and never twice at once', async () => {
    const { id: personId, email } = await aPerson();
    const { sessionId } = await attempt(email);
    const { received_at: now } = await senderOf(null);
    const until = new Date(Date.parse(now) + 20 * 60_000).toISOString();
    const member = { region: 'noord', personId, role: 'member' } as const;
    await assign(SYSTEM, { ...member, until });
    await expect(assign(SYSTEM, member)).rejects.toThrow(people.RoleHeldAlready);
    await assign(SYSTEM, { ...member, from: until });
    await expect(assign(SYSTEM, { ...member, role: 'chair', from: until, until })).rejects.toThrow(
      people.RoleEndsBeforeItStarts,
    );
    expect((await senderOf(sessionId)).roles).toEqual([{ region: 'noord', role: 'member' }]);
    await shiftClock('21 minutes');
    expect((await senderOf(sessionId)).roles).toEqual([{ region: 'noord', role: 'member' }]);
  });

  it('ends for the next request, audited in its own region with persons by key', async () => {
    const { id: personId, email } = await aPerson();
    const { sessionId } = await attempt(email);
    const assignment = await assign(SYSTEM, { region: 'zuid', personId, role: 'secretary' });
    const end = new people.EndRole(database);
    await expect(end.execute(SYSTEM, 'noord', assignment)).rejects.toThrow(SubjectNotFound);
    await end.execute(SYSTEM, 'zuid', assignment);
    expect((await senderOf(sessionId)).roles).toEqual([]);
    await expect(end.execute(SYSTEM, 'zuid', assignment)).rejects.toThrow(SubjectNotFound);
    const { rows } = await owner.query('select region, act, data from audit_entry where subject_id = $1 order by id', [
      assignment,
    ]);
    expect(rows).toEqual([
      { region: 'zuid', act: 'role.assign', data: { person: personId, role: 'secretary' } },
      { region: 'zuid', act: 'role.end', data: { person: personId, role: 'secretary' } },
    ]);
  });

  it('is not ended by who may not give it', async () => {
    const { id: personId } = await aPerson();
    const coordinator = viewerOf(await aPerson(), { region: 'noord', role: 'coordinator' });
    const decider = await assign(SYSTEM, { region: 'noord', personId, role: 'decider' });
    await expect(new people.EndRole(database).execute(coordinator, 'noord', decider)).rejects.toThrow(
      people.MayNotGrantRole,
    );
    expect(await one('select valid_until from role_assignment where id = $1', [decider])).toEqual({
      valid_until: null,
    });
  });
});

describe('the directory', () => {
  it('names people by id, and finds who holds a role in a region now', async () => {
    const chair = await aPerson({ region: 'zuid', role: 'chair' });
    const other = await aPerson({ region: 'noord', role: 'chair' });
    const directory = new people.PersonDirectory();
    await database.unit({ regions: ['zuid'], actor: null, readOnly: true }, async (tx) => {
      expect([...(await directory.names(tx, [chair.id, other.id, crypto.randomUUID()])).keys()].sort()).toEqual(
        [chair.id, other.id].sort(),
      );
      expect(await directory.holders(tx, 'zuid', ['chair'])).toMatchObject([
        { personId: chair.id, address: chair.email },
      ]);
      expect(await directory.holders(tx, 'noord', ['chair'])).toEqual([]);
      expect(await directory.addressees(tx, [other.id])).toMatchObject([{ address: other.email, language: 'nl' }]);
    });
  });
});

describe('the database', () => {
  it('opens no account twice and gives no role on the way to a refusal', async () => {
    const { email } = await aPerson();
    const account = { email, name: 'X', language: 'nl', password: PASSWORD, roles: [] } as const;
    await expect(new people.OpenAccount(database).execute(SYSTEM, account)).rejects.toThrow(people.AccountExists);
  });

  it('shows the application no role and no invitation of another region', async () => {
    await aPerson({ region: 'zuid', role: 'member' });
    const count = (table: string): Promise<{ n: number }[]> =>
      database.unit({ regions: ['noord'], actor: null, readOnly: true }, (tx) =>
        tx.query(`select count(*)::int as n from ${table} where region <> 'noord'`),
      );
    expect(await count('role_assignment')).toEqual([{ n: 0 }]);
    expect(await count('invitation')).toEqual([{ n: 0 }]);
    await expect(database.ask('select count(*) from role_assignment')).rejects.toThrow(/tenant list not set/);
  });

  it.each([
    'select password_hash from person',
    'select * from person',
    `update person set password_hash = 'x'`,
    'update person set disabled_at = null',
    `insert into person (email, name) values ('a@b.example', 'A')`,
    'select id_hash from session',
    'select count(*) from session',
    `insert into session (id_hash, person_id, csrf_secret, signed_in_by) values (repeat('a', 64), gen_random_uuid(), '', 'link')`,
    'select token_hash from api_token',
    `update api_token set expires_at = 'infinity'`,
    'select * from sign_in_link',
    'delete from sign_in_attempt',
    `select app.count_attempt('password', 'a', '192.0.2.1')`,
    'select token_hash from invitation',
    `update role_assignment set role = 'decider'`,
    'delete from role_assignment',
  ])('refuses the application: %s', async (sql) => {
    await expect(
      database.unit({ regions: ['noord', 'landelijk'], actor: null }, (tx) => tx.query(sql)),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses the worker every secret too', async () => {
    const worker = new pg.Client({ connectionString: test.workerUrl });
    await worker.connect();
    for (const sql of [
      'select password_hash from person',
      'select * from session',
      'select app.authenticate(null, null)',
    ])
      await expect(worker.query(sql)).rejects.toMatchObject({ code: '42501' });
    await worker.end();
  });
});
