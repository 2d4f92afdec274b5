import { afterAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#lib/testing';
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
import { linksIn, MailFollower } from '../support/mailed-links.js';

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

afterAll(endAll);

describe('the first start', () => {
  const folder = aFolder();

  it('loads the examples, also after a kill in the middle; the second start leaves them as they are', async () => {
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

  it('leaves mails whose links lead on at whatever address it runs, for the person each was sent to', async () => {
    const port = String(await freePort());
    const three = start(folder, { DEMO: 'on', PORT: port, TRUSTED_PROXIES: '127.0.0.1' });
    await ready(three);
    const url = urlOf(three);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    const passwords = new Map(accountsOf(folder).map(({ email, password }) => [email, password]));
    const reader = new MailFollower(url, passwords);
    const mails = await reader.mails();
    expect(mails).toHaveLength(60);
    expect(mails.filter(({ html, text }) => /regioloket\.example\/|null\//.test(`${html} ${text}`))).toEqual([]);
    const followed = mails.flatMap((mail) => linksIn(mail).map((link) => ({ link, to: mail.to, html: mail.html })));
    expect(followed.length).toBeGreaterThan(40);
    for (const { link, to, html } of followed) {
      expect([link, link.startsWith(`${url}/`), html.includes(`href="${link}"`)]).toEqual([link, true, true]);
      const isSecret = /\/(partij|uitnodiging|hulp)\//.test(link);
      const answer = await reader.follow(link, isSecret ? null : to);
      expect([link, to, answer.status]).toEqual([link, to, 200]);
    }
    await stop(three);
  }, 900_000);
});
