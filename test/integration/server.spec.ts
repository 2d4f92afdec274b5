import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { openRound, type Round } from '#app/worker';
import { startServer, type RunningServer } from '#app/server';
import { decide, POLICIES, STAFF_ROLES, type PolicyName } from '#lib/access';
import { Database } from '#lib/database';
import { openTestDatabase, type TestDatabase } from '#lib/testing';
import { Mailbox, openTransport, sendDueMail, Templates } from '#lib/notices';
import { openTestFiles, type TestFiles } from '../support/test-files.js';
import { openProxy } from '../support/tcp-proxy.js';

let test: TestDatabase;
let database: Database;
let server: RunningServer;
let owner: pg.Client;
let mailbox: Mailbox;
let files: TestFiles;

const PEOPLE = {
  messageIds: { secret: 'a secret of the tests, long enough', domain: 'regioloket.example' },
  links: {
    invitation: (t: string) => `http://site.example/uitnodiging/${t}`,
    opening: String,
    offer: String,
    party: String,
    signIn: (t: string) => `http://site.example/inloggen/link/${t}`,
  },
};

const roundOn = (db: Database): Round => openRound(db, { messageIds: PEOPLE.messageIds, ring: () => undefined });
const tokens = new Map<string, string>();

beforeAll(async () => {
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.superUrl });
  await owner.connect();
  await owner.query(`insert into region values ('noord', 'Noord', 'North'), ('zuid', 'Zuid', 'South')`);
  for (const role of [...STAFF_ROLES, 'nobody']) await makePerson(role);
  database = await Database.open({ url: test.appUrl, poolSize: 4 });
  mailbox = await Mailbox.open();
  files = await openTestFiles();
  server = await startServer({
    database,
    host: '127.0.0.1',
    port: 0,
    isHttps: false,
    people: PEOPLE,
    round: roundOn(database),
    mailbox,
    files: files.parts(false),
  });
});

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  files.remove();
  await database.close();
  await owner.end();
  await test.drop();
});

/** A person with one role in noord and an API token. */
async function makePerson(role: string): Promise<void> {
  const token = randomBytes(24).toString('base64url');
  const hash = createHash('sha256').update(token).digest('hex');
  const person = await owner.query<{ id: string }>(`insert into person (email, name) values ($1, $2) returning id`, [
    `${role}@x.example`,
    role,
  ]);
  const id = person.rows[0]?.id;
  await owner.query(
    `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
    [hash, id],
  );
  if (role !== 'nobody')
    await owner.query(`insert into role_assignment (region, person_id, role) values ('noord', $1, $2)`, [id, role]);
  tokens.set(role, token);
}

const get = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { redirect: 'manual', ...init });
const as = (role: string): RequestInit => ({ headers: { authorization: `Bearer ${tokens.get(role) ?? ''}` } });

describe('the server', () => {
  it('says on every answer which version of the API speaks', async () => {
    for (const path of ['/healthz', '/api/v1/regions', '/api/v1/nothing']) {
      expect((await get(path)).headers.get('api-version')).toBe('1.0.0');
    }
  });

  it('knows the sender by a token, in that person’s own name', async () => {
    expect(await (await get('/api/v1/me', as('secretary'))).json()).toMatchObject({
      name: 'secretary',
      roles: [{ region: 'noord', role: 'secretary' }],
    });
    expect((await get('/api/v1/me')).status).toBe(401);
    expect(
      (await get('/api/v1/me', { headers: { authorization: 'Bearer not-a-token-that-anybody-has' } })).status,
    ).toBe(401);
  });

  it('forgets a person who is disabled at the next request', async () => {
    await owner.query(`update person set disabled_at = app_now() where email = 'auditor@x.example'`);
    expect((await get('/api/v1/me', as('auditor'))).status).toBe(401);
    await owner.query(`update person set disabled_at = null where email = 'auditor@x.example'`);
    expect((await get('/api/v1/me', as('auditor'))).status).toBe(200);
  });

  it.each([
    ['/api/v1/nothing', 'GET', 404],
    ['/api/v1/regions/', 'GET', 404],
    ['//api/v1/regions', 'GET', 404],
    ['/API/v1/regions', 'GET', 404],
    ['/api/v1/regions', 'DELETE', 405],
    ['/%zz', 'GET', 400],
    ['/api/v1/me', 'GET', 401],
  ])('answers %s (%s) with problem+json %i', async (path, method, status) => {
    const response = await get(path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ status, type: 'about:blank' });
    if (status === 405) expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('speaks Dutch, or English to who prefers it, and a page to a browser', async () => {
    const title = async (headers: Record<string, string>): Promise<string> =>
      (await get('/nergens', { headers })).text();
    expect(await title({})).toContain('Dit bestaat niet, of niet voor u.');
    expect(await title({ 'accept-language': 'en-GB,en' })).toContain('This does not exist, or not for you.');
    expect(await title({ accept: 'text/html' })).toMatch(/^<!doctype html>\s*<html lang="nl"/);
    expect(await (await get('/')).text()).toContain('<strong>Regioloket</strong>');
  });

  it('refuses an unsafe request that comes from another site', async () => {
    const response = await get('/api/v1/regions', { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } });
    expect(response.status).toBe(403);
  });

  it('sends the headers that protect a page', async () => {
    const { headers } = await get('/');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('people over HTTP', () => {
  const send = (path: string, body: unknown, more: Record<string, string> = {}): Promise<Response> =>
    get(path, { method: 'POST', headers: { 'content-type': 'application/json', ...more }, body: JSON.stringify(body) });
  const bearer = (role: string): Record<string, string> => (as(role) as { headers: Record<string, string> }).headers;
  const invitation = { email: 'nieuw@school.example', name: 'N. Nieuw', language: 'nl', roles: ['member'] };
  const PASSWORD = 'vier losse woorden samen';

  const mailed = async (to: string): Promise<string> => {
    const workers = await Database.open({ url: test.workerUrl, poolSize: 4 });
    const transport = openTransport(mailbox.smtpUrl);
    try {
      const work = { database: workers, transport, templates: Templates.load(), from: 'loket@regioloket.example' };
      await sendDueMail({ ...work, worker: 'test' });
    } finally {
      transport.close();
      await workers.close();
    }
    const [mail] = (await (await get(`/api/v1/mailbox?to=${to}`)).json()) as { text: string }[];
    return /\/([\w-]{30,})/.exec(mail?.text ?? '')?.[1] ?? '';
  };

  it('invites by mail, accepts, signs in, acts as oneself and signs out', async () => {
    expect((await send('/api/v1/regions/noord/invitations', invitation, bearer('secretary'))).status).toBe(201);
    const token = await mailed(invitation.email);
    const open = await send('/api/v1/invitations/read', { token });
    expect(await open.json()).toMatchObject({ region: 'noord', email: invitation.email, roles: ['member'] });
    expect((await send('/api/v1/invitations/accept', { token, password: 'kort' })).status).toBe(400);
    expect((await send('/api/v1/invitations/accept', { token, password: PASSWORD })).status).toBe(201);
    expect((await send('/api/v1/invitations/accept', { token, password: PASSWORD })).status).toBe(409);
    const signedIn = await send('/api/v1/sessions', { email: invitation.email, password: PASSWORD });
    const cookie = signedIn.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const me = { cookie: cookie.split(';')[0] ?? '' };
    expect(await (await get('/api/v1/me', { headers: me })).json()).toMatchObject({
      roles: [{ region: 'noord', role: 'member' }],
    });
    expect((await get('/api/v1/sessions/current', { method: 'DELETE', headers: me })).status).toBe(204);
    expect((await get('/api/v1/me', { headers: me })).status).toBe(401);
  });

  it('refuses a wrong password as 401 and names no reason', async () => {
    const response = await send('/api/v1/sessions', { email: 'nobody@school.example', password: 'x' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      code: 'sign-in-failed',
      detail: expect.stringContaining('inloglink'),
    });
  });

  it('signs in by a mailed link, once', async () => {
    expect((await send('/api/v1/sign-in-links', { email: 'chair@x.example' })).status).toBe(202);
    const token = await mailed('chair@x.example');
    expect((await send('/api/v1/sessions/by-link', { token })).status).toBe(201);
    expect((await send('/api/v1/sessions/by-link', { token })).status).toBe(409);
  });

  it('makes a token that acts until it is revoked', async () => {
    const made = (await (
      await send('/api/v1/me/tokens', { name: 'koppeling', days: 7 }, bearer('decider'))
    ).json()) as {
      id: string;
      token: string;
    };
    const asToken = { headers: { authorization: `Bearer ${made.token}` } };
    expect((await get('/api/v1/me', asToken)).status).toBe(200);
    expect((await get(`/api/v1/me/tokens/${made.id}`, { ...asToken, method: 'DELETE' })).status).toBe(204);
    expect((await get('/api/v1/me', asToken)).status).toBe(401);
  });

  it('shows the mailbox as a page, with what people wrote as text', async () => {
    const hostile = { ...invitation, email: 'boos@school.example', name: '<script>alert(1)</script>' };
    await send('/api/v1/regions/noord/invitations', hostile, bearer('secretary'));
    await mailed(hostile.email);
    const page = await (await get('/mailbox', { headers: { 'accept-language': 'en' } })).text();
    expect(page).toContain('>Mailbox</h1>');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script>|<script(?! src=)/);
  });
});

describe('the authorisation matrix, made from the routes that really exist', () => {
  /** Which policy guards which handler; a route that is not here is not in the matrix, and the count below fails. */
  const GUARDED: Record<string, PolicyName> = {
    '/mailbox': 'development-mailbox',
    '/api/v1/mailbox': 'development-mailbox',
    '/api/v1/mailbox/:id': 'development-mailbox',
    '/api/v1/sessions': 'public',
    '/api/v1/sessions/current': 'public',
    '/api/v1/sessions/by-link': 'public',
    '/api/v1/sign-in-links': 'public',
    '/api/v1/invitations/read': 'public',
    '/api/v1/invitations/accept': 'public',
    '/api/v1/regions/:region/invitations': 'region-inviters',
    '/api/v1/me/tokens': 'self',
    '/api/v1/me/tokens/:id': 'self',
    '/': 'public',
    '/assets/*': 'public',
    '/inloggen': 'public',
    '/inloggen/link': 'public',
    '/inloggen/link/:token': 'public',
    '/uitloggen': 'public',
    '/uitnodiging/:token': 'public',
    '/taal/:code': 'public',
    '/wachtwoord': 'self',
    '/aanvragen': 'by-scope',
    '/oordelen': 'by-scope',
    '/initiatieven': 'public',
    '/initiatieven/nieuw': 'public',
    '/bewaard/:id': 'self',
    '/bewaard/:id/weg': 'self',
    '/initiatieven/:id': 'by-scope',
    '/initiatieven/:id/aanvraag': 'by-scope',
    '/initiatieven/:id/acties/:action': 'by-scope',
    '/initiatieven/:id/koppelen': 'by-scope',
    '/initiatieven/:id/raadplegen': 'by-scope',
    '/initiatieven/:id/antwoord': 'by-scope',
    '/initiatieven/:id/wijzigen': 'by-scope',
    '/schoolbestuur': 'self',
    '/schoolbestuur/:board/machtigingen': 'by-scope',
    '/schoolbestuur/delen/:id': 'by-scope',
    '/schoolbestuur/machtigingen/:id/einde': 'by-scope',
    '/organisaties': 'public',
    '/mensen': 'people-keepers',
    '/mensen/:id': 'people-keepers',
    '/mensen/:id/toegang': 'account-keepers',
    '/mensen/:id/sessies/einde': 'account-keepers',
    '/mensen/:id/tokens/einde': 'account-keepers',
    '/mensen/:id/rollen/:role/einde': 'people-keepers',
    '/api/v1/people': 'people-keepers',
    '/api/v1/people/:id': 'people-keepers',
    '/api/v1/people/:id/disable': 'account-keepers',
    '/api/v1/people/:id/enable': 'account-keepers',
    '/api/v1/people/:id/sessions': 'account-keepers',
    '/api/v1/people/:id/tokens': 'account-keepers',
    '/api/v1/people/:id/roles/:role': 'people-keepers',
    '/organisaties/nieuw': 'registry-keepers',
    '/organisaties/:id': 'registry-keepers',
    '/aanvragen/:id/meeschrijvers': 'by-scope',
    '/aanvragen/:id/meeschrijvers/stop': 'by-scope',
    '/aanvragen/:id/meeschrijvers/:coWriter/weg': 'by-scope',
    '/aanvragen/:id/partijen': 'by-scope',
    '/aanvragen/:id/partijen/:party': 'by-scope',
    '/aanvragen/:id/partijen/:party/noem': 'by-scope',
    '/aanvragen/:id/partijen/:party/vraag': 'by-scope',
    '/aanvragen/:id/partijen/:party/weg': 'by-scope',
    '/partij/:token': 'public',
    '/hulp/bevestigen/:token/intrekken': 'public',
    '/meldingen': 'public',
    '/meldingen/:token': 'public',
    '/meldingen/eigen/:id/stop': 'self',
    '/contact': 'public',
    '/privacy': 'public',
    '/toegankelijkheid': 'public',
    '/account': 'public',
    '/aanvragen/:id/bezwaar': 'by-scope',
    '/aanvragen/:id/bezwaar/bestanden': 'by-scope',
    '/aanvragen/:id/bezwaar/bestanden/:file': 'by-scope',
    '/aanvragen/:id/uitleg': 'by-scope',
    '/aanvragen/:id/uitleg/antwoord': 'by-scope',
    '/aanvragen/:id/opnieuw': 'by-scope',
    '/aanvragen/:id/volledigheid': 'by-scope',
    '/rondes/:id/vraag': 'by-scope',
    '/rondes/:id/vragen': 'by-scope',
    '/rondes/:id/vragen/:question': 'by-scope',
    '/rondes/:id/volledigheid/:check': 'by-scope',
    '/taken/:id/klaar': 'self',
    '/hulp': 'public',
    '/hulp/bevestigen/:token': 'public',
    '/rondes': 'public',
    '/rondes/:id': 'public',
    '/rondes/:id/formulier': 'public',
    '/rondes/:id/sluiting.ics': 'public',
    '/rondes/:id/toewijzen': 'by-scope',
    '/rondes/:id/volgorde': 'by-scope',
    '/rondes/:id/volgorde/voorleggen': 'by-scope',
    '/rondes/:id/loting': 'public',
    '/rondes/:id/storing': 'by-scope',
    '/rondes/:id/rangschikking': 'by-scope',
    '/rondes/:id/rangschikking/voorleggen': 'by-scope',
    '/rondes/:id/rangschikking/rangschikking.pdf': 'by-scope',
    '/rondes/:id/acties/:action': 'by-scope',
    '/besluiten': 'deciders',
    '/aanvragen/:id/besluit': 'by-scope',
    '/aanvragen/:id/besluit.pdf': 'by-scope',
    '/aanvragen/:id/advies.pdf': 'by-scope',
    '/aanvragen/:id/afzien.pdf': 'by-scope',
    '/aanvragen/:id/besluit/:version': 'by-scope',
    '/aanvragen/:id/besluit/:version/brief.pdf': 'by-scope',
    '/oordelen/:id': 'by-scope',
    '/oordelen/:id/bewaar': 'by-scope',
    '/oordelen/:id/aannemen': 'by-scope',
    '/oordelen/:id/controleren': 'by-scope',
    '/oordelen/:id/indienen': 'by-scope',
    '/oordelen/:id/ingediend': 'by-scope',
    '/oordelen/:id/belang': 'by-scope',
    '/oordelen/:id/afslaan': 'by-scope',
    '/aanvragen/:id': 'by-scope',
    '/aanvragen/:id/onderdelen/:part': 'by-scope',
    '/aanvragen/:id/onderdelen/:part/bewaar': 'by-scope',
    '/aanvragen/:id/onderdelen/:part/bijlagen': 'by-scope',
    '/aanvragen/:id/bijlagen/:attachment': 'by-scope',
    '/aanvragen/:id/ontvangen/:receipt': 'by-scope',
    '/aanvragen/:id/ontvangen/:receipt/kopie.json': 'by-scope',
    '/aanvragen/:id/ontvangen/:receipt/bevestiging.pdf': 'by-scope',
    '/aanvragen/:id/controleren': 'by-scope',
    '/aanvragen/:id/indienen': 'by-scope',
    '/aanvragen/:id/ingediend': 'by-scope',
    '/aanvragen/:id/niet-ingediend': 'by-scope',
    '/aanvragen/:id/niet-ingediend/aanvraag.pdf': 'by-scope',
    '/aanvragen/:id/niet-ingediend/aanvraag.txt': 'by-scope',
    '/aanvragen/:id/aanvraag.pdf': 'by-scope',
    '/aanvragen/:id/aanvraag.txt': 'by-scope',
    '/api/v1/proposals/:id/print': 'by-scope',
    '/api/v1/proposals/:id/text': 'by-scope',
    '/aanvragen/:id/acties/:action': 'by-scope',
    '/rondes/:id/aanvragen': 'by-scope',
    '/healthz': 'public',
    '/metrics': 'operate',
    '/api/v1/regions/:region/regulations/:programme': 'public',
    '/api/v1/regions/:region/calls': 'public',
    'POST /api/v1/regions/:region/calls': 'call-makers',
    '/api/v1/calls/:id': 'public',
    '/api/v1/calls/:id/form': 'public',
    '/api/v1/calls/:id/lots': 'public',
    '/api/v1/calls/:id/closing': 'public',
    '/api/v1/regions/:region/outages': 'region-staff',
    '/api/v1/calls/:id/proposals': 'by-scope',
    '/api/v1/calls/:id/seats': 'by-scope',
    '/api/v1/calls/:id/rankings': 'by-scope',
    '/api/v1/calls/:id/rankings/newest': 'by-scope',
    '/api/v1/calls/:id/actions/:action': 'by-scope',
    '/api/v1/seats/:id': 'by-scope',
    '/api/v1/proposals': 'by-scope',
    '/api/v1/proposals/:id': 'by-scope',
    '/api/v1/proposals/:id/attachments': 'by-scope',
    '/api/v1/proposals/:id/attachments/:attachment': 'by-scope',
    '/api/v1/proposals/:id/decision': 'by-scope',
    '/api/v1/proposals/:id/receipts/:receipt': 'by-scope',
    '/api/v1/proposals/:id/reuse': 'by-scope',
    '/api/v1/proposals/:id/interests': 'by-scope',
    '/api/v1/proposals/:id/reviews': 'by-scope',
    '/api/v1/proposals/:id/actions/:action': 'by-scope',
    '/api/v1/reviews': 'by-scope',
    '/api/v1/reviews/:id': 'by-scope',
    '/api/v1/reviews/:id/actions/:action': 'by-scope',
    '/api/v1/proposals/:id/co-writers': 'by-scope',
    '/api/v1/proposals/:id/co-writers/leave': 'by-scope',
    '/api/v1/proposals/:id/co-writers/:coWriter': 'by-scope',
    '/api/v1/proposals/:id/parties': 'by-scope',
    '/api/v1/proposals/:id/parties/:party': 'by-scope',
    '/api/v1/proposals/:id/parties/:party/ask': 'by-scope',
    '/api/v1/parts': 'self',
    '/api/v1/parts/:id': 'by-scope',
    '/api/v1/parts/:id/answer': 'by-scope',
    '/api/v1/part-links/:token': 'public',
    '/api/v1/part-links/:token/answer': 'public',
    '/api/v1/mandates': 'self',
    '/api/v1/mandates/:id': 'by-scope',
    '/api/v1/boards/:board': 'by-scope',
    '/api/v1/boards/:board/mandates': 'by-scope',
    '/api/v1/organisations': 'public',
    '/api/v1/organisations/:id': 'public',
    'POST /api/v1/organisations': 'registry-keepers',
    'PUT /api/v1/organisations/:id': 'registry-keepers',
    '/api/v1/initiatives': 'by-scope',
    'POST /api/v1/initiatives': 'self',
    '/api/v1/initiatives/open': 'public',
    '/api/v1/initiatives/:id': 'by-scope',
    '/api/v1/initiatives/:id/proposal': 'by-scope',
    '/api/v1/initiatives/:id/offers': 'by-scope',
    '/api/v1/initiatives/:id/matches': 'by-scope',
    '/api/v1/initiatives/:id/consultations': 'by-scope',
    '/api/v1/initiatives/:id/consultations/:region': 'by-scope',
    '/api/v1/initiatives/:id/actions/:action': 'by-scope',
    '/api/v1/offers': 'public',
    '/api/v1/offers/confirmations/:token': 'public',
    '/readyz': 'public',
    '/api/v1/regions': 'public',
    '/api/v1/schools': 'public',
    '/api/v1/me': 'self',
    '/api/v1/openapi.json': 'public',
  };
  const policyOf = (method: string, url: string): PolicyName =>
    GUARDED[`${method} ${url}`] ?? GUARDED[url] ?? 'operate';
  const NO_ID = '99999999-9999-4999-8999-999999999999';
  const people = [...STAFF_ROLES, 'nobody', 'anonymous'];

  it('holds every route', () => {
    expect([...new Set(server.routes.routes.map(({ url }) => url))].sort()).toEqual(
      Object.keys(GUARDED)
        .filter((name) => name.startsWith('/'))
        .sort(),
    );
  });

  it('allows exactly what the policy table says, to every role, with GET and with HEAD', async () => {
    let cells = 0;
    for (const { method, url } of server.routes.routes.filter((route) => route.url !== '/assets/*')) {
      for (const person of people) {
        const roles = STAFF_ROLES.filter((role) => role === person).map((role) => ({ region: 'noord', role }));
        const viewer = { id: person === 'anonymous' ? null : person, name: '', language: 'nl' as const, roles };
        for (const region of url.includes(':region') ? ['noord', 'zuid'] : ['noord']) {
          const allowed = decide(policyOf(method, url), viewer, url.includes(':region') ? region : null);
          const path = url.replace(':region', region).replace(':id', url.includes('tokens') ? NO_ID : 'geen-nummer');
          const response = await get(path, { method, ...(person === 'anonymous' ? {} : as(person)) });
          // A guard refuses before a handler looks, and says so; a handler that finds nothing under a number has a code of its own.
          const { code } = (await response.json().catch(() => ({}))) as { code?: string };
          const refused =
            response.status === 401 || (response.status === 404 && (method === 'HEAD' || code === 'http-404'));
          // HEAD has no body to tell the two apart where there is a number; its handler and guard are those of GET.
          if (method !== 'HEAD' || !/:\w+/.test(url))
            expect([path, method, person, !refused]).toEqual([path, method, person, allowed]);
          cells += 1;
        }
      }
    }
    expect(cells).toBeGreaterThanOrEqual((server.routes.routes.length - 2) * people.length);
    expect(POLICIES.length).toBeGreaterThan(0);
  }, 300_000);

  it('answers a number that nothing can have like a number that nothing has: not found', async () => {
    const numbered = server.routes.routes.filter(({ url }) =>
      /:(id|party|attachment|receipt|question|check)/.test(url),
    );
    for (const { method, url } of numbered.filter((route) => !route.url.includes('mailbox'))) {
      const path = url.replace(':region', 'noord').replaceAll(/:\w+/g, 'geen-nummer');
      expect([method, path, (await get(path, { method, ...as('coordinator') })).status]).toEqual([method, path, 404]);
    }
    expect(numbered.length).toBeGreaterThan(90);
  });
});

describe('the server whose database goes away', () => {
  it('stays alive, is not ready, says 503 with a moment to try again, and goes on when it is back', async () => {
    const address = new URL(test.appUrl);
    const proxy = await openProxy(Number(address.port));
    address.port = String(proxy.port);
    const fragile = await Database.open({ url: address.toString(), poolSize: 2 });
    const other = await startServer({
      ...{ database: fragile, host: '127.0.0.1', port: 0, isHttps: false, people: PEOPLE, round: roundOn(fragile) },
    });
    const ask = async (path: string): Promise<Response> => fetch(`${other.url}${path}`);
    try {
      expect((await ask('/readyz')).status).toBe(200);
      await proxy.cut();
      const away = await ask('/api/v1/regions');
      expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5']);
      expect([(await ask('/readyz')).status, (await ask('/healthz')).status]).toEqual([503, 200]);
      await proxy.mend();
      expect((await ask('/api/v1/regions')).status).toBe(200);
    } finally {
      await other.stop();
      await fragile.close();
      await proxy.cut();
    }
  });
});
