import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '#app/server';
import { Database } from '#lib/database';
import { dropOpenings, tellOpenings } from '#lib/intake';
import { ConversationFailed, sendDueMail, Templates } from '#lib/notices';
import { CreateCall } from '#lib/regulation';
import { PageReader } from '../support/page-reader.js';
import { serve } from '../support/round-server.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let pages: PageReader;
beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 2 });
  server = await serve(noord);
  pages = new PageReader(noord.look, server.url);
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});
beforeEach(() => noord.look.query('delete from opening_request; delete from opening_attempt; delete from outbox'));

/** A call that is published and opens tomorrow. */
const ahead = async (number: string): Promise<string> => {
  const { coordinator, decider } = noord.people;
  const receivedAt = await noord.database.now();
  const at = (hours: number): string => new Date(Date.parse(receivedAt) + hours * 3_600_000).toISOString();
  const call = {
    ...{ region: 'noord', programme: 'innovatie-wt', number, name: { nl: `Ronde ${number}`, en: `Call ${number}` } },
    ...{ opensAt: at(24), closesAt: at(48), graceMinutes: 0 },
  };
  const creating = new CreateCall(noord.database, noord.round.engine, noord.round.frozen);
  const id = await creating.execute(call, { actorId: coordinator, receivedAt });
  await noord.act('call', id, 'publish', decider);
  return id;
};
const opens = (id: string): Promise<unknown> =>
  noord.look.query(`update call set opens_at = app_now() where id = $1`, [id]);
const work = () => ({ database: noord.database, messageIds: MESSAGE_IDS, linkTo: LINKS.opening });
const post = (path: string, fields: Readonly<Record<string, string>> | FormData): Promise<Response> =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { cookie: 'taal=nl' },
    body: fields instanceof FormData ? fields : new URLSearchParams(fields),
  });
const wanted = (call: string, email: string): Promise<Response> => post('/meldingen', { wish: `ronde:${call}`, email });
const mainOf = async (response: Response): Promise<string> =>
  (/<main[^]*<\/main>/.exec(await response.text())?.[0] ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const mails = async (template: string): Promise<readonly { to: string; secret: Record<string, string> }[]> =>
  (
    await noord.look.query<{ to: string; secret: Record<string, string> }>(
      `select to_address as to, secret from outbox where template = $1 order by created_at, to_address`,
      [template],
    )
  ).rows;
const linkTo = async (email: string): Promise<string> =>
  (await mails('opening-asked')).findLast(({ to }) => to === email)?.secret['link'] ?? '';
const waiting = async (): Promise<unknown> =>
  (await noord.one(`select count(*)::int as n from opening_request where confirmed_at is not null`))['n'];
const confirmed = async (wish: string, email: string): Promise<void> => {
  await post('/meldingen', { wish, email });
  await post(`/meldingen/${await linkTo(email)}`, { _action: 'confirm' });
};

describe('who has no account and wants to hear when a call opens', () => {
  it('is asked by a mail, whose link only shows buttons until one is pressed', async () => {
    const call = await ahead('2027-1');
    expect(await (await fetch(`${server.url}/rondes/${call}`)).text()).toContain(`/meldingen?ronde=${call}`);
    expect((await wanted(call, 'Jan@School.example')).status).toBe(200);
    const link = `/meldingen/${await linkTo('jan@school.example')}`;
    expect(await mainOf(await fetch(`${server.url}${link}`, { headers: { cookie: 'taal=nl' } }))).toContain(
      'Klopt het dat u een mail wilt als dit opent?',
    );
    expect(await waiting()).toBe(0);
    expect(await mainOf(await post(link, { _action: 'confirm' }))).toContain('U krijgt een mail');
    expect(await waiting()).toBe(1);
    expect(await mainOf(await post(link, { _action: 'end' }))).toContain('U hebt afgezegd');
    expect(await waiting()).toBe(0);
    expect(await mainOf(await post(link, { _action: 'confirm' }))).toContain('Hier wacht niets meer');
  });

  it('gets the same answer whether the address waits already or not, and no second mail', async () => {
    const call = await ahead('2027-2');
    await confirmed(`ronde:${call}`, 'a@school.example');
    const again = await mainOf(await wanted(call, 'a@school.example'));
    const other = await mainOf(await wanted(call, 'b@school.example'));
    expect(again.replace('a@school', 'b@school')).toBe(other);
    expect((await mails('opening-asked')).map(({ to }) => to)).toEqual(['a@school.example', 'b@school.example']);
  });

  it('is mailed ten times a day at most for one address, and stopped after twenty requests a minute from one network', async () => {
    const call = await ahead('2027-3');
    for (let i = 0; i < 12; i++) expect((await wanted(call, 'a@school.example')).status).toBe(200);
    expect(await mails('opening-asked')).toHaveLength(10);
    for (let i = 0; i < 10; i++) await wanted(call, `${i}@school.example`);
    const refused = await wanted(call, 'new@school.example');
    expect([refused.status, await mainOf(refused)]).toEqual([429, expect.stringContaining('Probeer het morgen')]);
  });

  it('reads what is wrong, and what was typed is still there', async () => {
    const response = await post('/meldingen', { wish: 'ronde:geen', email: 'geen adres' });
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('value="geen adres"');
    expect(page).toContain('Kies waarover u een mail wilt.');
  });

  it('is not mailed about a call in preparation, nor about one that is open', async () => {
    const open = await noord.openCall('2027-4');
    expect((await wanted(open, 'a@school.example')).status).toBe(422);
    expect(await mails('opening-asked')).toEqual([]);
  });
});

describe('who is signed in', () => {
  const me = (): string => noord.people.applicants[0] ?? '';

  it('asks with one button, sees what waits, and ends it; nobody else can', async () => {
    const call = await ahead('2027-5');
    expect(await pages.textOf(me(), `/rondes/${call}`)).toContain('Mail mij als deze ronde opent');
    expect((await pages.send(me(), '/meldingen', { wish: `ronde:${call}` })).status).toBe(303);
    expect(await pages.textOf(me(), `/rondes/${call}`)).toContain('U krijgt een mail als deze ronde opent.');
    expect(await pages.textOf(me(), '/meldingen')).toContain('Ronde 2027-5, Demo-netwerk Noord');
    const { id } = await noord.one('select id from opening_request');
    await pages.send(noord.people.applicants[1] ?? '', `/meldingen/eigen/${String(id)}/stop`, {});
    expect(await waiting()).toBe(1);
    await pages.send(me(), `/meldingen/eigen/${String(id)}/stop`, {});
    expect(await waiting()).toBe(0);
  });
});

describe('when a call opens', () => {
  it('every address that confirmed gets one mail, also when it waits for the network too, and is forgotten', async () => {
    const call = await ahead('2027-6');
    await confirmed(`ronde:${call}`, 'a@school.example');
    await confirmed('netwerk:noord', 'a@school.example');
    await confirmed('netwerk:noord', 'b@school.example');
    await confirmed('netwerk:zuid', 'c@school.example');
    await wanted(call, 'unconfirmed@school.example');
    expect(await tellOpenings(work())).toBe(0);
    await opens(call);
    const told = await Promise.all([tellOpenings(work()), tellOpenings(work())]);
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect((await mails('call-opened')).map(({ to }) => to)).toEqual(['a@school.example', 'b@school.example']);
    expect(await tellOpenings(work())).toBe(0);
    expect(await waiting()).toBe(1);
  });

  it('who asks for the next call of a network while one is open hears of the next one', async () => {
    const open = await ahead('2027-7');
    await opens(open);
    await confirmed('netwerk:noord', 'a@school.example');
    expect(await tellOpenings(work())).toBe(0);
    const next = await ahead('2027-8');
    await opens(next);
    expect(await tellOpenings(work())).toBe(1);
    expect(await noord.one(`select view from outbox where template = 'call-opened'`)).toMatchObject({
      view: { call: 'Ronde 2027-8' },
    });
  });

  it('seven thousand addresses are told in batches, each once', async () => {
    const call = await ahead('2027-9');
    await noord.look.query(
      `insert into opening_request (region, call_id, email, language, token_hash, confirmed_at)
        select 'noord', $1, n || '@school.example', 'nl', md5(n::text) || md5(n::text), app_now() from generate_series(1, 7000) n`,
      [call],
    );
    await opens(call);
    const counts: number[] = [];
    for (let told = await tellOpenings(work()); told > 0; told = await tellOpenings(work())) counts.push(told);
    expect(counts).toEqual(Array.from({ length: 14 }, () => 500));
    const { n, addresses } = await noord.one(
      `select count(*)::int as n, count(distinct to_address)::int as addresses from outbox where template = 'call-opened'`,
    );
    expect([n, addresses]).toEqual([7000, 7000]);
  });

  it('nothing is told of a call that was withdrawn, or closed before anybody could be told, and they are forgotten', async () => {
    const [gone, closed] = [await ahead('2027-10'), await ahead('2027-11')];
    await confirmed(`ronde:${gone}`, 'a@school.example');
    await confirmed(`ronde:${closed}`, 'b@school.example');
    await noord.act('call', gone, 'withdraw', noord.people.decider, { reason: 'Er is geen geld.' });
    await noord.look.query(
      `update call set opens_at = app_now() - interval '2 days', closes_at = app_now() where id = $1`,
      [closed],
    );
    expect(await tellOpenings(work())).toBe(0);
    await dropOpenings(noord.database);
    expect(await waiting()).toBe(0);
  });

  it('what was not confirmed in three days is forgotten', async () => {
    const call = await ahead('2027-12');
    await wanted(call, 'a@school.example');
    await noord.look.query(`update opening_request set asked_at = app_now() - interval '3 days'`);
    expect(
      await mainOf(await post(`/meldingen/${await linkTo('a@school.example')}`, { _action: 'confirm' })),
    ).toContain('Hier wacht niets meer');
    await dropOpenings(noord.database);
    expect(await noord.one('select count(*)::int as n from opening_request')).toEqual({ n: 0 });
  });
});

describe('the mail that tells it', () => {
  const sent: Record<string, unknown>[] = [];
  const send = async (fails = false): Promise<void> => {
    const workers = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
    const sendMail = (mail: Readonly<Record<string, unknown>>): Promise<void> => {
      sent.push(mail);
      const unknown = { responseCode: 550, command: 'RCPT TO', response: '550 5.1.1 unknown' };
      return fails
        ? Promise.reject(new ConversationFailed('envelope', Object.assign(new Error('unknown'), unknown), null))
        : Promise.resolve();
    };
    const mail = { from: 'loket@regioloket.example', worker: 'w1', templates: Templates.load() };
    await sendDueMail({ ...mail, database: workers, transport: { sendMail } });
    await workers.close();
  };
  const told = async (number: string): Promise<string> => {
    const call = await ahead(number);
    await confirmed(`ronde:${call}`, 'a@school.example');
    await confirmed('netwerk:zuid', 'a@school.example');
    await noord.look.query('delete from outbox');
    await opens(call);
    await tellOpenings(work());
    sent.length = 0;
    return (await mails('call-opened'))[0]?.secret['unsubscribe'] ?? '';
  };

  it.each(['a form', 'a form in parts'])('can be ended by the mail program in one press, sent as %s', async (kind) => {
    const link = await told(`2027-2${kind.length}`);
    await send();
    expect(sent[0]?.['headers']).toMatchObject({
      'list-unsubscribe': `<${link}>`,
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    });
    const parts = new FormData();
    parts.append('List-Unsubscribe', 'One-Click');
    const answer = await post(`/meldingen/${link}`, kind === 'a form' ? { 'List-Unsubscribe': 'One-Click' } : parts);
    expect(answer.status).toBe(200);
    expect(await waiting()).toBe(0);
  });

  it.each([false, true])(
    'keeps no address once it was sent, or could not be (%s), and nobody must look after it',
    async (fails) => {
      await told(`2027-3${String(fails)}`);
      await send(fails);
      const row = await noord.one(
        `select status, to_address, to_name, secret, subject from outbox where template = 'call-opened'`,
      );
      expect(row).toEqual({
        status: fails ? 'bounced' : 'sent',
        to_address: '',
        to_name: '',
        secret: null,
        subject: null,
      });
      expect(await noord.one(`select count(*)::int as n from task where kind = 'mail-not-delivered'`)).toEqual({
        n: 0,
      });
      expect(String(sent[0]?.['text'])).toContain('is open. U kunt een aanvraag indienen tot');
    },
  );
});
