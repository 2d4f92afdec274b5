import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { startServer, type RunningServer } from '#app/server';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
const TOKEN = 'a-token-of-the-tests-long-enough';

beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 1 });
  await noord.look.query(
    `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
    [createHash('sha256').update(TOKEN).digest('hex'), noord.people.applicants[0]],
  );
  server = await startServer({
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, round: noord.round },
    people: { messageIds: MESSAGE_IDS, links: LINKS },
  });
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

const cachingOf = async (path: string): Promise<string | null> =>
  (await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } })).headers.get('cache-control');

describe('an answer', () => {
  it('of the API stays on no disk: what it holds is for one person, at one moment', async () => {
    const call = await noord.openCall();
    const id = await noord.draft(call, noord.people.applicants[0] ?? '');
    for (const path of [`proposals/${id}`, 'proposals', 'me', `calls/${call}`, 'proposals/unknown'])
      expect([path, await cachingOf(`/api/v1/${path}`)]).toEqual([path, 'no-store']);
  });

  it('of a page neither; what a page is made of is kept', async () => {
    expect(await cachingOf('/aanvragen')).toBe('no-store');
    expect(await cachingOf(`/rondes/${await noord.openCall('2027-2')}/formulier`)).toBe('no-store');
    const page = await (await fetch(server.url)).text();
    expect(await cachingOf(/\/assets\/[^"]+\.css/.exec(page)?.[0] ?? '')).toContain('immutable');
  });
});
