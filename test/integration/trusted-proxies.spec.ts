import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startServer, type RunningServer } from '#app/server';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;

beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 1 });
});
afterAll(() => noord.close());
beforeEach(() => noord.look.query('delete from sign_in_attempt'));
afterEach(() => server.stop());

const start = async (trustedProxies?: readonly string[]): Promise<void> => {
  server = await startServer({
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, round: noord.round, trustedProxies },
    people: { messageIds: MESSAGE_IDS, links: LINKS },
  });
};
/** Asks once for each; how many networks were counted. */
const networksOf = async (...forwarded: readonly string[]): Promise<unknown> => {
  for (const [i, addresses] of forwarded.entries()) {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': addresses };
    const body = JSON.stringify({ email: `nobody${i}@x.example`, password: 'x' });
    const { status } = await fetch(`${server.url}/api/v1/sessions`, { method: 'POST', headers, body });
    expect(status).toBe(401);
  }
  return (await noord.one('select count(distinct network_hash)::int as n from sign_in_attempt'))['n'];
};

describe('who a request is counted for', () => {
  it('is who the proxy in front of us asks for, so that visitors do not bar each other', async () => {
    await start(['127.0.0.1']);
    expect(await networksOf('192.0.2.1', '198.51.100.7')).toBe(2);
  });

  it('is never whom a visitor claims to be, in front of what the proxy says', async () => {
    await start(['127.0.0.1']);
    expect(await networksOf('203.0.113.1, 192.0.2.1', '203.0.113.2, 192.0.2.1')).toBe(1);
  });

  it('is the sender where no proxy is trusted', async () => {
    await start();
    expect(await networksOf('192.0.2.1', '198.51.100.7')).toBe(1);
  });
});
