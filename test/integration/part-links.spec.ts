import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnswerPart, listMandatedParts, WriteParties, type WrittenParty } from '#lib/intake';
import { PageRequest } from '#lib/access';
import { eligibleContent } from '../support/round-people.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let call: string;
let receivedAt: string;
const tokens: string[] = [];
beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 2 });
  call = await noord.openCall();
  receivedAt = await noord.database.now();
});
afterAll(() => noord.close());

const lead = (): string => noord.people.applicants[0] ?? '';
const place = () => ({ actorId: lead(), region: 'noord', applicant: 'Leraar', receivedAt });
const writing = (): WriteParties =>
  new WriteParties(noord.database, noord.round.frozen, {
    messageIds: MESSAGE_IDS,
    linkTo: (token) => (tokens.push(token), token),
  });
const answering = (): AnswerPart => new AnswerPart(noord.database, noord.round.frozen, MESSAGE_IDS);
const PARTY: WrittenParty = {
  ...{ role: 'payee', organisation: 'Bestuur', contactName: 'B.', email: 'wrong@x.example', language: 'nl' },
  part: { task: 'Ontvangt het geld.', cashCents: null, hours: null, inKindCents: null },
  institution: null,
};
const YES = { kind: 'confirm', name: 'B.', position: 'bestuurder' } as const;
const NOT_VALID = { code: 'party-link-not-valid' };
const asked = async (more: Partial<WrittenParty> = {}): Promise<{ proposal: string; party: string; token: string }> => {
  const proposal = await noord.draft(call, lead(), { content: eligibleContent() });
  const party = await writing().add(proposal, { ...PARTY, ...more }, place());
  await writing().ask({ proposalId: proposal, id: party }, place());
  return { proposal, party, token: tokens.at(-1) ?? '' };
};
const partOf = (id: string): Promise<Record<string, unknown>> =>
  noord.one('select state, token_hash as token from party where id = $1', [id]);

describe('the link to a part', () => {
  it('dies when the address it was mailed to is corrected: who has it neither reads the account nor confirms', async () => {
    const { proposal, party, token } = await asked();
    expect(await answering().read(token)).toMatchObject({ account: { iban: 'NL02ABNA0123456789' } });
    await writing().change({ proposalId: proposal, id: party }, { ...PARTY, email: 'right@x.example' }, place());
    await expect(answering().read(token)).rejects.toMatchObject(NOT_VALID);
    await expect(answering().answer(token, YES)).rejects.toMatchObject(NOT_VALID);
    expect(await partOf(party)).toEqual({ state: 'listed', token: null });
    await writing().ask({ proposalId: proposal, id: party }, place());
    await answering().answer(tokens.at(-1) ?? '', YES);
  });

  it('lives on when only the case of the address or the name of the contact changes', async () => {
    const { proposal, party, token } = await asked();
    const same = { ...PARTY, email: 'Wrong@X.example', contactName: 'C.' };
    await writing().change({ proposalId: proposal, id: party }, same, place());
    expect(await answering().read(token)).toMatchObject({ state: 'asked', contactName: 'C.' });
  });

  it('leaves what was confirmed confirmed when the address changes, and opens nothing any more', async () => {
    const { proposal, party, token } = await asked();
    await answering().answer(token, YES);
    await writing().change({ proposalId: proposal, id: party }, { ...PARTY, email: 'right@x.example' }, place());
    expect(await partOf(party)).toEqual({ state: 'confirmed', token: null });
    await expect(answering().read(token)).rejects.toMatchObject(NOT_VALID);
  });

  it.each(['withdraw', 'discard'] as const)('opens nothing after the applicant chose to %s', async (way) => {
    const { proposal, token, party } = await asked({ institution: '90AA' });
    if (way === 'withdraw') await noord.act('proposal', proposal, 'submit', lead());
    await noord.act('proposal', proposal, way, lead());
    await expect(answering().read(token)).rejects.toMatchObject(NOT_VALID);
    await expect(answering().answer(token, YES)).rejects.toMatchObject(NOT_VALID);
    expect(await noord.one('select id from app.parts_asked_of($1) where id = $2', [await holder(), party])).toEqual({});
    await expect(answering().readByMandate(party, await holder())).rejects.toMatchObject({ code: 'not-found' });
    const own = await noord.database.unit({ regions: ['noord'], actor: await holder(), readOnly: true }, (tx) =>
      listMandatedParts(tx, PageRequest.from(undefined, undefined)),
    );
    expect(own.items.map(({ id }) => id)).not.toContain(party);
  });

  it('opens a part of a proposal in hand by a mandate, and stands among what was asked of its address', async () => {
    const { party } = await asked({ institution: '90AA' });
    expect(await answering().readByMandate(party, await holder())).toMatchObject({ id: party });
    expect(await noord.one('select id from app.parts_asked_of($1) where id = $2', [await holder(), party])).toEqual({
      id: party,
    });
  });

  it('is mailed to one address for one proposal at most five times a day, also when the party is written down again', async () => {
    const { proposal, party } = await asked();
    for (let i = 0; i < 4; i++) await writing().ask({ proposalId: proposal, id: party }, place());
    await writing().remove({ proposalId: proposal, id: party }, place());
    const again = await writing().add(proposal, PARTY, place());
    await expect(writing().ask({ proposalId: proposal, id: again }, place())).rejects.toMatchObject({
      code: 'party-asked-too-often',
    });
    const other = await writing().add(proposal, { ...PARTY, email: 'other@x.example' }, place());
    await writing().ask({ proposalId: proposal, id: other }, place());
  });
});

/** Who has the address that parts were mailed to, and a mandate to confirm for its school. */
const holder = async (): Promise<string> => {
  const { look } = noord;
  const { id: known } = await noord.one(`select id from person where email = 'wrong@x.example'`);
  if (typeof known === 'string') return known;
  const made = await noord.one(`insert into person (email, name) values ('wrong@x.example', 'H') returning id`);
  await look.query(`insert into school_import (sha256, file_name, as_of, is_complete, rows, added, changed, ended)
    values (repeat('a', 64), 'x', current_date, false, 1, 1, 0, 0)`);
  await look.query(`insert into school_site (site, name, level, board, province, first_seen, words, import_id)
    select '90AA00', 'De Regenboog', 'PO', '90001', 'Drenthe', current_date, 'regenboog', id from school_import limit 1`);
  await look.query(
    `insert into mandate (region, board, holder, holder_name, kinds, schools, valid_from, given_by, evidence)
      values ('noord', '90001', 'wrong@x.example', 'x', '{confirm}', '{90AA}', current_date - 1, $1, 'x')`,
    [noord.people.coordinator],
  );
  return String(made['id']);
};
