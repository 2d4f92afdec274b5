import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '#lib/access';
import { checkInvariants } from '#lib/engine';
import {
  ConsultRegion,
  ConvertInitiative,
  CreateProposal,
  INITIATIVE_INVARIANTS,
  listInitiatives,
  listMatched,
  listOffers,
  listOpenInitiatives,
  MatchOffer,
  OfferHelp,
  readInitiative,
  SaveInitiative,
  StartInitiative,
  type InitiativeContent,
  type WrittenInitiative,
} from '#lib/intake';
import { makePeople, viewerOf } from '../support/round-people.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let zuidDesk: Viewer;
let national: Viewer;
const tokens: string[] = [];

beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 3 });
  const zuid = await makePeople(noord.look, 'zuid', { members: 1, applicants: 0 });
  zuidDesk = viewerOf(zuid.secretary, 'zuid', 'secretary');
  const office = await makePeople(noord.look, 'landelijk', { members: 1, applicants: 0 });
  await noord.look.query(`update role_assignment set role = 'national-office' where person_id = $1`, [
    office.coordinator,
  ]);
  national = viewerOf(office.coordinator, 'landelijk', 'national-office');
});
afterAll(() => noord.close());

const desk = (): Viewer => viewerOf(noord.people.secretary, 'noord', 'secretary');
const owner = (): string => noord.people.applicants[0] ?? '';
const CONTENT: InitiativeContent = {
  ...{ what: 'Meten in een kas.', forWhom: 'Groep 7 en 8.', needs: ['partners'], theme: 'wt' },
  ...{ wantedPartners: 'Een tuinder.', school: null, contact: '0592 12 34 56' },
};
const start = async (more: Partial<WrittenInitiative> = {}, region = 'noord', by = owner()): Promise<string> => {
  const written = { title: 'Meten in de kas', content: CONTENT, consent: [], ...more };
  const starting = new StartInitiative(noord.database, noord.round.engine, noord.round.frozen);
  return starting.execute(written, { actorId: by, region, receivedAt: await noord.database.now() });
};
const act = async (
  id: string,
  action: string,
  by: string,
  payload = {},
  region = 'noord',
  receivedAt?: string,
): Promise<void> => {
  const actor = { id: by, regions: [region] };
  const at = receivedAt ?? (await noord.database.now());
  await noord.round.engine.act({ subject: { kind: 'initiative', id }, action, payload, actor, receivedAt: at });
};
const offer = async (initiativeId: string | null, confirmed = true, region = 'noord'): Promise<string> => {
  const offering = new OfferHelp(noord.database, {
    messageIds: MESSAGE_IDS,
    linkTo: (token) => (tokens.push(token), token),
  });
  const id = await offering.execute(
    {
      region,
      initiativeId,
      organisation: 'Kwekerij',
      kind: 'COMPANY',
      what: 'hours',
      amount: '20 uur',
      place: 'Assen',
      description: '',
      contactName: 'T. van Dam',
      email: 'kas@x.example',
      language: 'nl',
    },
    null,
  );
  if (confirmed) await offering.confirm(tokens.at(-1) ?? '');
  return id;
};
const as = <T>(viewer: Viewer, region: string, read: Parameters<typeof noord.database.unit<T>>[1]): Promise<T> =>
  noord.database.unit({ regions: [region], actor: viewer.id, readOnly: true }, read);

const convert = async (id: string, call: string, region: string, actorId = owner()): Promise<string> => {
  const { engine, frozen } = noord.round;
  const creating = new CreateProposal(noord.database, engine, frozen);
  const asked = { actorId, receivedAt: await noord.database.now(), region, callRegion: 'noord' };
  return new ConvertInitiative(noord.database, engine, creating, frozen).execute(id, call, asked);
};
describe('an initiative', () => {
  it('waits ten working days for the desk, free days not counted', async () => {
    const id = await start();
    await act(id, 'register', owner(), {}, 'noord', '2026-12-21T09:00:00.000000Z');
    expect(
      await noord.one(`select last_day::text, on_expiry from term where subject_id = $1 and name = 'desk'`, [id]),
    ).toEqual({
      last_day: '2027-01-06',
      on_expiry: { task: 'initiative-overdue', for: 'desk' },
    });
  });

  it('is its initiator’s own until it is registered; then the desk of its region reads it, and no other', async () => {
    const id = await start();
    expect(await as(desk(), 'noord', (tx) => readInitiative(tx, id))).toBeNull();
    await act(id, 'register', owner());
    expect(await as(desk(), 'noord', (tx) => readInitiative(tx, id))).toMatchObject({ title: 'Meten in de kas' });
    expect(
      await as(viewerOf(noord.people.decider, 'noord', 'decider'), 'noord', (tx) => readInitiative(tx, id)),
    ).toBeNull();
    expect(await as(zuidDesk, 'noord', (tx) => readInitiative(tx, id))).toBeNull();
  });

  it('shows partners each field only by consent, and nothing without any', async () => {
    const shown = await start({ title: 'Met toestemming', consent: ['what'] });
    const hidden = await start({ title: 'Zonder toestemming' });
    for (const id of [shown, hidden]) await act(id, 'register', owner());
    const open = await noord.database.unit({ regions: ['noord'], actor: null, readOnly: true }, (tx) =>
      listOpenInitiatives(tx),
    );
    expect(open.find(({ id }) => id === shown)?.shown).toEqual({ what: 'Meten in een kas.' });
    expect(open.find(({ id }) => id === hidden)).toBeUndefined();
  });

  it('of a place that no network covers lies at the national desk', async () => {
    const id = await start({}, 'landelijk');
    await act(id, 'register', owner(), {}, 'landelijk');
    expect((await as(national, 'landelijk', (tx) => listInitiatives(tx))).map((one) => one.id)).toContain(id);
    await act(id, 'support', national.id ?? '', { answer: 'Wij denken mee.' }, 'landelijk');
    expect(await noord.one('select state, outcome from initiative where id = $1', [id])).toEqual({
      state: 'Supported',
      outcome: 'Wij denken mee.',
    });
  });

  it('is matched only with an offer that was confirmed by its mail', async () => {
    const id = await start();
    await act(id, 'register', owner());
    const matching = new MatchOffer(noord.database, MESSAGE_IDS);
    const loose = await offer(id, false);
    await expect(matching.execute(desk(), 'noord', { initiativeId: id, offerId: loose })).rejects.toMatchObject({
      code: 'offer-not-available',
    });
    await expect(act(id, 'match', desk().id ?? '', { answer: 'x' })).rejects.toMatchObject({ code: 'move-refused' });
    const good = await offer(id);
    await matching.execute(desk(), 'noord', { initiativeId: id, offerId: good });
    await matching.execute(desk(), 'noord', { initiativeId: id, offerId: good });
    expect(
      (await as(desk(), 'noord', (tx) => listOffers(tx, id))).map(({ id: one, isMatched }) => [one, isMatched]),
    ).toContainEqual([good, true]);
    const mails = await noord.one(
      `select count(*)::int as n, bool_or(view::text like '%0592%') as told from outbox where template like 'offer-matched%' and view ->> 'title' = 'Meten in de kas'`,
    );
    expect(mails).toEqual({ n: 2, told: false });
    await act(id, 'match', desk().id ?? '', { answer: 'Kwekerij doet mee.' });
    await expect(matching.execute(zuidDesk, 'noord', { initiativeId: id, offerId: good })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('lets another network look along when it is asked, and nobody else of that network', async () => {
    const id = await start();
    await act(id, 'register', owner());
    const consulting = new ConsultRegion(noord.database);
    await consulting.ask(desk(), { id, lead: 'noord', region: 'zuid' });
    expect(await as(zuidDesk, 'noord', (tx) => readInitiative(tx, id))).toMatchObject({ consulted: ['zuid'] });
    await consulting.answer(zuidDesk, { id, region: 'zuid', text: 'Bij ons loopt iets dergelijks.' });
    expect(await consulting.list(id, ['noord', 'zuid'], desk().id ?? '')).toMatchObject([
      { region: 'zuid', answer: 'Bij ons loopt iets dergelijks.' },
    ]);
    expect(await consulting.list(id, ['noord', 'zuid'], owner())).toEqual([]);
  });

  it('becomes one proposal, however often it is asked', async () => {
    const call = await noord.openCall('2027-V');
    const id = await start({
      content: { ...CONTENT, school: { site: '90AA00', name: 'De Regenboog', place: 'Assen', province: 'Drenthe' } },
    });
    await act(id, 'register', owner());
    await act(id, 'declare-ready', desk().id ?? '', { answer: 'Dien in.' });
    const first = await convert(id, call, 'noord');
    expect(await convert(id, call, 'noord')).toBe(first);
    const { content } = await noord.one('select content from proposal where id = $1', [first]);
    expect(content).toMatchObject({
      summary: 'Meten in een kas.',
      lead: { name: 'De Regenboog' },
      schools: [{ brin: '90AA' }],
    });
    await expect(convert(id, call, 'noord', noord.people.applicants[1])).rejects.toMatchObject({ code: 'not-found' });
  });

  it('finds an offer that names no initiative, and takes the partner along into the proposal', async () => {
    const id = await start();
    await act(id, 'register', owner());
    const free = await offer(null, true, 'landelijk');
    const offers = await noord.database.unit(
      { regions: ['noord', 'landelijk'], actor: desk().id, readOnly: true },
      (tx) => listOffers(tx, id),
    );
    expect(offers.map((one) => one.id)).toContain(free);
    await new MatchOffer(noord.database, MESSAGE_IDS).execute(desk(), 'noord', { initiativeId: id, offerId: free });
    await act(id, 'match', desk().id ?? '', { answer: 'Kwekerij helpt.' });
    const proposal = await convert(id, await noord.openCall('2027-M'), 'noord');
    expect(
      await noord.one('select organisation, email::text, state, part from party where proposal_id = $1', [proposal]),
    ).toEqual({
      ...{ organisation: 'Kwekerij', email: 'kas@x.example', state: 'listed' },
      part: { task: '20 uur', cashCents: null, hours: null, inKindCents: null },
    });
  });

  it('goes on in no call of another kind of schools, and in none that is not open', async () => {
    const call = await noord.openCall('2027-N');
    const school = { site: '90AA00', name: 'De Linde', place: 'Venlo', province: 'Limburg' };
    const id = await start({ content: { ...CONTENT, school } });
    await act(id, 'register', owner());
    await act(id, 'declare-ready', desk().id ?? '', { answer: 'Dien in.' });
    await expect(convert(id, call, 'noord')).rejects.toMatchObject({
      ...{ code: 'proposal-does-not-fit-call', facts: { call: '2027-N' } },
    });
    const closed = await noord.openCall('2027-O');
    await noord.act('call', closed, 'close-early', noord.people.decider, { reason: 'Klaar.' });
    const fitting = await start();
    await act(fitting, 'register', owner());
    await act(fitting, 'declare-ready', desk().id ?? '', { answer: 'Dien in.' });
    await expect(convert(fitting, closed, 'noord')).rejects.toMatchObject({ code: 'call-is-not-open' });
    expect(
      await noord.one(`select count(*)::int as n from proposal where call_id = any ($1)`, [[call, closed]]),
    ).toEqual({
      n: 0,
    });
  });

  it('asks the desk again in words, which the desk reads in a mail', async () => {
    const id = await start();
    await act(id, 'register', owner());
    await act(id, 'support', desk().id ?? '', { answer: 'Wij denken mee.' });
    await expect(act(id, 'ask-again', owner())).rejects.toMatchObject({ code: 'payload-is-wrong' });
    await act(id, 'ask-again', owner(), { question: 'Wie kan er in mei?' });
    expect(await noord.one('select question, state from initiative where id = $1', [id])).toEqual({
      ...{ question: 'Wie kan er in mei?', state: 'Registered' },
    });
    const { rows } = await noord.look.query<{ who: string; question: string }>(
      `select recipient_key as who, view ->> 'question' as question from outbox where template = 'initiative-asked-again'`,
    );
    const { coordinator, secretary } = noord.people;
    expect(rows.map(({ who }) => who).sort()).toEqual([coordinator, secretary].sort());
    expect(rows[0]?.question).toBe('Wie kan er in mei?');
  });

  it('tells its initiator alone how the matched partner is reached', async () => {
    const id = await start();
    await act(id, 'register', owner());
    const given = await offer(id);
    await new MatchOffer(noord.database, MESSAGE_IDS).execute(desk(), 'noord', { initiativeId: id, offerId: given });
    const matched = (actor: string) =>
      noord.database.unit({ regions: ['noord', 'landelijk'], actor, readOnly: true }, (tx) => listMatched(tx, id));
    expect(await matched(owner())).toEqual([
      { organisation: 'Kwekerij', contactName: 'T. van Dam', email: 'kas@x.example' },
    ]);
    expect(await matched(noord.people.applicants[1] ?? '')).toEqual([]);
  });

  it('gets no more of an offer that was withdrawn by the link of its mail', async () => {
    const id = await start();
    await act(id, 'register', owner());
    const given = await offer(id);
    const token = tokens.at(-1) ?? '';
    const offering = new OfferHelp(noord.database, { messageIds: MESSAGE_IDS, linkTo: String });
    expect(await offering.read(token)).toEqual({
      ...{ organisation: 'Kwekerij', title: 'Meten in de kas', confirmed: true, withdrawn: false },
    });
    await offering.withdraw(token);
    await offering.withdraw(token);
    expect(await offering.read(token)).toMatchObject({ withdrawn: true });
    const match = new MatchOffer(noord.database, MESSAGE_IDS);
    await expect(match.execute(desk(), 'noord', { initiativeId: id, offerId: given })).rejects.toMatchObject({
      code: 'offer-not-available',
    });
    await expect(offering.confirm(token)).rejects.toMatchObject({ code: 'offer-link-not-valid' });
    await expect(offering.withdraw('nothing')).rejects.toMatchObject({ code: 'offer-link-not-valid' });
  });

  it('of the national desk goes on in the network that its initiator chooses', async () => {
    const id = await start({}, 'landelijk');
    await act(id, 'register', owner(), {}, 'landelijk');
    await act(id, 'declare-ready', national.id ?? '', { answer: 'Kies uw netwerk.' }, 'landelijk');
    const call = await noord.openCall('2027-L');
    const proposal = await convert(id, call, 'landelijk');
    expect(await noord.one('select region, call_id from proposal where id = $1', [proposal])).toEqual({
      ...{ region: 'noord', call_id: call },
    });
    expect(await noord.one('select proposal_id from initiative where id = $1', [id])).toEqual({
      proposal_id: proposal,
    });
  });

  it('is saved by its initiator alone, on top of what was read, until it has ended', async () => {
    const id = await start();
    const saving = new SaveInitiative(noord.database);
    const by = async (actorId: string, revision: number): Promise<number> =>
      saving.execute(id, { title: 'Anders', content: CONTENT, consent: [] }, revision, {
        network: 'noord',
        actorId,
        region: 'noord',
        receivedAt: await noord.database.now(),
      });
    expect(await by(owner(), 1)).toBe(2);
    await expect(by(owner(), 1)).rejects.toMatchObject({ code: 'version-is-stale' });
    await expect(by(noord.people.applicants[1] ?? '', 2)).rejects.toMatchObject({ code: 'not-found' });
    await act(id, 'withdraw', owner());
    await expect(by(owner(), 2)).rejects.toMatchObject({ code: 'initiative-has-ended' });
  });

  it('as a draft goes to the network of a school that is chosen later; what is registered stays where it is', async () => {
    const id = await start({}, 'landelijk');
    const saving = new SaveInitiative(noord.database);
    const save = async (revision: number, region: string, network: string): Promise<number> =>
      saving.execute(id, { title: 'Anders', content: CONTENT, consent: [] }, revision, {
        ...{ network, region, actorId: owner(), receivedAt: await noord.database.now() },
      });
    const placed = async (): Promise<unknown> =>
      noord.one(`select region, split_part(number, '-', 2) as numbered from initiative where id = $1`, [id]);
    await save(1, 'landelijk', 'noord');
    expect(await placed()).toEqual({ region: 'noord', numbered: 'noord' });
    await act(id, 'register', owner());
    await save(2, 'noord', 'oost');
    expect(await placed()).toEqual({ region: 'noord', numbered: 'noord' });
  });

  it('keeps its invariants, each of which can be broken', async () => {
    expect(await checkInvariants(noord.look, INITIATIVE_INVARIANTS)).toEqual([]);
    await noord.look.query('begin');
    await noord.look.query(
      `update help_offer set confirmed_at = null; delete from offer_match m using initiative i where i.id = m.initiative_id and i.state <> 'Matched'`,
    );
    const broken = await checkInvariants(noord.look, INITIATIVE_INVARIANTS);
    await noord.look.query('rollback');
    expect(broken.map(({ code }) => code)).toEqual(['initiative-match-of-a-confirmed-offer']);
  });
});
