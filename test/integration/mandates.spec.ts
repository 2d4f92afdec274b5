import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOBODY, PageRequest, type Viewer } from '#lib/access';
import { openRound } from '#app/worker';
import { AssignReviewer, OpenSeat } from '#lib/committee';
import { Database } from '#lib/database';
import { checkInvariants, runDueCommands } from '#lib/engine';
import {
  AnswerPart,
  listMandatedParts,
  listOwnProposals,
  PARTY_INVARIANTS,
  readProposal,
  SaveProposal,
  WriteParties,
  type WrittenParty,
} from '#lib/intake';
import { calendarDate } from '#lib/kernel';
import {
  EndMandate,
  GiveMandate,
  importSchools,
  MANDATE_INVARIANTS,
  ReadMandates,
  type GivenMandate,
} from '#lib/people';
import { SaveReview } from '#lib/review';
import { projectFolder } from '#lib/settings';
import { eligibleContent, makePeople, viewerOf } from '../support/round-people.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let call: string;
let zuid: Viewer;
const ALL = PageRequest.from(undefined, 200);

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 4 });
  const bytes = readFileSync(join(projectFolder(), 'config', 'demo', 'schools.csv'));
  const asOf = calendarDate('2026-11-01');
  await importSchools(noord.look, { bytes, name: 'schools.csv', asOf, level: 'PO', isComplete: false });
  call = await noord.openCall();
  const people = await makePeople(noord.look, 'zuid', { members: 1, applicants: 0 });
  zuid = viewerOf(people.coordinator, 'zuid', 'coordinator');
});
afterAll(() => noord.close());

const coordinator = (): Viewer => viewerOf(noord.people.coordinator, 'noord', 'coordinator');
const giving = (): GiveMandate => new GiveMandate(noord.database, { messageIds: MESSAGE_IDS, links: LINKS });
const MANDATE: GivenMandate = {
  ...{ board: '90001', holder: '', holderName: 'B. Bestuurder', language: 'nl', schools: null },
  ...{ kinds: ['apply', 'confirm'], isSignatory: false, validFrom: null, validUntil: null },
  evidence: 'Besluit van het bestuur',
};
let made = 0;
/** A person with an account and no role. */
const somebody = async (): Promise<Viewer> => {
  const email = `bestuur${made++}@scholen.example`;
  const { id } = await noord.one(`insert into person (email, name) values ($1, 'B. Bestuurder') returning id`, [email]);
  return { ...NOBODY, id: String(id), name: email };
};
const give = async (to: Viewer, more: Partial<GivenMandate> = {}, by = coordinator()): Promise<string> =>
  giving().execute(by, { ...MANDATE, holder: to.name, ...more });
const holder = async (more: Partial<GivenMandate> = {}): Promise<Viewer> => {
  const person = await somebody();
  await give(person, more);
  return person;
};

const lead = (): string => noord.people.applicants[0] ?? '';
const place = { region: 'noord', applicant: 'Leraar', receivedAt: '2026-11-25T08:00:00.000000Z' };
const writing = (): WriteParties =>
  new WriteParties(noord.database, noord.round.frozen, { messageIds: MESSAGE_IDS, linkTo: String });
const answering = (): AnswerPart => new AnswerPart(noord.database, noord.round.frozen, MESSAGE_IDS);
const PARTY: WrittenParty = {
  ...{ role: 'school', organisation: 'De Sleutel', contactName: 'D. Directeur', email: 'd@x.example', language: 'nl' },
  part: { task: 'Doet mee met groep 8.', cashCents: null, hours: 20, inKindCents: null },
  institution: '90AB',
};
const asked = async (institution: string): Promise<string> => {
  const proposalId = await noord.draft(call, lead());
  const id = await writing().add(proposalId, { ...PARTY, institution }, { ...place, actorId: lead() });
  await writing().ask({ proposalId, id }, { ...place, actorId: lead() });
  return id;
};
const YES = { kind: 'confirm', name: 'x', position: 'bestuurder' } as const;
const partsOf = async ({ id }: Viewer): Promise<readonly string[]> =>
  noord.database.unit({ regions: ['noord'], actor: id, readOnly: true }, async (tx) =>
    (await listMandatedParts(tx, ALL)).items.map((part) => part.id),
  );
const ownOf = async ({ id }: Viewer): Promise<readonly string[]> =>
  noord.database.unit({ regions: ['noord'], actor: id, readOnly: true }, async (tx) =>
    (await listOwnProposals(tx, ALL)).items.map((one) => one.id),
  );
const sees = async ({ id }: Viewer, proposal: string): Promise<boolean> =>
  noord.database.unit(
    { regions: ['noord'], actor: id, readOnly: true },
    async (tx) => (await readProposal(tx, proposal)) !== null,
  );
/** A draft that comes from a school or board. */
const from = (institution: string): Promise<string> =>
  noord.draft(call, lead(), {
    content: eligibleContent({ lead: { kind: 'ORGANISATION', name: 'Stichting', institution }, schools: [] }),
  });

describe('who gives a mandate', () => {
  it('is staff of the board’s network, who say on what it rests, or who signs for the board', async () => {
    const person = await somebody();
    await expect(give(person, { evidence: null })).rejects.toMatchObject({ code: 'mandate-needs-evidence' });
    for (const by of [zuid, viewerOf(noord.people.secretary, 'noord', 'secretary'), await holder()])
      await expect(give(person, {}, by)).rejects.toMatchObject({ code: 'not-found' });
    await expect(give(person, { board: '99999' })).rejects.toMatchObject({ code: 'not-found' });
    const signatory = await holder({ isSignatory: true });
    await expect(give(person, { isSignatory: true, evidence: null }, signatory)).rejects.toMatchObject({
      code: 'may-not-name-signatory',
    });
    await give(person, { evidence: null }, signatory);
    expect(
      await noord.one(`select count(*)::int as n from outbox where template = 'mandate-given' and to_address = $1`, [
        person.name,
      ]),
    ).toEqual({ n: 1 });
  });

  it('gives it to another, for schools of that board, with the last day after the first', async () => {
    const signatory = await holder({ isSignatory: true });
    await expect(give(signatory, { evidence: null }, signatory)).rejects.toMatchObject({
      code: 'may-not-mandate-yourself',
    });
    const person = await somebody();
    await expect(give(person, { schools: ['90AB', '90AM'] })).rejects.toMatchObject({
      code: 'school-of-another-board',
      facts: { schools: '90AM' },
    });
    const backwards = { validFrom: calendarDate('2027-02-02'), validUntil: calendarDate('2027-02-01') };
    await expect(give(person, backwards)).rejects.toMatchObject({ code: 'mandate-ends-before-it-starts' });
  });

  it('ends it, as its holder can; a stranger learns nothing', async () => {
    const person = await somebody();
    const ids = [await give(person), await give(person)] as const;
    const ending = new EndMandate(noord.database);
    await expect(ending.execute(zuid, ids[0])).rejects.toMatchObject({ code: 'not-found' });
    await expect(ending.execute(await holder(), ids[0])).rejects.toMatchObject({ code: 'not-found' });
    await ending.execute(person, ids[0]);
    await ending.execute(coordinator(), ids[1]);
    await expect(ending.execute(coordinator(), ids[1])).rejects.toMatchObject({ code: 'not-found' });
    const mandates = await new ReadMandates(noord.database).own(person.id ?? '');
    expect(mandates.map(({ holds, board, endedAt }) => [holds, board, endedAt !== null])).toEqual([
      [false, '90001', true],
      [false, '90001', true],
    ]);
    expect(
      await noord.one(
        `select count(*)::int as n from audit_entry where subject_id = any ($1) and act like 'mandate.%'`,
        [ids],
      ),
    ).toEqual({ n: 4 });
  });
});

describe('a mandate to confirm', () => {
  it('answers for each school of the board with one login, without the mailed link, in the name of the account', async () => {
    const person = await holder({ kinds: ['confirm'] });
    const parts = [await asked('90AA'), await asked('90AB')];
    const other = await asked('90AE');
    expect(await partsOf(person)).toEqual(expect.arrayContaining(parts));
    expect(await partsOf(person)).not.toContain(other);
    for (const part of parts) await answering().answerByMandate(person, part, YES);
    await expect(answering().answerByMandate(person, parts[0] ?? '', YES)).rejects.toMatchObject({
      code: 'part-answered-already',
    });
    expect(
      await noord.one('select state, answered_name, answered_function, answered_by from party where id = $1', [
        parts[0],
      ]),
    ).toEqual({
      state: 'confirmed',
      answered_name: person.name,
      answered_function: 'bestuurder',
      answered_by: person.id,
    });
    await expect(answering().answerByMandate(person, other, YES)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('covers the schools it names, and holds from its first day to its last', async () => {
    const part = await asked('90AB');
    const none = [
      await holder({ schools: ['90AA'] }),
      await holder({ kinds: ['apply'] }),
      await holder({ validFrom: calendarDate('2999-01-01') }),
      await holder({ validFrom: calendarDate('2020-01-01'), validUntil: calendarDate('2020-12-31') }),
      await somebody(),
    ];
    for (const person of none) {
      expect(await partsOf(person)).not.toContain(part);
      await expect(answering().readByMandate(part, person.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await partsOf(await holder({ schools: ['90AB'] }))).toContain(part);
  });

  it('is kept when a school goes on in another of the board, and goes over to the board it merges into', async () => {
    const [named, whole, old, next] = [
      await holder({ schools: ['90AA'] }),
      await holder(),
      await asked('90AA'),
      await asked('90AB'),
    ];
    const stranger = await holder({ board: '90002' });
    await noord.look.query(
      `insert into school_merger (old_brin, new_brin, on_date) values ('90AA', '90AB', '2026-08-01')`,
    );
    for (const person of [named, whole]) expect(await partsOf(person)).toEqual(expect.arrayContaining([old, next]));
    await noord.look.query(`update school_merger set new_brin = '90AC' where old_brin = '90AA'`);
    for (const person of [named, whole]) expect(await partsOf(person)).not.toContain(old);
    expect(await partsOf(stranger)).toContain(old);
    await noord.look.query(`delete from school_merger`);
  });

  it('confirms what was read: what the lead applicant changed meanwhile is looked at again', async () => {
    const person = await holder();
    const part = await asked('90AB');
    const { proposal_id: proposalId } = await noord.one('select proposal_id from party where id = $1', [part]);
    const open = answering().readByMandate.bind(answering());
    const before = await open(part, person.id ?? '');
    const changed = { ...PARTY, part: { ...PARTY.part, hours: 400 } };
    await writing().change({ proposalId: String(proposalId), id: part }, changed, { ...place, actorId: lead() });
    const late = answering();
    late.readByMandate = () => Promise.resolve(before);
    await expect(late.answerByMandate(person, part, YES)).rejects.toMatchObject({ code: 'part-was-changed' });
  });
});

describe('a mandate to apply', () => {
  it('acts as lead applicant for the board and its schools: reads, writes, submits', async () => {
    const person = await holder({ kinds: ['apply'] });
    const [board, school, other] = [await from('90001'), await from('90AB'), await from('90002')];
    expect(await ownOf(person)).toEqual(expect.arrayContaining([board, school]));
    expect([await sees(person, other), await sees(person, board)]).toEqual([false, true]);
    const written = {
      title: 'Van het bestuur',
      content: eligibleContent({ lead: { kind: 'ORGANISATION', institution: '90001' } }),
    };
    const request = { actorId: person.id ?? '', region: 'noord', receivedAt: await noord.database.now() };
    await new SaveProposal(noord.database, noord.round.frozen).execute(board, written, 1, request);
    await noord.act('proposal', board, 'submit', person.id ?? '');
    expect(await noord.one('select phase, submitted_by from proposal where id = $1', [board])).toEqual({
      phase: 'submitted',
      submitted_by: person.id,
    });
    await expect(noord.act('proposal', other, 'submit', person.id ?? '')).rejects.toMatchObject({
      code: 'action-unknown',
    });
  });

  it('for named schools is not one for the board itself', async () => {
    const person = await holder({ schools: ['90AB'] });
    const [board, school] = [await from('90001'), await from('90AB')];
    expect([await sees(person, board), await sees(person, school)]).toEqual([false, true]);
  });

  it('makes no contact of a confirming school into an applicant', async () => {
    const person = await holder({ kinds: ['confirm'] });
    expect(await sees(person, await from('90AB'))).toBe(false);
  });

  it('ends with the mandate', async () => {
    const person = await somebody();
    const id = await give(person);
    const proposal = await from('90AB');
    expect(await sees(person, proposal)).toBe(true);
    await new EndMandate(noord.database).execute(coordinator(), id);
    expect(await sees(person, proposal)).toBe(false);
  });
});

describe('who has a mandate of a school that takes part', () => {
  it('stands on the applicant’s side: no staff role, no seat and no review towards that proposal', async () => {
    const { secretary, members } = noord.people;
    const [, member = ''] = members;
    const mails = await noord.look.query<{ id: string; email: string }>(
      'select id, email::text from person where id = any ($1)',
      [[secretary, member]],
    );
    const proposal = await noord.draft(call, lead());
    await noord.act('proposal', proposal, 'submit', lead());
    const staff = viewerOf(secretary, 'noord', 'secretary');
    expect(await sees(staff, proposal)).toBe(true);
    const seats = new OpenSeat(noord.database);
    await seats.execute(staff, { region: 'noord', callId: call }, { personId: member, kind: 'field', isChair: false });
    const ids: string[] = [];
    for (const { email } of mails.rows) ids.push(await give({ ...NOBODY, name: email }, { kinds: ['confirm'] }));
    expect([await sees(staff, proposal), await sees({ ...NOBODY, id: member }, proposal)]).toEqual([false, false]);
    await expect(noord.act('proposal', proposal, 'admit', secretary)).rejects.toMatchObject({ code: 'action-unknown' });
    const ending = new EndMandate(noord.database);
    const [ofSecretary = '', ofMember = ''] = mails.rows[0]?.id === secretary ? ids : [...ids].reverse();
    await ending.execute(coordinator(), ofSecretary);
    await noord.act('proposal', proposal, 'admit', secretary);
    const { engine, frozen, messageIds } = noord.round;
    const assigning = new AssignReviewer(noord.database, engine, frozen, messageIds);
    const at = { region: 'noord', receivedAt: await noord.database.now() };
    const review = { proposalId: proposal, reviewerId: member };
    await expect(assigning.execute(staff, review, at)).rejects.toMatchObject({ code: 'reviewer-has-interest' });
    await ending.execute(coordinator(), ofMember);
    await assigning.execute(staff, review, at);
  });
});

describe('a member who gets a mandate of a school that takes part while the committee is at work', () => {
  it('loses the review, also one that was handed in, and does not count for the quorum', async () => {
    const { secretary, members } = noord.people;
    const busy = await noord.openCall('2027-9');
    await noord.seatAll(busy);
    const proposal = await noord.draft(busy, lead());
    await noord.act('proposal', proposal, 'submit', lead());
    await noord.act('proposal', proposal, 'admit', secretary);
    const [writing = '', done = ''] = [members[2], members[3]];
    const reviews = [await noord.assign(proposal, writing), await noord.assign(proposal, done)];
    const [open = '', submitted = ''] = reviews;
    await noord.act('proposal', proposal, 'start-review', secretary);
    await noord.act('review', open, 'accept', writing);
    await noord.review(submitted, done, 4);
    const free = (): Promise<unknown> =>
      noord.database.unit({ regions: ['noord'], actor: secretary, readOnly: true }, (tx) =>
        tx.query('select app.unconflicted_members(p)::int as n from proposal p where id = $1', [proposal]),
      );
    const before = await free();
    const place = { region: 'noord', actorId: writing };
    await new SaveReview(noord.database).execute(open, [], 1, place);

    for (const id of [writing, done]) {
      const { email } = (await noord.one('select email::text from person where id = $1', [id])) as { email: string };
      await give({ ...NOBODY, name: email }, { kinds: ['confirm'] });
    }
    expect([before, await free()]).toEqual([[{ n: 6 }], [{ n: 4 }]]);
    await expect(new SaveReview(noord.database).execute(open, [], 2, place)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(noord.act('review', open, 'decline', writing, { reason: 'x' })).rejects.toMatchObject({
      code: 'action-unknown',
    });
    const workers = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
    const { engine } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined });
    await runDueCommands({ engine, database: workers, worker: 'w', leaseSeconds: 30 });
    await workers.close();
    expect((await noord.look.query('select state from review where id = any ($1)', [reviews])).rows).toEqual([
      { state: 'Released' },
      { state: 'Released' },
    ]);
  });
});

it('mandates and parts keep their invariants, each of which can be broken', async () => {
  const all = [...MANDATE_INVARIANTS, ...PARTY_INVARIANTS];
  expect(await checkInvariants(noord.look, all)).toEqual([]);
  await noord.look.query('begin');
  await noord.look.query(`
    insert into mandate (region, board, holder, holder_name, kinds, valid_from, given_by)
      select 'noord', '99998', email, 'x', '{confirm}', current_date, id from person limit 1;
    update party set answered_by = (select id from person where email like 'secretary.zuid%') where answered_by is not null;
    update party set role = 'payee', account = '{"iban": "x"}' where id = (select id from party where state = 'confirmed' limit 1)`);
  const broken = await checkInvariants(noord.look, all);
  await noord.look.query('rollback');
  expect(broken.map(({ code }) => code).sort()).toEqual(all.map(({ code }) => code).sort());
});
