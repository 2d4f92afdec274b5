import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startServer, type RunningServer } from '#app/server';
import { AnswerPart, readProposal, WriteParties, type PartyView, type WrittenParty } from '#lib/intake';
import { PageReader } from '../support/page-reader.js';
import { eligibleContent } from '../support/round-people.js';
import { openTestFiles, type TestFiles } from '../support/test-files.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

/** A school or partner counts for the conditions as long as it does not say no, and who checks reads who has not answered. */
let noord: TestRound;
let files: TestFiles;
let server: RunningServer;
let call: string;
let token = '';

beforeAll(async () => {
  noord = await TestRound.open({ members: 4, applicants: 2 });
  files = await openTestFiles();
  server = await startServer({
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, round: noord.round },
    people: { messageIds: MESSAGE_IDS, links: LINKS },
    files: files.parts(false),
  });
  call = await noord.openCall();
});
afterAll(async () => {
  await server.stop();
  files.remove();
  await noord.close();
});

const lead = (): string => noord.people.applicants[0] ?? '';
const SCHOOL: WrittenParty = {
  ...{ role: 'school', organisation: 'De Ark', contactName: 'A. de Ark', email: 'ark@x.example', language: 'nl' },
  part: { task: 'Doet mee met groep 7 en 8.', cashCents: null, hours: null, inKindCents: null },
  institution: '90AB',
};
const NO = { kind: 'decline', name: 'A. de Ark', reason: 'Wij doen dit jaar niet mee.' } as const;
const place = async (): Promise<Parameters<WriteParties['ask']>[1]> => ({
  ...{ actorId: lead(), receivedAt: await noord.database.now(), region: 'noord', applicant: 'Leraar' },
});
const writing = (): WriteParties =>
  new WriteParties(noord.database, noord.round.frozen, { messageIds: MESSAGE_IDS, linkTo: (made) => (token = made) });
const answering = (): AnswerPart => new AnswerPart(noord.database, noord.round.frozen, MESSAGE_IDS);
const asked = async (role: PartyView['role'] = 'school'): Promise<{ id: string; party: string }> => {
  const content = eligibleContent({
    schools: (eligibleContent()['schools'] as object[]).map((school, i) => ({
      ...school,
      name: ['De Bron', 'De Ark'][i],
    })),
    lead: { kind: 'ORGANISATION', name: 'De Bron' },
  });
  const id = await noord.draft(call, lead(), { content });
  const party = await writing().add(id, { ...SCHOOL, role }, await place());
  await writing().ask({ proposalId: id, id: party }, await place());
  return { id, party };
};
const verdictOf = async (id: string, condition = 'two-schools'): Promise<unknown> => {
  const view = await noord.database.unit({ regions: ['noord'], actor: lead(), readOnly: true }, (tx) =>
    readProposal(tx, id),
  );
  return view?.eligibility.find((one) => one.condition === condition)?.verdict;
};

describe('a school that says no', () => {
  it('counts no more towards two schools, in a draft and after it was submitted', async () => {
    const { id } = await asked();
    expect(await verdictOf(id)).toBe('met');
    await answering().answer(token, NO);
    expect(await verdictOf(id)).toBe('not-met');
    const { id: submitted } = await asked();
    await noord.act('proposal', submitted, 'submit', lead());
    await answering().answer(token, NO);
    expect(await verdictOf(submitted)).toBe('not-met');
    await expect(noord.act('proposal', submitted, 'admit', noord.people.secretary)).rejects.toMatchObject({
      facts: { conditions: ['eligible'] },
    });
  });

  it('counts again when it is asked anew, is taken out of the parties, or confirms', async () => {
    const { id, party } = await asked();
    await answering().answer(token, NO);
    await writing().ask({ proposalId: id, id: party }, await place());
    expect(await verdictOf(id)).toBe('met');
    await answering().answer(token, NO);
    expect(await verdictOf(id)).toBe('not-met');
    await writing().remove({ proposalId: id, id: party }, await place());
    expect(await verdictOf(id)).toBe('met');
  });

  it('changes nothing in what was admitted', async () => {
    const { id } = await asked();
    await noord.act('proposal', id, 'submit', lead());
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    await noord.act('proposal', id, 'start-review', noord.people.secretary);
    await answering().answer(token, NO);
    expect(await verdictOf(id)).toBe('met');
  });

  it('may answer at the same moment as another of that proposal', async () => {
    const { id } = await asked();
    const first = token;
    const other = await writing().add(id, { ...SCHOOL, organisation: 'De Bron', institution: '90AA' }, await place());
    await writing().ask({ proposalId: id, id: other }, await place());
    await Promise.all([answering().answer(first, NO), answering().answer(token, NO)]);
    expect(await verdictOf(id)).toBe('not-met');
  });
});

describe('who has not answered', () => {
  it('is named to who checks, on the page and over REST, while it counts', async () => {
    const { id } = await asked();
    await noord.act('proposal', id, 'submit', lead());
    const reader = new PageReader(noord.look, server.url);
    const text = await reader.textOf(noord.people.secretary, `/aanvragen/${id}`);
    expect(text).toContain('Wie nog niet bevestigde');
    expect(text).toContain('De Ark Heeft haar deel nog niet bevestigd.');
    expect(text).toContain('Technisch Bedrijf Voorbeeld Nergens gevraagd om te bevestigen.');
    const rest = JSON.parse(await reader.page(noord.people.secretary, `/api/v1/proposals/${id}`)) as object;
    expect(rest).toMatchObject({
      eligible: true,
      unconfirmed: [
        { organisation: 'De Ark', state: 'asked' },
        { organisation: 'Technisch Bedrijf Voorbeeld', state: 'not-named' },
      ],
      actions: expect.arrayContaining([
        expect.objectContaining({
          action: 'admit',
          allowed: true,
          warnings: [expect.objectContaining({ condition: 'those-taking-part-confirmed' })],
        }),
      ]),
    });
  });
});
