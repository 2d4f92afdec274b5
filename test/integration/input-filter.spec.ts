import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { RunningServer } from '#app/server';
import { LINE_FIELDS } from '#lib/kernel';
import { serve } from '../support/round-server.js';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let [person, token, session] = ['', '', ''];

beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 1 });
  server = await serve(noord);
  [person = ''] = noord.people.applicants;
  token = randomBytes(24).toString('base64url');
  session = randomUUID();
  const hashed = (secret: string): string => createHash('sha256').update(secret).digest('hex');
  await noord.look.query(
    `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
    [hashed(token), person],
  );
  await noord.look.query(
    `insert into session (id_hash, person_id, csrf_secret, signed_in_by) values ($1, $2, 'x', 'link')`,
    [hashed(session), person],
  );
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

const IDEA = {
  ...{ title: 'Meten in de kas', what: 'Meten in een kas.', needs: ['partners'], theme: 'wt', consent: [] },
  ...{ wantedPartners: '', forWhom: '' },
};
const api = async (body: object, path = '/initiatives'): Promise<{ status: number; body: any }> => {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() },
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};

/** Sends a form as a browser does, in a language. */
const form = async (path: string, fields: Readonly<Record<string, string>>, language = 'nl'): Promise<Response> => {
  const headers = { cookie: `session=${session}; taal=${language}`, accept: 'text/html', origin: server.url };
  const page = await (await fetch(`${server.url}${path}`, { headers })).text();
  const csrf = /name="_csrf" value="([^"]*)"/.exec(page.replaceAll('&#x3D;', '='))?.[1] ?? '';
  const body = new URLSearchParams({ _csrf: csrf, ...fields });
  return fetch(`${server.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
};
const valueOf = (page: string, name: string): string | undefined =>
  new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(page)?.[1] ??
  new RegExp(`name="${name}" hidden>([^<]*)<`).exec(page)?.[1];

describe('signs that nobody can see', () => {
  it('are taken out of a text that comes in over REST', async () => {
    const made = await api({ ...IDEA, what: '\ufeffMeten\u0000 in\r\neen \u202ekas.\ud800 e\u0301' });
    expect(made.status).toBe(201);
    const stored = await noord.look.query('select content from initiative where id = $1', [made.body.id]);
    expect(stored.rows[0].content.what).toBe('Meten in\neen kas. é');
  });

  it.each(['Meten\u0007', 'Meten\nin', 'Meten\u202e', 'Meten\u0000', 'Meten\ud800'])(
    'are refused in a line over REST: %j',
    async (title) => {
      const refused = await api({ ...IDEA, title });
      expect([refused.status, refused.body.code]).toEqual([400, 'sign-not-allowed']);
      expect(refused.body.errors).toEqual([
        { pointer: '/title', code: 'sign-not-allowed', signs: [expect.stringMatching(/^U\+[0-9A-F]{4}$/)] },
      ]);
      expect(refused.body.detail).toContain(refused.body.errors[0].signs[0]);
    },
  );

  it.each(['nl', 'en'])(
    'are refused in a line of a form (%s), and what was typed goes along to be sent on',
    async (language) => {
      const typed = {
        ...IDEA,
        title: 'Meten\u0007 in de kas',
        what: 'Alles <b> & "wat"\ner was.',
        'need.partners': 'on',
      };
      const fields = Object.fromEntries(Object.entries(typed).filter(([, value]) => typeof value === 'string'));
      const refused = await form(
        '/initiatieven/nieuw',
        { ...(fields as Record<string, string>), _action: 'later' },
        language,
      );
      const page = await refused.text();
      expect(refused.status).toBe(400);
      expect(page).toContain(
        language === 'nl' ? 'teken dat niet te zien is (U+0007)' : 'sign that cannot be seen (U+0007)',
      );
      expect(page).toContain('aria-invalid="true"');
      expect(valueOf(page, 'title')).toBe('Meten in de kas');
      const what = valueOf(page, 'what') ?? '';
      expect(what).toBe('Alles &lt;b&gt; &amp; &quot;wat&quot;\ner was.');
      expect(valueOf(page, 'need.partners')).toBe('on');
    },
  );

  it('never send a password back to the page', async () => {
    const page = await (
      await form('/account', { name: 'A\u0007', email: 'a@b.example', password: 'vier losse woorden' })
    ).text();
    expect(page).toContain('U+0007');
    expect(page).not.toContain('vier losse woorden');
  });

  it('do nothing in what is searched for, and are nobody’s address', async () => {
    const headers = { authorization: `Bearer ${token}` };
    for (const path of ['/api/v1/schools?query=a%00b', '/api/v1/organisations?query=%00', '/initiatieven?zoek=%00'])
      expect([path, (await fetch(`${server.url}${path}`, { headers })).status]).toEqual([path, 200]);
    expect((await fetch(`${server.url}/api/v1/proposals/%00`, { headers })).status).toBe(404);
  });

  it('are named on the page by the label of each line', async () => {
    for (const field of LINE_FIELDS) {
      const refused = await form('/account', { [field]: 'a\u0007b' });
      expect([field, refused.status, valueOf(await refused.text(), field)]).toEqual([field, 400, 'ab']);
    }
  });
});
