import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startServer, type RunningServer } from '#app/server';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;

beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 1 });
  server = await startServer({
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, round: noord.round },
    people: { messageIds: MESSAGE_IDS, links: LINKS },
  });
});
beforeEach(() => noord.look.query('delete from sign_in_attempt'));
afterAll(async () => {
  await server.stop();
  await noord.close();
});

const OFFER = { organisation: 'Kwekerij', kind: 'COMPANY', what: 'hours', contactName: 'T.', language: 'nl' };
const offerTo = (email: string): Promise<Response> =>
  fetch(`${server.url}/api/v1/offers`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ ...OFFER, email }),
  });
const onPage = (fields: Record<string, string>): Promise<Response> =>
  fetch(`${server.url}/hulp`, { method: 'POST', headers: { accept: 'text/html' }, body: new URLSearchParams(fields) });
const mailsTo = async (email: string): Promise<unknown> =>
  (await noord.one('select count(*)::int as n from outbox where to_address = $1', [email]))['n'];

describe('an offer of help, for which nobody signs in', () => {
  it('mails one address five times in a quarter of an hour and no more, over REST and on the page', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await offerTo('victim@x.example')).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201]);
    const refused = await offerTo('Victim@X.example');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '900']);
    expect(await refused.json()).toMatchObject({ code: 'offered-too-often' });
    const page = await onPage({ ...OFFER, email: 'victim@x.example' });
    expect(page.status).toBe(429);
    expect(await page.text()).toContain('Kwekerij');
    expect(await mailsTo('victim@x.example')).toBe(5);
  });

  it('mails at most twenty addresses a minute for one network', async () => {
    for (let i = 0; i < 20; i++) expect((await offerTo(`a${i}@x.example`)).status).toBe(201);
    expect((await offerTo('a20@x.example')).status).toBe(429);
    expect(await mailsTo('a20@x.example')).toBe(0);
  });
});
