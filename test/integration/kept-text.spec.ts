import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startServer, type RunningServer } from '#app/server';
import { openRound } from '#app/worker';
import { Database } from '#lib/database';
import { Templates } from '#lib/notices';
import { PageReader } from '../support/page-reader.js';
import { openProxy } from '../support/tcp-proxy.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

const LINKS = {
  ...{ offer: String, opening: String, party: String },
  invitation: (token: string) => `http://site.example/uitnodiging/${token}`,
  signIn: (token: string) => `http://site.example/inloggen/link/${token}`,
};
const PEOPLE = { messageIds: MESSAGE_IDS, links: LINKS };
const WORDS = 'Leerlingen meten licht & vocht in een <echte> "kas".';

let noord: TestRound;
let server: RunningServer;
let call: string;

beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 2 });
  server = await startServer({
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, people: PEOPLE, round: noord.round },
  });
  call = await noord.openCall('2027-1', { days: 30 });
});
beforeEach(() => noord.look.query('delete from sign_in_attempt; delete from kept_text'));
afterAll(async () => {
  await server.stop();
  await noord.close();
});

interface Asked {
  readonly cookie?: string;
  readonly url?: string;
}

const get = (path: string, { cookie = '' }: Asked = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { headers: { accept: 'text/html', cookie: `taal=nl; ${cookie}` }, redirect: 'manual' });
const post = (
  path: string,
  fields: Readonly<Record<string, string>>,
  { cookie = '', url = server.url }: Asked = {},
): Promise<Response> =>
  fetch(`${url}${path}`, {
    ...{ method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' },
    headers: { accept: 'text/html', cookie: `taal=nl; ${cookie}`, origin: url },
  });
const plain = (markup: string): string =>
  markup
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#x3D;', '=')
    .replaceAll('&amp;', '&');
/** Hidden fields of a page, by name. */
const hiddenIn = (markup: string): Record<string, string> =>
  Object.fromEntries(
    [
      ...markup.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g),
      ...markup.matchAll(/<textarea name="([^"]+)" hidden>([^<]*)<\/textarea>/g),
    ].map(([, name = '', value = '']) => [name, plain(value)]),
  );
const emailOf = async (person: string): Promise<string> =>
  String((await noord.one('select email::text from person where id = $1', [person]))['email']);
const sessionOf = async (person: string, endedAt = 'null'): Promise<string> => {
  const id = randomUUID();
  await noord.look.query(
    `insert into session (id_hash, person_id, csrf_secret, signed_in_by, ended_at) values ($1, $2, 'x', 'link', ${endedAt})`,
    [createHash('sha256').update(id).digest('hex'), person],
  );
  return `session=${id}`;
};
const endedSession = (person: string): Promise<string> => sessionOf(person, 'app_now()');
/** Sends a form as somebody who is signed in. */
const send = async (person: string, path: string, fields: Readonly<Record<string, string>>): Promise<Response> => {
  const cookie = await sessionOf(person);
  const csrf = hiddenIn(await (await get('/', { cookie })).text())['_csrf'] ?? '';
  return post(path, { ...fields, _csrf: csrf }, { cookie });
};
const mailTo = async (email: string): Promise<{ path: string; template: string; view: Record<string, unknown> }> => {
  const row = await noord.one(
    `select secret ->> 'link' as link, template, view from outbox where to_address = $1 order by created_at desc limit 1`,
    [email],
  );
  const { pathname, search } = new URL(String(row['link']));
  return { path: pathname + search, template: String(row['template']), view: row['view'] as Record<string, unknown> };
};
const cookieOf = (response: Response): string =>
  /session=[^;]+/.exec(response.headers.get('set-cookie') ?? '')?.[0] ?? '';
const keptCount = async (): Promise<unknown> => (await noord.one('select count(*)::int as n from kept_text'))['n'];

describe('what was typed when the session had ended', () => {
  const person = (): string => noord.people.applicants[0] ?? '';

  it('travels through a mailed link to another device, is shown there and saved, and is then kept no longer', async () => {
    const id = await noord.draft(call, person(), { title: 'x', content: {} });
    const address = `/aanvragen/${id}/onderdelen/idea`;
    const cookie = await endedSession(person());
    const signIn = await post(address, { title: 'Meten in de kas', summary: WORDS, _action: 'next' }, { cookie });
    expect(signIn.status).toBe(401);
    const fields = hiddenIn(await signIn.text());
    const email = await emailOf(person());
    const sent = await post('/inloggen/link', { ...fields, email }, { cookie });
    expect(hiddenIn(await sent.text())).toMatchObject({ summary: WORDS });

    const { path } = await mailTo(email);
    const used = await post(path, { _action: 'start' });
    expect(used.status).toBe(303);
    const kept = used.headers.get('location') ?? '';
    expect(kept).toMatch(/^\/bewaard\//);
    const device = { cookie: cookieOf(used) };
    const page = await (await get(kept, device)).text();
    expect(plain(/<h2[^]*?<\/div>/.exec(page)?.[0] ?? '')).toContain(WORDS);
    expect((await get('/', device)).status).toBe(200);
    expect(await (await get('/', device)).text()).toContain(kept);
    const saved = await post(address, hiddenIn(page), device);
    expect(saved.status).toBe(303);
    expect(await noord.one('select title, content from proposal where id = $1', [id])).toMatchObject({
      ...{ title: 'Meten in de kas', content: { summary: WORDS } },
    });
    expect((await get(kept, device)).status).toBe(404);
  });

  it('goes to the page that was asked for when nothing was typed', async () => {
    const email = await emailOf(person());
    await post('/inloggen/link', { _then: '/rondes', email });
    const used = await post((await mailTo(email)).path, { _action: 'start' });
    expect(used.headers.get('location')).toBe('/rondes');
  });

  it('is kept for who sent it alone: not for another address, and not for who never signed in', async () => {
    const [, other = ''] = noord.people.applicants;
    const fields = { _then: '/aanvragen', _kept: JSON.stringify({ reason: 'x' }) };
    await post('/inloggen/link', { ...fields, email: await emailOf(other) }, { cookie: await endedSession(person()) });
    await post('/inloggen/link', { ...fields, email: await emailOf(other) });
    expect(await keptCount()).toBe(0);
    expect((await mailTo(await emailOf(other))).path).toContain('terug=%2Faanvragen');
  });

  it('is kept three times for one address, the newest of each form, and for three days', async () => {
    const email = await emailOf(person());
    const cookie = await endedSession(person());
    for (const n of [1, 2, 3, 4, 4])
      await post(
        '/inloggen/link',
        { _then: `/aanvragen/${n}`, _kept: JSON.stringify({ n: String(n) }), email },
        { cookie },
      );
    const { rows } = await noord.look.query<{ path: string }>('select path from kept_text order by kept_at');
    expect(rows.map(({ path }) => path)).toEqual(['/aanvragen/2', '/aanvragen/3', '/aanvragen/4']);
    await noord.look.query(`update kept_text set kept_at = app_now() - interval '3 days'`);
    const used = await post((await mailTo(email)).path, { _action: 'start' });
    const gone = await get(used.headers.get('location') ?? '', { cookie: cookieOf(used) });
    expect(gone.status).toBe(404);
  });

  it('stands on the page again when a link is asked for too often', async () => {
    await noord.look.query(
      `insert into sign_in_attempt (kind, account_hash, network_hash)
        select 'link', 'x' || n, encode(sha256(convert_to('127.0.0.1', 'UTF8')), 'hex') from generate_series(1, 20) n`,
    );
    const kept = JSON.stringify({ summary: WORDS });
    const refused = await post('/inloggen/link', { _then: '/aanvragen', _kept: kept, email: 'a@x.example' });
    expect(refused.status).toBe(429);
    expect(hiddenIn(await refused.text())).toMatchObject({ _kept: kept });
  });
});

describe('a first initiative', () => {
  const IDEA = { title: 'Meten in de kas', what: WORDS, 'need.partners': 'on' };

  it('is written without an account, and found again behind the link in a mail that says what one did', async () => {
    const email = 'leraar@school.example';
    const form = await (await get('/initiatieven/nieuw')).text();
    expect(form).toContain('U hebt nog geen account nodig');
    const asked = await post('/initiatieven/nieuw', { ...IDEA, _action: 'register' });
    expect(asked.status).toBe(200);
    const page = await asked.text();
    expect(page).toContain('Bijna klaar');
    await post('/account', { ...hiddenIn(page), name: 'N. Leraar', email });

    const { path, template, view } = await mailTo(email);
    const mail = Templates.load().render(template, 'nl', { ...view, sender: 'Noord', secret: { link: 'x' } });
    expect(mail.subject).toBe('Uw tekst is bewaard: ga verder bij Regioloket');
    expect(mail.text).toContain('U schreef een initiatief');
    expect(mail.text).not.toMatch(/system|nodigt u uit/);
    const accepted = await post(path, { name: 'N. Leraar', password: 'kas meten sensor licht' });
    const shown = accepted.headers.get('location') ?? '';
    expect(shown).toMatch(/^\/initiatieven\/nieuw\?bewaard=/);
    const device = { cookie: cookieOf(accepted) };
    const start = await (await get('/', device)).text();
    expect(start).toContain('Uw tekst is er nog');
    expect(start).not.toContain('Er wacht nu niets op u');
    const again = await (await get(shown, device)).text();
    expect(plain(again)).toContain(WORDS);
    expect(await noord.one('select count(*)::int as n from initiative')).toEqual({ n: 0 });
    const registered = await post('/initiatieven/nieuw', { ...hiddenIn(again), ...IDEA, _action: 'register' }, device);
    expect(registered.status).toBe(303);
    expect(await noord.one('select title, phase from initiative')).toEqual({
      title: 'Meten in de kas',
      phase: 'submitted',
    });
    expect(await keptCount()).toBe(0);
  });

  it('tells who asks for an account without a text nothing of an invitation either, and the next step on the start page', async () => {
    const email = 'zonder@school.example';
    await post('/account', { name: 'Z. Zonder', email });
    const { path, template, view } = await mailTo(email);
    const mail = Templates.load().render(template, 'en', { ...view, sender: 'Noord', secret: { link: 'x' } });
    expect([mail.subject, mail.text]).toEqual([
      'Your account at Regioloket',
      expect.not.stringMatching(/invite|system/),
    ]);
    const accepted = await post(path, { name: 'Z. Zonder', password: 'kas meten sensor licht' });
    expect(await (await get('/', { cookie: cookieOf(accepted) })).text()).toContain('Begin met een initiatief');
  });
});

describe('a form that cannot be taken', () => {
  const person = (): string => noord.people.applicants[1] ?? '';

  it('shows what was typed when the proposal is no longer in hand', async () => {
    const id = await noord.draft(call, person());
    await noord.act('proposal', id, 'submit', person());
    const late = await send(person(), `/aanvragen/${id}/onderdelen/idea`, { summary: WORDS });
    expect(late.status).toBeGreaterThanOrEqual(400);
    expect(plain(await late.text())).toContain(WORDS);
  });

  it('shows what was typed when its key was used for other words, and sends it as another request', async () => {
    const fields = { title: 'Kas', what: WORDS, 'need.money': 'on', _action: 'save', _key: randomUUID() };
    expect((await send(person(), '/initiatieven/nieuw', fields)).status).toBe(303);
    const again = await send(person(), '/initiatieven/nieuw', { ...fields, title: 'Tuin' });
    expect(again.status).toBe(422);
    const page = await again.text();
    expect(page).toContain('al eerder verstuurd');
    expect((await send(person(), '/initiatieven/nieuw', hiddenIn(page))).status).toBe(303);
    const { n } = await noord.one(`select count(*)::int as n from initiative where title in ('Kas', 'Tuin')`);
    expect(n).toBe(2);
  });

  it('shows what was typed while the database is away, and takes it when it is back', async () => {
    const address = new URL(noord.test.appUrl);
    const proxy = await openProxy(Number(address.port));
    address.port = String(proxy.port);
    const fragile = await Database.open({ url: address.toString(), poolSize: 2 });
    const round = openRound(fragile, { messageIds: MESSAGE_IDS, ring: () => undefined });
    const other = await startServer({
      ...{ database: fragile, host: '127.0.0.1', port: 0, isHttps: false, people: PEOPLE, round },
    });
    try {
      const id = await noord.draft(call, person());
      const form = `/aanvragen/${id}/onderdelen/idea`;
      const browser = new PageReader(noord.look, other.url);
      const csrf = hiddenIn(await browser.page(person(), form))['_csrf'] ?? '';
      await proxy.cut();
      const away = await post(form, { _csrf: csrf, summary: WORDS, _action: 'later' }, { url: other.url });
      const page = await away.text();
      expect([away.status, plain(page).includes(WORDS)]).toEqual([503, true]);
      await proxy.mend();
      expect(hiddenIn(page)['_csrf']).toBe(csrf);
      expect((await browser.send(person(), form, hiddenIn(page))).status).toBe(303);
      expect(await noord.one('select content from proposal where id = $1', [id])).toMatchObject({
        content: { summary: WORDS },
      });
    } finally {
      await other.stop();
      await fragile.close();
      await proxy.cut();
    }
  });

  it('never shows a password again', async () => {
    const refused = await post('/wachtwoord', { current: 'een oud wachtwoord', password: 'een nieuw wachtwoord' });
    expect(await refused.text()).not.toMatch(/een (oud|nieuw) wachtwoord/);
  });
});
