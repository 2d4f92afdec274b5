import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '#app/server';
import { PageReader } from '../support/page-reader.js';
import { budgetOf, eligibleContent } from '../support/round-people.js';
import { serve } from '../support/round-server.js';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let pages: PageReader;
let call: string;
beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 3 });
  server = await serve(noord);
  pages = new PageReader(noord.look, server.url);
  call = await noord.openCall('2027-1', { days: 30 });
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

const SCHOOL = { board: '90001', province: 'Drenthe', level: 'PO', affiliated: true };
const content = (thirdPartyCents = 0) =>
  eligibleContent({
    lead: { kind: 'ORGANISATION', name: 'De Voorbeeldige', institution: '90AA' },
    schools: [
      { ...SCHOOL, name: 'De Voorbeeldige', brin: '90AA', site: '90AA00' },
      { ...SCHOOL, name: 'De Regenboog', brin: '90AB', site: '90AB00' },
    ],
    budget: { ...budgetOf(400_000), thirdPartyCents },
  });
const lead = (): string => noord.people.applicants[0] ?? '';
const draft = (thirdPartyCents = 0): Promise<string> =>
  noord.draft(call, lead(), { content: content(thirdPartyCents) });
const FORM = { contactName: 'A. Boer', email: 'boer@x.example', _action: 'add' };
const partyOf = async (proposal: string): Promise<string> =>
  String((await noord.one('select id from party where proposal_id = $1', [proposal]))['id']);

describe('who takes part', () => {
  it('is typed once: schools and partners of the answers wait to be asked, the lead applicant does not', async () => {
    const id = await draft();
    const page = await pages.page(lead(), `/aanvragen/${id}/partijen`);
    const waiting = /aria-labelledby="te-vragen"[^]*?<\/section>/.exec(page)?.[0] ?? '';
    expect(waiting).toContain('De Regenboog');
    expect(waiting).toContain('Technisch Bedrijf Voorbeeld');
    expect(waiting).not.toContain('De Voorbeeldige');
    const form = await pages.page(lead(), `/aanvragen/${id}/partijen?deelnemer=schools.1`);
    expect(form).toMatch(/name="organisation"[^>]*value="De Regenboog"/);
    expect(form).toMatch(/name="institution"[^>]*value="90AB"/);
    expect(form).toMatch(/value="school" checked/);
  });

  it('waits no more once it was added', async () => {
    const id = await draft();
    const added = await pages.send(lead(), `/aanvragen/${id}/partijen`, {
      ...{ role: 'school', organisation: 'Obs de Regenboog', institution: '90AB', ...FORM },
    });
    expect(added.status).toBe(303);
    const page = await pages.page(lead(), `/aanvragen/${id}/partijen`);
    expect(/aria-labelledby="te-vragen"[^]*?<\/section>/.exec(page)?.[0]).not.toContain('Regenboog');
    expect(page).not.toContain('Staat nog niet bij School en partners');
  });

  it('goes the other way too: who was added is put among the answers by one button', async () => {
    const id = await draft();
    const path = `/aanvragen/${id}/partijen`;
    await pages.send(lead(), path, { role: 'partner', organisation: 'Science Center', ...FORM });
    expect(await pages.textOf(lead(), path)).toContain('Staat nog niet bij School en partners');
    const party = await partyOf(id);
    expect((await pages.send(lead(), `${path}/${party}/noem`, { kind: '' })).status).toBe(422);
    expect((await pages.send(lead(), `${path}/${party}/noem`, { kind: 'SCIENCE_CENTRE' })).status).toBe(303);
    const { partners } = await noord.one(`select content -> 'partners' as partners from proposal where id = $1`, [id]);
    expect(partners).toEqual([
      expect.objectContaining({ name: 'Technisch Bedrijf Voorbeeld' }),
      { name: 'Science Center', kind: 'SCIENCE_CENTRE', benefitCents: 0 },
    ]);
    expect(await pages.textOf(lead(), path)).not.toContain('Staat nog niet bij School en partners');
  });

  it('is named by nobody but who applies', async () => {
    const id = await draft();
    await pages.send(lead(), `/aanvragen/${id}/partijen`, { role: 'partner', organisation: 'Science Center', ...FORM });
    const other = noord.people.applicants[1] ?? '';
    const sent = await pages.send(other, `/aanvragen/${id}/partijen/${await partyOf(id)}/noem`, { kind: 'OTHER' });
    expect(sent.status).toBe(404);
  });
});

describe('what they give', () => {
  it('stands beside the budget, on their page and in the check, until both say the same', async () => {
    const id = await draft(80_000);
    await pages.send(lead(), `/aanvragen/${id}/partijen`, {
      ...{ role: 'partner', organisation: 'Technisch Bedrijf Voorbeeld', cashCents: '500', ...FORM },
    });
    expect(await pages.textOf(lead(), `/aanvragen/${id}/partijen`)).toMatch(
      /Samen €\s500,00, daarvan is €\s0,00 bevestigd\..*In de begroting staat €\s800,00\..*Dit is niet gelijk/,
    );
    expect(await pages.textOf(lead(), `/aanvragen/${id}/controleren`)).toContain('Dit is niet gelijk');
    const same = await draft(50_000);
    await pages.send(lead(), `/aanvragen/${same}/partijen`, {
      ...{ role: 'partner', organisation: 'Technisch Bedrijf Voorbeeld', cashCents: '500', ...FORM },
    });
    expect(await pages.textOf(lead(), `/aanvragen/${same}/controleren`)).not.toContain('Dit is niet gelijk');
  });
});
