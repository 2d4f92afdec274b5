import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type RunningServer } from '#app/server';
import { calendarDate } from '#lib/kernel';
import { importSchools } from '#lib/people';
import { projectFolder } from '#lib/settings';
import { makePeople } from '../support/round-people.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let [owner, other, desk, zuidDesk] = ['', '', '', ''];
const mailed: string[] = [];

const tokenFor = async (person: string): Promise<string> => {
  const token = randomBytes(24).toString('base64url');
  const hash = createHash('sha256').update(token).digest('hex');
  await noord.look.query(
    `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
    [hash, person],
  );
  return token;
};

beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 2 });
  const bytes = readFileSync(join(projectFolder(), 'config', 'demo', 'schools.csv'));
  const asOf = calendarDate('2026-11-01');
  await importSchools(noord.look, { bytes, name: 'schools.csv', asOf, level: 'PO', isComplete: false });
  const [first = '', second = ''] = noord.people.applicants;
  const zuid = await makePeople(noord.look, 'zuid', { members: 1, applicants: 0 });
  owner = await tokenFor(first);
  other = await tokenFor(second);
  desk = await tokenFor(noord.people.secretary);
  zuidDesk = await tokenFor(zuid.secretary);
  const keep = (token: string): string => (mailed.push(token), token);
  server = await startServer({
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, round: noord.round },
    people: { messageIds: MESSAGE_IDS, links: { ...LINKS, offer: keep, party: keep } },
  });
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

interface Sent {
  readonly body?: unknown;
  readonly tag?: string | undefined;
  readonly key?: string;
}

const ask = async (
  token: string | null,
  method: string,
  path: string,
  { body, tag, key = randomUUID() }: Sent = {},
): Promise<{ status: number; body: any; tag: string }> => {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      'idempotency-key': key,
      ...(tag === undefined ? {} : { 'if-match': tag }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? null : JSON.parse(text),
    tag: response.headers.get('etag') ?? '',
  };
};

const IDEA = {
  ...{ title: 'Meten in de kas', what: 'Meten in een kas.', needs: ['partners'], theme: 'wt' },
  ...{ wantedPartners: 'Een tuinder.', contact: '0592 12 34 56', site: '90AI00', consent: ['what'] },
};
const start = async (more: object = {}): Promise<string> =>
  (await ask(owner, 'POST', '/initiatives', { body: { ...IDEA, ...more } })).body.id as string;
const registered = async (more: object = {}): Promise<string> => {
  const id = await start(more);
  await ask(owner, 'POST', `/initiatives/${id}/actions/register`);
  return id;
};

describe('initiatives over REST', () => {
  it('are started in the network of their school, once per key, and read with what one can do', async () => {
    const key = randomUUID();
    const twice = [];
    for (let i = 0; i < 2; i++) twice.push((await ask(owner, 'POST', '/initiatives', { body: IDEA, key })).body.id);
    expect(twice[0]).toBe(twice[1]);
    const { status, body } = await ask(owner, 'GET', `/initiatives/${twice[0]}`);
    expect([status, body.region, body.phase, body.isOwn]).toEqual([200, 'noord', 'preparing', true]);
    expect(body.actions.map(({ action, allowed }: any) => [action, allowed])).toEqual([
      ['register', true],
      ['withdraw', true],
    ]);
    for (const token of [other, desk]) expect((await ask(token, 'GET', `/initiatives/${twice[0]}`)).status).toBe(404);
    expect((await ask(null, 'POST', '/initiatives', { body: IDEA })).status).toBe(401);
  });

  it('tell every fault of what is sent, and a site that no school has', async () => {
    const wrong = await ask(owner, 'POST', '/initiatives', {
      body: { title: '', needs: ['gold'], theme: 'x', consent: ['all'] },
    });
    expect([wrong.status, wrong.body.errors.length]).toEqual([400, 6]);
    const unknown = await ask(owner, 'POST', '/initiatives', { body: { ...IDEA, site: '99ZZ00' } });
    expect([unknown.status, unknown.body.code]).toEqual([400, 'school-unknown']);
  });

  it('are changed on top of what was read, also when registered, by their initiator alone', async () => {
    const id = await registered();
    const { tag } = await ask(owner, 'GET', `/initiatives/${id}`);
    const body = { ...IDEA, title: 'Anders', consent: [] };
    expect((await ask(owner, 'PUT', `/initiatives/${id}`, { body })).status).toBe(428);
    const saved = await ask(owner, 'PUT', `/initiatives/${id}`, { body, tag });
    expect([saved.status, saved.body.title, saved.body.consent]).toEqual([200, 'Anders', []]);
    expect((await ask(owner, 'PUT', `/initiatives/${id}`, { body, tag })).status).toBe(412);
    for (const token of [other, desk])
      expect((await ask(token, 'PUT', `/initiatives/${id}`, { body, tag: saved.tag })).status).toBe(404);
  });

  it('show partners only what their initiator lets be known, in pages, newest first', async () => {
    const [hidden, older, newer] = [await registered({ consent: [] }), await registered(), await registered()];
    const first = await ask(null, 'GET', '/initiatives/open?size=1');
    expect(first.body.items).toEqual([{ id: newer, region: 'noord', title: IDEA.title, shown: { what: IDEA.what } }]);
    const second = await ask(null, 'GET', `/initiatives/open?size=1&after=${first.body.next as string}`);
    expect(second.body.items[0].id).toBe(older);
    const all = await ask(null, 'GET', '/initiatives/open?size=200');
    expect(all.body.items.map(({ id }: any) => id)).not.toContain(hidden);
    expect((await ask(null, 'GET', '/initiatives/open?after=!')).status).toBe(400);
    const desks = await ask(desk, 'GET', '/initiatives?size=200');
    expect(desks.body.items.map(({ id }: any) => id)).toEqual(expect.arrayContaining([hidden, older, newer]));
    expect((await ask(zuidDesk, 'GET', '/initiatives')).body.items).toEqual([]);
  });

  it('go from an offer by way of a match and another network to one proposal', async () => {
    const id = await registered();
    const call = await noord.openCall('2027-R');
    const offer = {
      ...{ initiativeId: id, organisation: 'Kwekerij', kind: 'COMPANY', what: 'hours', amount: '20 uur' },
      ...{ contactName: 'T. van Dam', email: 'kas@x.example', language: 'nl' },
    };
    const offerId = (await ask(null, 'POST', '/offers', { body: offer })).body.id as string;
    const match = (token: string): ReturnType<typeof ask> =>
      ask(token, 'POST', `/initiatives/${id}/matches`, { body: { offerId } });
    expect((await match(desk)).body.code).toBe('offer-not-available');
    expect((await ask(null, 'POST', `/offers/confirmations/${mailed.at(-1) ?? ''}`)).status).toBe(204);
    expect((await ask(null, 'POST', '/offers/confirmations/nothing')).body.code).toBe('offer-link-not-valid');
    expect([(await match(zuidDesk)).status, (await match(owner)).status, (await match(desk)).status]).toEqual([
      404, 404, 204,
    ]);
    expect((await ask(desk, 'GET', `/initiatives/${id}/offers`)).body[0]).toMatchObject({
      id: offerId,
      isMatched: true,
    });
    expect((await ask(owner, 'GET', `/initiatives/${id}/offers`)).body).toEqual([]);

    const consult = (region: string): ReturnType<typeof ask> =>
      ask(desk, 'POST', `/initiatives/${id}/consultations`, { body: { region } });
    expect([(await consult('zuid')).status, (await consult('nergens')).status]).toEqual([204, 404]);
    const answer = { body: { text: 'Bij ons ook.' } };
    expect((await ask(desk, 'PUT', `/initiatives/${id}/consultations/zuid`, answer)).status).toBe(404);
    expect((await ask(zuidDesk, 'PUT', `/initiatives/${id}/consultations/zuid`, answer)).status).toBe(204);
    expect((await ask(desk, 'GET', `/initiatives/${id}/consultations`)).body).toMatchObject([
      { region: 'zuid', answer: 'Bij ons ook.' },
    ]);

    const early = await ask(owner, 'POST', `/initiatives/${id}/proposal`, { body: { callId: call } });
    expect([early.status, early.body.code]).toEqual([409, 'action-not-now']);
    expect(await noord.one('select count(*)::int as n from proposal where call_id = $1', [call])).toEqual({ n: 0 });
    expect((await ask(desk, 'POST', `/initiatives/${id}/actions/match`, { body: {} })).body.code).toBe(
      'payload-is-wrong',
    );
    const said = { body: { answer: 'Kwekerij doet mee.' } };
    expect((await ask(desk, 'POST', `/initiatives/${id}/actions/match`, said)).status).toBe(200);
    expect((await ask(owner, 'POST', `/initiatives/${id}/actions/convert`, { body: {} })).status).toBe(404);
    const made = [];
    for (let i = 0; i < 2; i++)
      made.push(await ask(owner, 'POST', `/initiatives/${id}/proposal`, { body: { callId: call } }));
    expect([made[0]?.status, made[0]?.body.id === made[1]?.body.id]).toEqual([201, true]);
    const proposal = await ask(owner, 'GET', `/proposals/${made[0]?.body.id as string}`);
    expect(proposal.body.content).toMatchObject({
      lead: { institution: '90AI' },
      partners: [{ name: 'Kwekerij', kind: 'COMPANY' }],
    });
  });
});

describe('parties over REST', () => {
  const PARTY = {
    ...{ role: 'partner', organisation: 'Kwekerij', contactName: 'T. van Dam', email: 'kas@x.example', language: 'nl' },
    part: { task: 'Stelt kassen beschikbaar.', hours: 20 },
  };

  it('are added, changed on top of what was read, asked, answered by the link, and taken out', async () => {
    const call = await noord.openCall('2027-P');
    const proposal = (await ask(owner, 'POST', `/calls/${call}/proposals`, { body: { title: 'Plan' } })).body
      .id as string;
    const parties = `/proposals/${proposal}/parties`;
    expect((await ask(other, 'POST', parties, { body: PARTY })).status).toBe(404);
    const party = `${parties}/${(await ask(owner, 'POST', parties, { body: PARTY })).body.id as string}`;
    const { tag } = await ask(owner, 'GET', party);
    const changed = await ask(owner, 'PUT', party, { body: { ...PARTY, part: { hours: 30 } }, tag });
    expect([changed.status, changed.body.part.hours]).toEqual([200, 30]);
    expect((await ask(owner, 'PUT', party, { body: PARTY, tag })).status).toBe(412);
    expect((await ask(owner, 'POST', `${party}/ask`)).status).toBe(204);
    const link = `/part-links/${mailed.at(-1) ?? ''}`;
    expect((await ask(null, 'GET', link)).body).toMatchObject({ organisation: 'Kwekerij', part: { hours: 30 } });
    expect((await ask(null, 'POST', `${link}/answer`, { body: { kind: 'confirm', name: 'T. van Dam' } })).status).toBe(
      400,
    );
    const yes = { body: { kind: 'confirm', name: 'T. van Dam', position: 'eigenaar' } };
    expect((await ask(null, 'POST', `${link}/answer`, yes)).status).toBe(204);
    expect((await ask(null, 'POST', `${link}/answer`, yes)).body.code).toBe('part-answered-already');
    const read = await ask(owner, 'GET', party);
    expect([read.body.state, read.body.answeredFunction]).toEqual(['confirmed', 'eigenaar']);
    expect((await ask(owner, 'DELETE', party)).status).toBe(428);
    expect((await ask(owner, 'DELETE', party, { tag: read.tag })).status).toBe(204);
    expect((await ask(owner, 'GET', party)).status).toBe(404);
  });

  it('a contact gets copies of what the applicant gets once confirmed, and no letter of a private person', async () => {
    const call = await noord.openCall('2027-C');
    for (const [kind, copies] of [
      ['ORGANISATION', 1],
      ['PERSON', 1],
    ] as const) {
      const content = { lead: { kind, name: 'Leraar' } };
      const proposal = (await ask(owner, 'POST', `/calls/${call}/proposals`, { body: { title: 'Plan', content } })).body
        .id as string;
      const contact = { ...PARTY, role: 'contact', email: `contact-${kind}@x.example`, part: undefined };
      const party = (await ask(owner, 'POST', `/proposals/${proposal}/parties`, { body: contact })).body.id as string;
      await ask(owner, 'POST', `/proposals/${proposal}/parties/${party}/ask`);
      const before = await ask(owner, 'GET', `/proposals/${proposal}`);
      const submit = before.body.actions.find(({ action }: any) => action === 'submit');
      expect(submit.warnings.map(({ condition }: any) => condition)).not.toContain('parties-have-confirmed');
      const yes = { body: { kind: 'confirm', name: 'T. van Dam', position: 'assistent' } };
      await ask(null, 'POST', `/part-links/${mailed.at(-1) ?? ''}/answer`, yes);
      await ask(owner, 'POST', `/proposals/${proposal}/actions/submit`, { body: {} });
      const sent = await noord.one(
        `select count(*)::int as n, min(view ->> 'name') as name from outbox where template = 'receipt' and to_address = $1`,
        [contact.email.toLowerCase()],
      );
      expect([kind, sent['n'], sent['name']]).toEqual([kind, copies, 'T. van Dam (kopie)']);
    }
  });

  it('a payee confirms the account that stands in the proposal; another account is asked anew', async () => {
    const call = await noord.openCall('2027-B');
    const payee = { name: 'Stichting', iban: 'NL02ABNA0123456789' };
    const write = (account: object): object => ({ body: { title: 'Plan', content: { payee: account } } });
    const proposal = (await ask(owner, 'POST', `/calls/${call}/proposals`, write(payee))).body.id as string;
    const holder = { ...PARTY, role: 'payee' };
    const party = (await ask(owner, 'POST', `/proposals/${proposal}/parties`, { body: holder })).body.id as string;
    await ask(owner, 'POST', `/proposals/${proposal}/parties/${party}/ask`);
    const link = `/part-links/${mailed.at(-1) ?? ''}`;
    expect((await ask(null, 'GET', link)).body.account).toEqual(payee);
    await ask(null, 'POST', `${link}/answer`, { body: { kind: 'confirm', name: 'P.', position: 'penningmeester' } });
    const stateOf = async (): Promise<unknown> =>
      (await ask(owner, 'GET', `/proposals/${proposal}/parties/${party}`)).body.state;
    const save = async (account: object): Promise<void> => {
      const { tag } = await ask(owner, 'GET', `/proposals/${proposal}`);
      expect((await ask(owner, 'PUT', `/proposals/${proposal}`, { ...write(account), tag })).status).toBe(200);
    };
    await save(payee);
    expect(await stateOf()).toBe('confirmed');
    await save({ ...payee, iban: 'NL91ABNA0417164300' });
    expect(await stateOf()).toBe('changed');
  });
});
