import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnswerPart, listParties, WriteParties, type PartyView, type WrittenParty } from '#lib/intake';
import type { Instant } from '#lib/kernel';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let call: string;
let now: Instant;
const tokens: string[] = [];
beforeAll(async () => {
  noord = await TestRound.open({ members: 4, applicants: 3 });
  call = await noord.openCall();
  now = await noord.database.now();
});
afterAll(() => noord.close());

const lead = (): string => noord.people.applicants[0] ?? '';
const place = (actorId = lead()): Parameters<WriteParties['ask']>[1] => ({
  ...{ actorId, receivedAt: now },
  region: 'noord',
  applicant: 'Leraar',
});
const writing = (): WriteParties =>
  new WriteParties(noord.database, noord.round.frozen, {
    messageIds: MESSAGE_IDS,
    linkTo: (token) => (tokens.push(token), token),
  });
const answering = (): AnswerPart => new AnswerPart(noord.database, noord.round.frozen, MESSAGE_IDS);
const PARTY: WrittenParty = {
  ...{
    role: 'partner',
    organisation: 'Kwekerij Van Dam',
    contactName: 'T. van Dam',
    email: 'kas@x.example',
    language: 'nl',
  },
  part: { task: 'Stelt twee kassen beschikbaar.', cashCents: 50_000, hours: 20, inKindCents: null },
  institution: null,
};
const YES = { kind: 'confirm', name: 'T. van Dam', position: 'eigenaar' } as const;

const asked = async (): Promise<{ proposal: string; party: string; token: string }> => {
  const proposal = await noord.draft(call, lead());
  const party = await writing().add(proposal, PARTY, place());
  await writing().ask({ proposalId: proposal, id: party }, place());
  return { proposal, party, token: tokens.at(-1) ?? '' };
};
const partiesAs = async (actor: string, proposal: string): Promise<readonly PartyView[]> =>
  noord.database.unit({ regions: ['noord'], actor, readOnly: true }, (tx) => listParties(tx, proposal));
const stateOf = async (party: string): Promise<unknown> =>
  (await noord.one('select state from party where id = $1', [party]))['state'];

describe('a party', () => {
  it('sees by its link its own part, and of the proposal no more than what it is about', async () => {
    const { token } = await asked();
    expect(Object.keys(await answering().read(token)).sort()).toEqual(
      [
        'account',
        'callName',
        'contactName',
        'id',
        'language',
        'leadOrganisation',
        'organisation',
        'part',
        'region',
        'regionName',
        'revision',
        'role',
        'state',
        'title',
      ].sort(),
    );
  });

  it('confirms once, with name and position, and the lead applicant hears of it', async () => {
    const { proposal, token } = await asked();
    await answering().answer(token, YES);
    await expect(answering().answer(token, YES)).rejects.toMatchObject({ code: 'part-answered-already' });
    expect(await partiesAs(lead(), proposal)).toMatchObject([
      { state: 'confirmed', answeredName: 'T. van Dam', answeredFunction: 'eigenaar' },
    ]);
    expect(
      await noord.one(
        `select view ->> 'isConfirmed' as yes from outbox where template = 'party-answered' order by created_at desc limit 1`,
      ),
    ).toEqual({ yes: 'true' });
  });

  it('says what is not right', async () => {
    const { party, token } = await asked();
    await answering().answer(token, { kind: 'decline', name: 'T. van Dam', reason: 'Geen 500 euro maar 50.' });
    expect(await noord.one('select state, note from party where id = $1', [party])).toEqual({
      state: 'declined',
      note: 'Geen 500 euro maar 50.',
    });
  });

  it('confirmed the very part that was shown: a change afterwards asks anew, a change of the contact does not', async () => {
    const { proposal, party, token } = await asked();
    await answering().answer(token, YES);
    await writing().change({ proposalId: proposal, id: party }, { ...PARTY, contactName: 'A. van Dam' }, place());
    expect(await stateOf(party)).toBe('confirmed');
    await writing().change(
      { proposalId: proposal, id: party },
      { ...PARTY, part: { ...PARTY.part, cashCents: 60_000 } },
      place(),
    );
    expect(await stateOf(party)).toBe('changed');
  });

  it('cannot use a link that was replaced, has run out, or was taken away', async () => {
    const replaced = await asked();
    await writing().ask({ proposalId: replaced.proposal, id: replaced.party }, place());
    const old = await asked();
    await noord.look.query(`update party set expires_at = app_now() where id = $1`, [old.party]);
    const gone = await asked();
    await writing().remove({ proposalId: gone.proposal, id: gone.party }, place());
    for (const token of [replaced.token, old.token, gone.token, 'nothing'])
      await expect(answering().read(token)).rejects.toMatchObject({ code: 'party-link-not-valid' });
  });

  it('is asked at most five times a day', async () => {
    const { proposal, party } = await asked();
    for (let i = 0; i < 4; i++) await writing().ask({ proposalId: proposal, id: party }, place());
    await expect(writing().ask({ proposalId: proposal, id: party }, place())).rejects.toMatchObject({
      code: 'party-asked-too-often',
    });
  });

  it('is written down by the lead applicant alone, and only while the proposal is in that person’s hands', async () => {
    const { proposal, party } = await asked();
    await expect(writing().add(proposal, PARTY, place(noord.people.applicants[1]))).rejects.toMatchObject({
      code: 'not-found',
    });
    await noord.act('proposal', proposal, 'submit', lead());
    await expect(writing().remove({ proposalId: proposal, id: party }, place())).rejects.toMatchObject({
      code: 'proposal-not-in-your-hands',
    });
  });

  it('changes in a completion only where that was asked for; a contact person always', async () => {
    const { proposal, party } = await asked();
    await noord.act('proposal', proposal, 'submit', lead());
    await noord.act('proposal', proposal, 'ask-completion', noord.people.secretary, {
      missing: ['schools', 'payee.iban'],
    });
    const partner = { proposalId: proposal, id: party };
    const refused = { code: 'only-what-was-asked', facts: { questions: ['partners'] } };
    await expect(writing().add(proposal, PARTY, place())).rejects.toMatchObject(refused);
    await expect(writing().remove(partner, place())).rejects.toMatchObject(refused);
    await expect(writing().change(partner, { ...PARTY, role: 'school' }, place())).rejects.toMatchObject(refused);
    await writing().ask(partner, place());
    for (const role of ['school', 'payee', 'co-applicant', 'contact'] as const)
      await writing().add(proposal, { ...PARTY, role }, place());
    expect(await partiesAs(lead(), proposal)).toHaveLength(5);
  });

  it('takes the link away that went to another address', async () => {
    const { proposal, party, token } = await asked();
    await writing().change({ proposalId: proposal, id: party }, { ...PARTY, email: 'goed@x.example' }, place());
    expect(await stateOf(party)).toBe('listed');
    await expect(answering().read(token)).rejects.toMatchObject({ code: 'party-link-not-valid' });
  });

  it('is told of when one submits without its confirmation, and stops nothing', async () => {
    const { proposal, token } = await asked();
    const warned = await noord.round.engine.reader.actionsFor(
      { kind: 'proposal', id: proposal },
      { id: lead(), regions: ['noord'] },
      await noord.database.now(),
    );
    expect(warned.find(({ action }) => action === 'submit')).toMatchObject({
      allowed: true,
      warnings: [{ condition: 'parties-have-confirmed' }],
    });
    await answering().answer(token, YES);
    const calm = await noord.round.engine.reader.actionsFor(
      { kind: 'proposal', id: proposal },
      { id: lead(), regions: ['noord'] },
      await noord.database.now(),
    );
    expect(calm.find(({ action }) => action === 'submit')?.warnings).toEqual([]);
  });

  it('shows its address to the lead applicant and to staff, and to nobody of the committee', async () => {
    const { proposal } = await asked();
    await noord.act('proposal', proposal, 'submit', lead());
    expect(await partiesAs(noord.people.secretary, proposal)).toHaveLength(1);
    expect(await partiesAs(noord.people.members[1] ?? '', proposal)).toEqual([]);
    expect(await partiesAs(noord.people.applicants[1] ?? '', proposal)).toEqual([]);
  });

  it('answers once when two answers race', async () => {
    const { token } = await asked();
    const both = await Promise.allSettled([
      answering().answer(token, YES),
      answering().answer(token, { kind: 'decline', name: 'x', reason: 'y' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
