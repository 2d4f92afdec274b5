import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '#app/server';
import { CreateCall } from '#lib/regulation';
import { serve } from '../support/round-server.js';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let open: string;
beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 1 });
  server = await serve(noord);
  open = await noord.openCall();
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

const get = (path: string, language = 'nl'): Promise<Response> =>
  fetch(`${server.url}${path}`, { headers: { cookie: `taal=${language}` } });
const words = async (path: string, language?: string): Promise<string> =>
  (await (await get(path, language)).text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('the questions of a call', () => {
  it('are read without an account, from the page of the call, in both languages', async () => {
    expect(await (await get(`/rondes/${open}`)).text()).toContain(`href="/rondes/${open}/formulier"`);
    expect(await words(`/rondes/${open}/formulier`)).toContain('Hoe heet uw plan?');
    expect(await words(`/rondes/${open}/formulier`, 'en')).toContain('What is your plan called?');
    expect((await get(`/api/v1/calls/${open}/form`)).status).toBe(200);
  });

  it('come with their help, how long an answer may be, and which files are asked', async () => {
    const page = await words(`/rondes/${open}/formulier`);
    expect(page).toMatch(
      /Wat gaan leerlingen doen\? Vertel het zoals u het een collega vertelt\. Ten minste 30 tekens\. Ten hoogste 5000 tekens\./,
    );
    expect(page).toMatch(
      /Het bewijs dat het plan in het schoolplan staat .* Ten hoogste 3 bestanden\. Soorten: pdf, png, jpg\. Ten hoogste 25 MB\. Dit is een bewijs/,
    );
    expect(page).toContain('U kiest uit: Een school of andere organisatie; Een particulier.');
    expect(page).toContain('Alleen het loket en het bestuur lezen dit antwoord');
  });

  it('says in words when a question is asked that others lead to', async () => {
    expect(await words(`/rondes/${open}/formulier`)).toMatch(
      /Wat is het nummer van de school of het bestuur\? \(niet verplicht\) .*? Alleen als een school of een andere organisatie aanvraagt\./,
    );
  });

  it('come with the rules about money, and with every other condition at the part that it judges', async () => {
    const page = await words(`/rondes/${open}/formulier`);
    const budget = page.slice(page.indexOf('Waar gaat het geld naartoe?'), page.indexOf('Welke bijlagen horen'));
    expect(budget).toContain('U vraagt ten hoogste de helft van de totale kosten aan.');
    expect(budget).toContain('U vraagt ten hoogste € 4.000,00 aan.');
    expect(page).toMatch(/Wat de regeling verder vraagt/);
  });

  it('of a call that is announced and not open yet are there too; of one in preparation they are not', async () => {
    const { coordinator, decider } = noord.people;
    const receivedAt = await noord.database.now();
    const at = (hours: number): string => new Date(Date.parse(receivedAt) + hours * 3_600_000).toISOString();
    const ahead = await new CreateCall(noord.database, noord.round.engine, noord.round.frozen).execute(
      {
        ...{ region: 'noord', programme: 'innovatie-wt', number: '2027-9', name: { nl: 'Later', en: 'Later' } },
        ...{ opensAt: at(24), closesAt: at(48), graceMinutes: 0 },
      },
      { actorId: coordinator, receivedAt },
    );
    expect((await get(`/rondes/${ahead}/formulier`)).status).toBe(404);
    await noord.act('call', ahead, 'publish', decider);
    expect((await get(`/rondes/${ahead}/formulier`)).status).toBe(200);
    expect((await get('/rondes/geen/formulier')).status).toBe(404);
  });
});
