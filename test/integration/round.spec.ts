import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeclareInterest } from '#lib/committee';
import { Database } from '#lib/database';
import { newestRanking, readDecision, ROUND_INVARIANTS } from '#lib/decision';
import { checkInvariants, ENGINE_INVARIANTS, expireDueTerms, remindOfDueTerms, runDueCommands } from '#lib/engine';
import { readProposal, SaveProposal } from '#lib/intake';
import { openTransport, sendDueMail, Mailbox, Templates } from '#lib/notices';
import { openRound } from '#app/worker';
import { budgetOf, eligibleContent, viewerOf } from '../support/round-people.js';
import { MESSAGE_IDS, REASONS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let workers: Database;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 12 });
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 4 });
});
afterAll(async () => {
  await workers.close();
  await noord.close();
});

const work = (): Parameters<typeof expireDueTerms>[0] => ({
  engine: openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined }).engine,
  database: workers,
  worker: 'test',
});
const stateOf = async (kind: string, id: string): Promise<unknown> =>
  (await noord.one(`select state from ${kind} where id = $1`, [id]))['state'];
const asPerson = <T>(id: string, read: Parameters<Database['unit']>[1]): Promise<T> =>
  noord.database.unit({ regions: ['noord'], actor: id, readOnly: true }, read) as Promise<T>;

describe('a call', () => {
  it('is prepared by one person and published by another', async () => {
    const { engine, frozen } = noord.round;
    const { CreateCall } = await import('#lib/regulation');
    const receivedAt = await noord.database.now();
    const id = await new CreateCall(noord.database, engine, frozen).execute(
      {
        ...{ region: 'noord', programme: 'innovatie-wt', number: '2027-0', name: { nl: 'Proef', en: 'Trial' } },
        ...{ opensAt: '2030-01-01T00:00:00Z', closesAt: '2030-02-01T00:00:00Z', graceMinutes: 0 },
      },
      { actorId: noord.people.decider, receivedAt },
    );
    await expect(noord.act('call', id, 'publish', noord.people.decider)).rejects.toMatchObject({
      code: 'move-refused',
    });
  });

  it('lists its conditions in the order in which they were frozen, whichever process reads them', async () => {
    const call = await noord.openCall('2027-order');
    const { hash } = await noord.one('select rules_hash as hash from call where id = $1', [call]);
    const { frozen: elsewhere } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined });
    const [here, there] = [await noord.round.frozen.rules(String(hash)), await elsewhere.rules(String(hash))];
    const names = Object.keys(there.conditions);
    expect(names).toEqual(Object.keys(here.conditions));
    expect([names.slice(0, 2), names.at(-1)]).toEqual([['two-schools', 'another-partner'], 'partner-or-curriculum']);
  });

  it('freezes its rules, and its ledger holds the ceiling of the region', async () => {
    const id = await noord.openCall('2027-9');
    const { rules_hash: hash } = await noord.one('select rules_hash from call where id = $1', [id]);
    expect(await noord.one('select kind from frozen_pack where hash = $1', [hash])).toEqual({ kind: 'rules' });
    expect(await noord.one('select total_cents::int as cents from ceiling where call_id = $1', [id])).toEqual({
      cents: 3_000_000,
    });
  });

  it('cannot be made where this version has no workflow for the way of distribution', async () => {
    await noord.one(`update programme set content = content #- '{workflows,proposal-arrival}'`);
    const { engine, frozen } = noord.round;
    const { CreateCall } = await import('#lib/regulation');
    const creating = new CreateCall(noord.database, engine, frozen).execute(
      {
        ...{ region: 'oost', programme: 'innovatie-wt', number: '1', name: { nl: 'Oost', en: 'East' } },
        ...{ opensAt: '2030-01-01T00:00:00Z', closesAt: '2030-02-01T00:00:00Z', graceMinutes: 0 },
      },
      { actorId: noord.people.coordinator, receivedAt: await noord.database.now() },
    );
    await expect(creating).rejects.toMatchObject({
      code: 'distribution-not-supported',
      facts: { way: 'order-of-arrival' },
    });
  });
});

describe('a proposal', () => {
  let call: string;
  beforeAll(async () => {
    call = await noord.openCall('2027-2');
    await noord.seatAll(call);
  });

  it('is taken in although it is incomplete and not eligible, with a warning and a receipt; admission refuses it with reasons', async () => {
    const [applicant = ''] = noord.people.applicants;
    const id = await noord.draft(call, applicant, { content: { lead: { kind: 'ORGANISATION', name: 'School' } } });
    const answer = await noord.act('proposal', id, 'submit', applicant);
    expect(answer.warnings.map(({ condition }) => condition)).toEqual(['form-is-complete', 'eligible']);
    expect(
      await noord.one('select in_time, content_hash <> $2 as hashed from receipt where proposal_id = $1', [id, '']),
    ).toEqual({
      ...{ in_time: true, hashed: true },
    });
    const refused = noord.act('proposal', id, 'admit', noord.people.secretary);
    await expect(refused).rejects.toMatchObject({ code: 'move-refused' });
  });

  it('is completed when asked, and its decision term stands still meanwhile', async () => {
    const [, applicant = ''] = noord.people.applicants;
    const id = await noord.draft(call, applicant, { content: eligibleContent({ payee: {} }) });
    await noord.act('proposal', id, 'submit', applicant);
    await noord.act('proposal', id, 'ask-completion', noord.people.secretary, {
      missing: ['payee.name', 'payee.iban'],
    });
    expect(await noord.one(`select state from term where subject_id = $1 and name = 'decision'`, [id])).toEqual({
      state: 'suspended',
    });
    const saving = new SaveProposal(noord.database, noord.round.frozen);
    const request = { actorId: applicant, region: 'noord', receivedAt: await noord.database.now() };
    const title = 'Schoon water uit eigen hand';
    await expect(
      saving.execute(id, { title: 'Nu wel', content: eligibleContent({ budget: budgetOf(300_000) }) }, 1, request),
    ).rejects.toMatchObject({
      code: 'only-what-was-asked',
      facts: { questions: expect.arrayContaining(['title', 'budget.requestedCents', 'budget.totalCents']) },
    });
    await saving.execute(id, { title, content: eligibleContent() }, 1, request);
    await noord.act('proposal', id, 'complete', applicant);
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    expect(await stateOf('proposal', id)).toBe('Admitted');
    await expect(saving.execute(id, { title: 'Te laat', content: {} }, 2, request)).rejects.toMatchObject({
      code: 'proposal-not-in-your-hands',
    });
    expect(await noord.one('select count(*)::int as n from receipt where proposal_id = $1', [id])).toEqual({ n: 2 });
  });

  it('that nobody submits expires a minute after the call is closed early, and counts its term from that day', async () => {
    const early = await noord.openCall('2027-3');
    const [, , applicant = ''] = noord.people.applicants;
    const kept = await noord.draft(early, applicant);
    const sent = await noord.draft(early, applicant);
    await noord.act('proposal', sent, 'submit', applicant);
    await noord.look.query(`update call set opens_at = app_now() - interval '9 days' where id = $1`, [early]);
    await noord.act('call', early, 'close-early', noord.people.decider, { reason: 'Er is genoeg ingediend.' });
    await noord.look.query(`update call set closed_at = app_now() - interval '2 minutes' where id = $1`, [early]);
    await noord.look.query(`update term set due_at = app_now() where subject_id = $1 and name = 'draft'`, [kept]);
    while ((await expireDueTerms(work())) > 0);
    expect([await stateOf('proposal', kept), await stateOf('proposal', sent)]).toEqual(['Expired', 'Submitted']);
    const { day } = await noord.one(
      `select started_on = (app_now() at time zone 'Europe/Amsterdam')::date as day from term where subject_id = $1 and name = 'decision'`,
      [sent],
    );
    expect(day).toBe(true);
    const late = await noord.draft(early, applicant);
    const answer = await noord.act('proposal', late, 'submit', applicant);
    expect(answer.warnings.map(({ condition }) => condition)).toEqual(['received-in-time']);
    expect(await noord.one('select in_time from receipt where proposal_id = $1', [late])).toEqual({ in_time: false });
  });

  it('tells its applicant no state and no outcome before the announcement', async () => {
    const [, , , applicant = ''] = noord.people.applicants;
    const id = await noord.scored(call, applicant);
    await noord.prepared(id);
    await noord.act('proposal', id, 'grant', noord.people.decider);
    const view = await asPerson<Record<string, unknown>>(applicant, (tx) => readProposal(tx, id));
    expect(view).toMatchObject({ state: null, outcome: null, amountCents: null, total: null });
    expect(await asPerson(applicant, (tx) => readDecision(tx, id))).toBeNull();
    expect(await asPerson(noord.people.secretary, (tx) => readDecision(tx, id))).toMatchObject({ outcome: 'granted' });
  });
});

describe('the committee', () => {
  let call: string;
  beforeAll(async () => {
    call = await noord.openCall('2027-4');
    await noord.seatAll(call);
  });

  it('has no reviewer with an interest, whichever comes first', async () => {
    const [applicant = ''] = noord.people.applicants;
    const { secretary, members } = noord.people;
    const [, first = '', second = ''] = members;
    const id = await noord.draft(call, applicant);
    await noord.act('proposal', id, 'submit', applicant);
    await noord.act('proposal', id, 'admit', secretary);
    const declaring = new DeclareInterest(noord.database, noord.round.engine);
    const place = { region: 'noord', receivedAt: await noord.database.now() };
    await declaring.execute(
      viewerOf(first, 'noord', 'member'),
      { proposalId: id, personId: first, reason: 'Mijn school' },
      place,
    );
    await expect(noord.assign(id, first)).rejects.toMatchObject({ code: 'reviewer-has-interest' });
    const review = await noord.assign(id, second);
    await noord.act('proposal', id, 'start-review', secretary);
    await declaring.execute(
      viewerOf(second, 'noord', 'member'),
      { proposalId: id, personId: second, reason: 'Mijn broer' },
      place,
    );
    expect(await stateOf('review', review)).toBe('Recused');
    expect(await asPerson(second, (tx) => readProposal(tx, id))).toBeNull();
    expect(await noord.one('select count(*)::int as n from interest where proposal_id = $1', [id])).toEqual({ n: 2 });
  });

  it('sees an interest raced with an assignment end in one of the two, never in both', async () => {
    const [applicant = ''] = noord.people.applicants;
    const [, , , member = ''] = noord.people.members;
    const declaring = new DeclareInterest(noord.database, noord.round.engine);
    for (let i = 0; i < 20; i++) {
      const id = await noord.draft(call, applicant);
      await noord.act('proposal', id, 'submit', applicant);
      await noord.act('proposal', id, 'admit', noord.people.secretary);
      const place = { region: 'noord', receivedAt: await noord.database.now() };
      const interest = { proposalId: id, personId: member, reason: 'Familie' };
      const race = [noord.assign(id, member), declaring.execute(viewerOf(member, 'noord', 'member'), interest, place)];
      await Promise.allSettled(i % 2 === 0 ? race : race.reverse());
      const open = await noord.one(
        `select count(*)::int as n from review where proposal_id = $1 and phase <> 'ended'`,
        [id],
      );
      const declared = await noord.one('select count(*)::int as n from interest where proposal_id = $1', [id]);
      expect([open['n'], declared['n']]).toEqual([0, 1]);
    }
  });

  it('releases who had not handed in when the review is closed', async () => {
    const [applicant = ''] = noord.people.applicants;
    const { members, secretary } = noord.people;
    const id = await noord.draft(call, applicant);
    await noord.act('proposal', id, 'submit', applicant);
    await noord.act('proposal', id, 'admit', secretary);
    const reviews: string[] = [];
    for (const member of members.slice(1, 5)) reviews.push(await noord.assign(id, member));
    await noord.act('proposal', id, 'start-review', secretary);
    for (const [i, member] of members.slice(1, 4).entries()) await noord.review(reviews[i] ?? '', member, 4);
    await noord.act('proposal', id, 'close-review', secretary);
    while ((await runDueCommands(work())) > 0);
    expect(await stateOf('review', reviews[3] ?? '')).toBe('Released');
    expect(await noord.one('select total_exact, reviews_counted from proposal where id = $1', [id])).toEqual({
      ...{ total_exact: '4/1', reviews_counted: 3 },
    });
  });
});

describe('deciding', () => {
  let call: string;
  beforeAll(async () => {
    call = await noord.openCall('2027-5');
    await noord.seatAll(call);
  });

  it('needs another person than who prepared it, and tells what is wrong with a draft', async () => {
    const [applicant = ''] = noord.people.applicants;
    const { members, secretary, decider } = noord.people;
    const id = await noord.scored(call, applicant);
    const chair = members[0] ?? '';
    const advise = (payload: Record<string, unknown>): Promise<unknown> =>
      noord.act('proposal', id, 'advise', chair, payload);
    await expect(advise({ outcome: 'misschien', reasonsPerCriterion: REASONS })).rejects.toMatchObject({
      code: 'payload-is-wrong',
    });
    await expect(advise({ outcome: 'grant', reasonsPerCriterion: { sharing: 'Goed' } })).rejects.toMatchObject({
      faults: [
        { field: 'reasonsPerCriterion/school-programme', fault: 'missing' },
        { field: 'reasonsPerCriterion/cooperation', fault: 'missing' },
        { field: 'reasonsPerCriterion/renewal', fault: 'missing' },
      ],
    });
    await expect(
      advise({ outcome: 'grant', amountCents: 500_000, reasonsPerCriterion: REASONS }),
    ).rejects.toMatchObject({
      faults: [{ field: 'amountCents', fault: 'too-high' }],
    });
    await expect(
      advise({ outcome: 'grant', amountCents: 350_000, reasonsPerCriterion: REASONS }),
    ).rejects.toMatchObject({ code: 'partial-award-not-allowed' });
    await advise({ outcome: 'grant', reasonsPerCriterion: REASONS });
    await noord.look.query(`insert into role_assignment (region, person_id, role) values ('noord', $1, 'decider')`, [
      secretary,
    ]);
    await noord.act('proposal', id, 'prepare-decision', secretary, { outcome: 'grant', reasons: 'Goed plan.' });
    await expect(noord.act('proposal', id, 'grant', secretary)).rejects.toMatchObject({ code: 'move-refused' });
    await noord.look.query(
      `update role_assignment set valid_until = app_now() where person_id = $1 and role = 'decider'`,
      [secretary],
    );
    await noord.act('proposal', id, 'grant', decider);
    expect(await noord.one('select amount_cents::int as cents from decision where proposal_id = $1', [id])).toEqual({
      cents: 400_000,
    });
  });

  it('never awards more than the ceiling, though two awards take the last money at once', async () => {
    const { decider, applicants } = noord.people;
    await noord.look.query('update ceiling set total_cents = awarded_cents + 500000 where call_id = $1', [call]);
    const ids: string[] = [];
    for (const applicant of applicants.slice(1, 3)) {
      const id = await noord.scored(call, applicant);
      await noord.prepared(id);
      ids.push(id);
    }
    const results = await Promise.allSettled(ids.map((id) => noord.act('proposal', id, 'grant', decider)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = ids[results.findIndex(({ status }) => status === 'rejected')] ?? '';
    await noord.act('proposal', lost, 'prepare-decision', noord.people.secretary, {
      ...{ outcome: 'refuse', ground: 'ceiling', reasons: 'Het budget is op.', deviationReason: 'Geen budget meer.' },
    });
    await noord.act('proposal', lost, 'refuse', decider);
    expect(await stateOf('proposal', lost)).toBe('Refused');
  });

  it('is undone before the announcement: the money returns and the held letter is cancelled', async () => {
    const { decider } = noord.people;
    const before = await noord.one('select awarded_cents from ceiling where call_id = $1', [call]);
    const granted = await noord.one(
      `select id, amount_cents from proposal where call_id = $1 and outcome = 'granted' limit 1`,
      [call],
    );
    await noord.act('proposal', granted['id'] as string, 'undo', decider, { reason: 'Verkeerd bedrag.' });
    const after = await noord.one('select awarded_cents from ceiling where call_id = $1', [call]);
    expect(Number(before['awarded_cents']) - Number(after['awarded_cents'])).toBe(Number(granted['amount_cents']));
    const letter = `select status from outbox where template = 'decision-letter' and event_id = (select transition_id from decision where proposal_id = $1)`;
    expect(await noord.one(letter, [granted['id']])).toEqual({ status: 'cancelled' });
    await noord.act('proposal', granted['id'] as string, 'prepare-decision', noord.people.secretary, {
      outcome: 'grant',
      reasons: 'Nu goed.',
    });
    await noord.act('proposal', granted['id'] as string, 'grant', decider);
  });
});

describe('an announcement', () => {
  it('makes every decision visible in one move and sends each letter once', async () => {
    const { applicants, decider } = noord.people;
    const call = await noord.openCall('2027-6');
    await noord.seatAll(call);
    const ids: string[] = [];
    for (const [i, applicant] of applicants.entries()) {
      const id = await noord.scored(call, applicant, 2 + (i % 4), eligibleContent({ budget: budgetOf(200_000) }));
      await noord.prepared(id, i % 4 === 0 ? { outcome: 'refuse', ground: 'threshold' } : { outcome: 'grant' });
      await noord.act('proposal', id, i % 4 === 0 ? 'refuse' : 'grant', decider);
      ids.push(id);
    }
    await noord.act('call', call, 'close-early', decider, { reason: 'Alles is binnen.' });
    await expect(noord.act('call', call, 'announce', decider)).rejects.toMatchObject({ code: 'move-refused' });
    await noord.rank(call);
    const ranking = await asPerson<{ entries: { position: number; meetsThreshold: boolean; total: string }[] }>(
      noord.people.secretary,
      (tx) => newestRanking(tx, call),
    );
    expect(ranking.entries.map(({ total }) => total)).toEqual(
      [...Array<string[]>(4)].flatMap((_, i) => Array<string>(3).fill(`${5 - i}.0000`)),
    );
    expect(ranking.entries.map(({ position }) => position)).toEqual([2, 2, 2, 5, 5, 5, 8, 8, 8, 11, 11, 11]);
    expect(ranking.entries.filter(({ meetsThreshold }) => meetsThreshold)).toHaveLength(6);
    const held = `select status, count(*)::int as n from outbox where template = 'decision-letter' and hold_id = $1 group by 1`;
    expect((await noord.look.query(held, [call])).rows).toEqual([{ status: 'held', n: 12 }]);
    await noord.act('call', call, 'announce', decider);
    expect((await noord.look.query(held, [call])).rows).toEqual([{ status: 'new', n: 12 }]);
    expect(
      await noord.one('select count(*)::int as n from transition where subject_id = $1 and action = $2', [
        call,
        'announce',
      ]),
    ).toEqual({ n: 1 });
    const view = await asPerson(applicants[1] ?? '', (tx) => readDecision(tx, ids[1] ?? ''));
    expect(view).toMatchObject({
      outcome: 'granted',
      amountCents: 200_000,
      regime: 'REGLEMENT',
      objectionLastDay: expect.any(String),
    });
    await expect(noord.act('proposal', ids[1] ?? '', 'undo', decider, { reason: 'x' })).rejects.toMatchObject({
      code: 'move-refused',
    });
    await noord.look.query(
      `update outbox set status = 'cancelled', secret = null where status = 'new' and hold_id is distinct from $1`,
      [call],
    );
    const mailbox = await Mailbox.open();
    const transport = openTransport(mailbox.smtpUrl);
    const mail = {
      database: workers,
      transport,
      templates: Templates.load(),
      from: 'loket@regioloket.example',
      worker: 'test',
    };
    while ((await sendDueMail(mail)) > 0);
    const letters = mailbox.list();
    expect([letters.length, new Set(letters.map(({ to }) => to)).size]).toEqual([12, 12]);
    expect(letters.filter(({ text }) => text.includes('€ 2.000,00'))).toHaveLength(9);
    expect(letters.every(({ text }) => text.includes('herzieningsverzoek') && !text.includes('undefined'))).toBe(true);
    transport.close();
    await mailbox.close();
  });
});

describe('reminders', () => {
  it('go to whoever must act, once, before the term ends', async () => {
    const call = await noord.openCall('2027-7');
    await noord.seatAll(call);
    const [applicant = ''] = noord.people.applicants;
    const [, member = ''] = noord.people.members;
    const id = await noord.draft(call, applicant);
    await noord.act('proposal', id, 'submit', applicant);
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    const review = await noord.assign(id, member);
    await noord.look.query(
      `update term_reminder set due_at = app_now() where term_id = (select id from term where subject_id = $1) and code = '-P5WD'`,
      [review],
    );
    while ((await remindOfDueTerms(work())) > 0);
    const mails = await noord.look.query(`select recipient_key from outbox where template = 'term-reminder'`);
    expect(mails.rows).toEqual([{ recipient_key: member }]);
  });
});

it('leaves every invariant whole', async () => {
  expect(await checkInvariants(noord.look, [...ENGINE_INVARIANTS, ...ROUND_INVARIANTS])).toEqual([]);
});
