import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '#app/server';
import { AskExplanation, GiveExplanation, RegisterObjection } from '#lib/decision';
import { StartInitiative, type WrittenInitiative } from '#lib/intake';
import { PageReader } from '../support/page-reader.js';
import { viewerOf } from '../support/round-people.js';
import { serve } from '../support/round-server.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let pages: PageReader;
let call: string;
let decided: string;
beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  server = await serve(noord);
  pages = new PageReader(noord.look, server.url);
  call = await noord.openCall('2027-1');
  await noord.seatAll(call);
  const { decider } = noord.people;
  decided = await noord.scored(call, lead());
  await noord.prepared(decided);
  await noord.act('proposal', decided, 'grant', decider);
  await noord.act('call', call, 'close-early', decider, { reason: 'Alles is binnen.' });
  await noord.rank(call);
  await noord.act('call', call, 'announce', decider);
  const { rows } = await noord.look.query<{ id: string }>(
    `insert into school_import (sha256, file_name, as_of, is_complete, rows, added, changed, ended)
      values (repeat('b', 64), 'x', current_date, false, 1, 1, 0, 0) returning id`,
  );
  await noord.look.query(
    `insert into school_site (site, name, level, board, place, municipality, province, first_seen, words, import_id)
      values ('90AC00', 'De Zonnewijzer', 'PO', '90001', 'Borger', 'Borger-Odoorn', 'Drenthe', current_date, '90ac00 de zonnewijzer borger', $1)`,
    [rows[0]?.id],
  );
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

const lead = (): string => noord.people.applicants[0] ?? '';
const anybody = async (path: string, language = 'nl'): Promise<string> => {
  const response = await fetch(`${server.url}${path}`, { headers: { cookie: `taal=${language}` } });
  expect(response.status).toBe(200);
  return (await response.text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};
const INITIATIVE: WrittenInitiative = {
  ...{ title: 'De groene klas', consent: [] },
  content: {
    ...{ what: 'Meten in een kas.', forWhom: 'Groep 7', needs: ['partners'], theme: 'wt' },
    ...{ wantedPartners: '', school: null, contact: '' },
  },
};
const DESK = 'loket@demo-noord.example';

describe('whom to ask', () => {
  it('stands with every network on a page that needs no account', async () => {
    const page = await anybody('/contact');
    expect(page).toContain(DESK);
    expect(page).toContain('Postbus 90101, 9700 ZZ Groningen');
    expect(page).toContain('loket@demo-landelijk.example');
  });

  it.each(['zonnewijzer', 'borger-odoorn', 'Drenthe', '90AC'])('says which network is that of %s', async (sought) => {
    const found = /Gevonden voor.*De netwerken en hun loket/.exec(await anybody(`/contact?zoek=${sought}`))?.[0] ?? '';
    expect(found).toContain('Demo-netwerk Noord');
  });

  it('says so when nothing is found, and keeps what was typed as text', async () => {
    const page = await anybody('/contact?zoek=%3Cb%3Eniets%20hier');
    expect(page).toContain('Wij vonden niets');
    expect(page).toContain('&lt;b&gt;niets hier');
  });

  it.each(['/privacy', '/toegankelijkheid'])(
    'leads there from %s, which everybody can read in both languages',
    async (path) => {
      expect(await anybody(path)).toContain('Hulp en contact');
      expect(await anybody(path, 'en')).toContain('Help and contact');
    },
  );

  it('stands on the page of a call, of a proposal, of an initiative and of a part', async () => {
    expect(await anybody(`/rondes/${call}`)).toContain(DESK);
    expect(await pages.textOf(lead(), `/aanvragen/${decided}`)).toContain(DESK);
    const starting = new StartInitiative(noord.database, noord.round.engine, noord.round.frozen);
    const initiative = await starting.execute(INITIATIVE, {
      ...{ actorId: lead(), region: 'noord', receivedAt: await noord.database.now() },
    });
    expect(await pages.textOf(lead(), `/initiatieven/${initiative}`)).toContain(DESK);
  });
});

describe('who asked something about a decision', () => {
  it('sees on the proposal and on the start page that it was received, and that it was answered', async () => {
    const { secretary } = noord.people;
    const path = `/aanvragen/${decided}`;
    expect(await pages.textOf(lead(), path)).not.toContain('Na de uitslag');
    const receivedAt = await noord.database.now();
    const place = (key: string) => ({
      ...{ region: 'noord', actorId: lead(), receivedAt },
      key: { personId: lead(), route: 'test', key: `key-of-${key}`, bodyHash: 'x' },
    });
    const asking = new AskExplanation(noord.database, MESSAGE_IDS);
    await asking.execute(decided, { way: 'written', words: 'Hoe telt dit?', phone: '', times: '' }, place('asking'));
    await new RegisterObjection(noord.database, MESSAGE_IDS).execute(
      decided,
      'Ik ben het er niet mee eens.',
      place('objecting'),
    );
    expect(await pages.textOf(lead(), path)).toMatch(
      /Na de uitslag Verzoek om herziening ontvangen op .* Vraag om uitleg gesteld op/,
    );
    expect(await pages.textOf(lead(), '/')).toMatch(
      /Wij ontvingen op .* dat u het er niet mee eens bent .*U vroeg op .* om uitleg/,
    );
    await new GiveExplanation(noord.database, MESSAGE_IDS).execute(
      viewerOf(secretary, 'noord', 'secretary'),
      { region: 'noord', proposalId: decided, receivedAt },
      'Zo telt het.',
    );
    expect(await pages.textOf(lead(), path)).toMatch(/Vraag om uitleg beantwoord op/);
    expect(await pages.textOf(secretary, path)).toMatch(/Verzoek om herziening ontvangen op/);
    const member = noord.people.members[1] ?? '';
    expect(await pages.textOf(member, path)).not.toContain('Na de uitslag');
  });
});
