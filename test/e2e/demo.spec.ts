import { afterEach, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  aFolder,
  ask,
  ended,
  endAll,
  ready,
  start,
  stop,
  until,
  urlOf,
  type Started,
} from '../support/installations.js';

interface Account {
  readonly email: string;
  readonly password: string;
  readonly network: string;
}

const accountsOf = (folder: string): Account[] =>
  (JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { accounts: Account[] }).accounts;

/** Signs in as a person would, and returns what asks with that session. */
const signIn = async (one: Started, { email, password }: Account): Promise<(path: string) => Promise<Response>> => {
  const url = urlOf(one);
  const body = JSON.stringify({ email, password });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v1/sessions`, { method: 'POST', headers, body });
  expect([email, answer.status]).toEqual([email, 201]);
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return (path) => fetch(`${url}${path}`, { headers: { cookie } });
};
const lag = async (one: Started): Promise<number> => {
  const { clock } = (await (await fetch(`${urlOf(one)}/readyz`)).json()) as { clock: string };
  return Math.abs(Date.parse(clock) - Date.now());
};

afterEach(endAll);

describe('the first start', () => {
  it('loads the examples, also after a kill in the middle; the second start leaves them as they are', async () => {
    const folder = aFolder();
    const killed = start(folder, { DEMO: 'on' });
    await until(() => killed.text.includes('Loading the examples'), killed);
    await sleep(3_000);
    killed.child.kill('SIGKILL');
    await ended(killed);
    expect(existsSync(join(folder, 'run.json'))).toBe(false);

    // Without examples it does not start on what is half.
    const refused = start(folder);
    await ended(refused);
    expect([refused.code, refused.text]).toEqual([2, expect.stringContaining('cut off')]);

    const one = start(folder, { DEMO: 'on' });
    await ready(one);
    expect(one.text).toContain('begin anew');
    expect(await lag(one)).toBeLessThan(60_000);
    expect(statSync(join(folder, 'run.json')).mode & 0o777).toBe(0o600);
    const accounts = accountsOf(folder);
    expect(accounts).toHaveLength(44);
    for (const account of accounts.filter(({ network }) => network !== 'landelijk')) {
      const look = await signIn(one, account);
      expect([account.email, (await look('/')).status]).toEqual([account.email, 200]);
    }
    expect(await ask(folder, ['invariants'])).toMatchObject({ ok: true });
    expect(await ask(folder, ['audit', 'verify'])).toMatchObject({ ok: true, faults: [] });
    const mails = (await (await fetch(`${urlOf(one)}/api/v1/mailbox`)).json()) as unknown[];
    expect(mails).toHaveLength(60);
    const national = accounts.find(({ email }) => email.startsWith('landelijk')) as Account;
    const calls = async (at: Started): Promise<unknown> =>
      (await (await signIn(at, national))('/api/v1/regions/noord/calls')).json();
    const before = await calls(one);
    await stop(one);

    const two = start(folder, { DEMO: 'on' });
    await ready(two);
    expect(two.text).not.toContain('examples');
    expect(accountsOf(folder)).toEqual(accounts);
    expect(await calls(two)).toEqual(before);
    await stop(two);
    await expect(ask(folder, ['demo'])).rejects.toMatchObject({ code: 2 });
  }, 900_000);
});
