import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '#app/server';
import { StartInitiative } from '#lib/intake';
import { PageReader } from '../support/page-reader.js';
import { serve } from '../support/round-server.js';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let pages: PageReader;
let initiative: string;
beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 2 });
  server = await serve(noord);
  pages = new PageReader(noord.look, server.url);
  const starting = new StartInitiative(noord.database, noord.round.engine, noord.round.frozen);
  const written = {
    ...{ title: 'Meten in de kas', consent: ['what', 'wantedPartners'] as const },
    content: {
      ...{
        what: 'Leerlingen meten in een kas.',
        forWhom: 'Groep 7',
        needs: ['partners'] as const,
        theme: 'wt' as const,
      },
      ...{ wantedPartners: 'Een tuinder', school: null, contact: '0592 12 34 56' },
    },
  };
  const receivedAt = await noord.database.now();
  initiative = await starting.execute(written, { actorId: owner(), region: 'noord', receivedAt });
  await noord.act('initiative', initiative, 'register', owner());
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});
const owner = (): string => noord.people.applicants[0] ?? '';
const visitor = async (path: string): Promise<string> =>
  (await (await fetch(`${server.url}${path}`, { headers: { cookie: 'taal=nl' } })).text())
    .replace(/<(?!option)[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

const OFFER = { organisation: 'Kwekerij', kind: 'COMPANY', what: 'place', contactName: 'T.', email: 'kas@x.example' };
const offered = (): Promise<Record<string, unknown>> =>
  noord.one('select region, place, initiative_id as initiative from help_offer order by offered_at desc limit 1');

describe('the page that offers help', () => {
  it('says for which initiative it is, as far as its initiator lets it be read', async () => {
    const page = await visitor(`/hulp?initiatief=${initiative}`);
    expect(page).toMatch(/Voor: Meten in de kas Leerlingen meten in een kas\. Zoekt: Een tuinder/);
    expect(page).not.toContain('0592');
  });

  it('takes where it can be, and for any initiative the network it is for', async () => {
    await pages.send(owner(), '/hulp', { ...OFFER, place: 'Assen', network: 'noord' });
    expect(await offered()).toEqual({ region: 'noord', place: 'Assen', initiative: null });
    await pages.send(owner(), '/hulp', { ...OFFER, email: 'b@x.example', network: 'nowhere' });
    expect(await offered()).toEqual({ region: 'landelijk', place: '', initiative: null });
    await pages.send(owner(), '/hulp', { ...OFFER, email: 'c@x.example', network: 'zuid', initiative });
    expect(await offered()).toEqual({ region: 'noord', place: '', initiative });
  });

  it('chooses no kind of organisation for who offers, and asks for it', async () => {
    const form = await (await fetch(`${server.url}/hulp`, { headers: { cookie: 'taal=nl' } })).text();
    const kinds = /<select[^>]*name="kind"[^]*?<\/select>/.exec(form)?.[0] ?? '';
    expect(/<option value="([^"]*)"/.exec(kinds)?.[1]).toBe('');
    const { kind: _, ...rest } = OFFER;
    const response = await pages.send(owner(), '/hulp', { ...rest, kind: '', email: 'd@x.example' });
    expect([response.status, await response.text()]).toEqual([
      422,
      expect.stringContaining('Kies wat voor organisatie u bent.'),
    ]);
  });

  it.each(['confirmed', 'not confirmed'])('withdraws an offer that was %s by the link of its mail', async (state) => {
    await pages.send(owner(), '/hulp', { ...OFFER, email: `${state.length}@x.example` });
    const { link } = await noord.one(
      `select secret ->> 'link' as link from outbox where template = 'offer-confirm' order by created_at desc limit 1`,
    );
    const path = `/hulp/bevestigen/${String(link)}`;
    if (state === 'confirmed') await pages.send(owner(), path, {});
    expect(await visitor(path)).toContain('Trek het aanbod in');
    expect(await (await pages.send(owner(), `${path}/intrekken`, {})).text()).toContain('Uw aanbod is ingetrokken');
    expect(await visitor(path)).not.toContain('Trek het aanbod in');
    expect((await fetch(`${server.url}/hulp/bevestigen/x`)).status).toBe(410);
  });
});

describe('the list of initiatives', () => {
  it.each([
    ['', true],
    ['?netwerk=noord&zoek=tuinder+kas', true],
    ['?netwerk=zuid', false],
    ['?zoek=tuinder+raket', false],
    ['?zoek=0592', false],
  ])('%s shows what looks for partners there and in these words: %s', async (query, isThere) => {
    const page = await visitor(`/initiatieven${query}`);
    expect(page.includes('Leerlingen meten in een kas.')).toBe(isThere);
    expect(page.includes('Hier zoekt nu geen initiatief een partner')).toBe(!isThere);
  });
});

describe('the page of an initiative', () => {
  it('says when the only open call closes before the desk must have answered', async () => {
    await noord.openCall('2027-1');
    expect(await pages.textOf(owner(), `/initiatieven/${initiative}`)).toMatch(
      /De enige ronde die nu open is, sluit op/,
    );
  });

  it('asks its initiator for a question to the desk, and why it closes; the desk for its answer', async () => {
    const { secretary } = noord.people;
    await noord.act('initiative', initiative, 'support', secretary, { answer: 'Wij denken mee.' });
    const path = `/initiatieven/${initiative}/acties`;
    expect(await pages.textOf(owner(), `${path}/ask-again`)).toContain('Wat wilt u het loket vragen?');
    expect(await pages.textOf(owner(), `${path}/close`)).toContain('Waarom sluit u het af?');
    expect(await pages.textOf(secretary, `${path}/close`)).toContain('Uw antwoord aan de initiatiefnemer');
    await pages.send(owner(), `${path}/ask-again`, { question: 'Wie kan er in mei?' });
    expect(await pages.textOf(secretary, `/initiatieven/${initiative}`)).toContain('Wie kan er in mei?');
  });
});
