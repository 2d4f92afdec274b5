import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#lib/database';
import { readDecision, RegisterObjection, ROUND_INVARIANTS, type DecisionView } from '#lib/decision';
import { checkInvariants, ENGINE_INVARIANTS, expireDueTerms } from '#lib/engine';
import { ProposalNotInYourHands, readProposal, SaveProposal, type ProposalView } from '#lib/intake';
import { openRound } from '#app/worker';
import { budgetOf, eligibleContent } from '../support/round-people.js';
import { mailsAbout, regulate } from '../support/variant-region.js';
import { prove } from '../support/proofs.js';
import { MESSAGE_IDS, REASONS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let workers: Database;
let calls = 0;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 8 });
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 4 });
});
afterAll(async () => {
  await workers.close();
  await noord.close();
});

const applicant = (n: number): string => noord.people.applicants[n] ?? '';
const openCall = async (): Promise<string> => {
  const call = await noord.openCall(`c-${(calls += 1)}`);
  await noord.seatAll(call);
  return call;
};
const submitted = async (call: string, by: string, content = eligibleContent({ payee: {} })): Promise<string> => {
  const id = await noord.draft(call, by, { content });
  await noord.act('proposal', id, 'submit', by);
  return id;
};
const stateOf = async (id: string): Promise<unknown> =>
  (await noord.one('select state from proposal where id = $1', [id]))['state'];
const readAs = <T>(id: string, read: Parameters<Database['unit']>[1]): Promise<T> =>
  noord.database.unit({ regions: ['noord'], actor: id, readOnly: true }, read) as Promise<T>;
const decisionFor = (person: string, id: string): Promise<DecisionView | null> =>
  readAs(person, (tx) => readDecision(tx, id));
/** As if the term began so many days earlier and is over now; the worker comes later still. */
const letPass = async (id: string, name: string): Promise<void> => {
  await noord.look.query(
    `update term set started_on = started_on - 30, last_day = last_day - 30, due_at = due_at - interval '30 days'
     where subject_id = $1 and name = $2 and state = 'running'`,
    [id, name],
  );
  await noord.look.query(
    `update term_suspension s set from_day = from_day - 30 from term t where t.id = s.term_id and t.subject_id = $1 and s.until_day is null`,
    [id],
  );
  const { engine } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined });
  while ((await expireDueTerms({ engine, database: workers, worker: 'test' })) > 0);
};

describe('a completion', () => {
  it('names its questions in the mail with the last day, in the language of who reads it', async () => {
    const call = await openCall();
    await noord.look.query(`update person set language = 'en' where id = $1`, [applicant(0)]);
    const id = await submitted(call, applicant(0));
    const payload = { missing: ['payee.iban', 'answers.goal'], note: 'The account on the form is incomplete.' };
    await noord.act('proposal', id, 'ask-completion', noord.people.secretary, payload);
    const [mail] = await mailsAbout(noord, id, 'completion-request');
    const { day } = await noord.one(
      `select to_char(last_day, 'FMDD FMMonth YYYY') as day from term where subject_id = $1 and name = 'completion'`,
      [id],
    );
    expect(mail?.subject).toContain(day);
    expect(mail?.text).toContain('- To which account can the money be paid?\n');
    expect(mail?.text).toMatch(/- What do they learn from it\? \(only until the call closes: .+\)/);
    expect(mail?.text).toContain(payload.note);
    await noord.look.query(`update person set language = 'nl' where id = $1`, [applicant(0)]);
  });

  it('asks for questions that the form knows, and for at least one', async () => {
    const id = await submitted(await openCall(), applicant(1));
    const ask = (missing: readonly string[]): Promise<unknown> =>
      noord.act('proposal', id, 'ask-completion', noord.people.secretary, { missing });
    await expect(ask(['payee.swift'])).rejects.toMatchObject({
      code: 'question-unknown',
      facts: { questions: ['payee.swift'] },
    });
    await expect(ask([])).rejects.toMatchObject({ code: 'payload-is-wrong' });
  });

  it('lets also be answered what only the new answers lead to', async () => {
    const id = await submitted(await openCall(), applicant(1), eligibleContent({ partners: [] }));
    await noord.act('proposal', id, 'ask-completion', noord.people.secretary, { missing: ['partners'] });
    const partners = [{ kind: 'COMPANY', name: 'Technisch Bedrijf', kvk: '90000001', benefitCents: 100 }];
    const content = eligibleContent({ partners });
    const request = { actorId: applicant(1), region: 'noord', receivedAt: await noord.database.now() };
    const saving = new SaveProposal(noord.database, noord.round.frozen);
    await saving.execute(id, { title: 'Schoon water uit eigen hand', content }, 1, request);
    // a company that gains declares what it got, by a file
    expect(await noord.one('select complete from proposal where id = $1', [id])).toEqual({ complete: false });
    await prove(noord, id, applicant(1));
    expect(await noord.one('select complete from proposal where id = $1', [id])).toEqual({ complete: true });
  });

  it('asked before the closing takes no new substance after it', async () => {
    const call = await openCall();
    const id = await submitted(call, applicant(1), eligibleContent({ payee: {}, answers: {} }));
    const missing = ['answers.goal', 'payee.name', 'payee.iban'];
    await noord.act('proposal', id, 'ask-completion', noord.people.secretary, { missing });
    await noord.act('call', call, 'close-early', noord.people.decider, { reason: 'Alles is binnen.' });
    const request = { actorId: applicant(1), region: 'noord', receivedAt: await noord.database.now() };
    const saving = new SaveProposal(noord.database, noord.round.frozen);
    const title = 'Schoon water uit eigen hand';
    const answers = { goal: 'Leerlingen leren meten, ontwerpen en uitleggen wat zij zien.' };
    await expect(
      saving.execute(id, { title, content: eligibleContent({ answers }) }, 1, request),
    ).rejects.toMatchObject({ code: 'only-what-was-asked', facts: { questions: ['answers.goal'] } });
    await saving.execute(id, { title, content: eligibleContent({ answers: {} }) }, 1, request);
  });

  it('stops the term of the decision from the day after the request until the day it comes (Awb 4:15)', async () => {
    const id = await submitted(await openCall(), applicant(2));
    await noord.act('proposal', id, 'ask-completion', noord.people.secretary, { missing: ['payee.iban'] });
    const suspended = `select s.from_day - (app_now() at time zone 'Europe/Amsterdam')::date as days, t.state
      from term t join term_suspension s on s.term_id = t.id where t.subject_id = $1 and t.name = 'decision'`;
    expect(await noord.one(suspended, [id])).toEqual({ days: 1, state: 'suspended' });
    await noord.act('proposal', id, 'complete', applicant(2));
    expect((await noord.one(suspended, [id]))['state']).toBe('running');
  });
});

describe('a completion that does not come', () => {
  let id: string;
  const reasons = 'Zonder rekening en naam kunnen wij niet beoordelen wie de subsidie krijgt.';
  beforeAll(async () => {
    id = await submitted(await openCall(), applicant(3));
    await noord.act('proposal', id, 'ask-completion', noord.people.secretary, { missing: ['payee.iban'] });
    await letPass(id, 'completion');
  });

  it('is no decision of the clock: the case waits for people, and its applicant is not told an outcome', async () => {
    expect(await noord.one('select state, outcome, phase from proposal where id = $1', [id])).toEqual({
      ...{ state: 'NotCompleted', outcome: null, phase: 'screening' },
    });
  });

  it('stops the term of the decision until the last day of the term that passed, however late the worker comes', async () => {
    const { same } = await noord.one(
      `select s.until_day = c.last_day as same from term t join term_suspension s on s.term_id = t.id
         join term c on c.subject_id = t.subject_id and c.name = 'completion' where t.subject_id = $1 and t.name = 'decision'`,
      [id],
    );
    expect(same).toBe(true);
  });

  it('gives the decider four weeks from that day (Awb 4:5 lid 4)', async () => {
    const { same } = await noord.one(
      `select n.started_on = c.last_day and n.period = 'P4W' as same from term n join term c on c.subject_id = n.subject_id and c.name = 'completion'
       where n.subject_id = $1 and n.name = 'not-processing'`,
      [id],
    );
    expect(same).toBe(true);
  });

  it('is left unprocessed by another person than who proposed it, with reasons, a letter at once and a term to object', async () => {
    const { secretary, decider } = noord.people;
    await noord.act('proposal', id, 'propose-not-processing', secretary, { reasons });
    await expect(noord.act('proposal', id, 'not-process', secretary)).rejects.toMatchObject({ code: 'action-unknown' });
    expect(await decisionFor(applicant(3), id)).toBeNull();
    await noord.act('proposal', id, 'not-process', decider);
    const [letter] = await mailsAbout(noord, id, 'decision-letter');
    expect(letter?.status).toBe('new');
    expect(letter?.text).toContain('is buiten behandeling gesteld');
    expect(letter?.text).toContain('volgens ons reglement niet in behandeling');
    expect(letter?.text).toContain(reasons);
    expect(letter?.text).toContain('herzieningsverzoek');
    expect(await decisionFor(applicant(3), id)).toMatchObject({
      ...{ outcome: 'not-processed', ground: 'incomplete', reasons, objectionLastDay: expect.any(String) },
      askedFor: { questions: ['payee.iban'] },
    });
    const objecting = new RegisterObjection(noord.database, MESSAGE_IDS);
    const asked = { actorId: applicant(3), region: 'noord', receivedAt: await noord.database.now() };
    const key = { personId: applicant(3), route: 'objection', key: 'objection-of-one-applicant', bodyHash: 'x' };
    expect(await objecting.execute(id, 'Ik heb het gestuurd.', { ...asked, key })).toBe(true);
  });

  it('may also be processed as it is', async () => {
    const other = await submitted(await openCall(), applicant(3));
    await noord.act('proposal', other, 'ask-completion', noord.people.secretary, { missing: ['payee.iban'] });
    await letPass(other, 'completion');
    await noord.act('proposal', other, 'process-anyway', noord.people.secretary, {
      reason: 'De rekening volgt later.',
    });
    expect(await stateOf(other)).toBe('Submitted');
  });
});

describe('a hearing before a refusal on facts of others (Awb 4:7)', () => {
  const about = 'Volgens het schoolbestuur doet de tweede school niet mee.';
  const view = 'De school doet wel mee; de brief is bijgevoegd.';
  const proposed = async (by: string): Promise<string> => {
    const id = await submitted(await openCall(), by, eligibleContent());
    await noord.act('proposal', id, 'propose-refusal', noord.people.secretary, {
      ...{ ground: 'condition', reasons: 'Er doet maar één school mee.', restsOnOthersFacts: true },
    });
    return id;
  };

  it('comes first: the decider cannot refuse before the applicant was heard', async () => {
    const { secretary, decider } = noord.people;
    const id = await proposed(applicant(4));
    await expect(noord.act('proposal', id, 'refuse', decider)).rejects.toMatchObject({
      refusals: [{ condition: 'heard-where-required' }],
    });
    await noord.act('proposal', id, 'ask-view', secretary, { about });
    await expect(noord.act('proposal', id, 'refuse', decider)).rejects.toMatchObject({ code: 'action-not-now' });
    const [mail] = await mailsAbout(noord, id, 'hearing');
    expect(mail?.text).toContain(about);
    const saving = new SaveProposal(noord.database, noord.round.frozen);
    const request = { actorId: applicant(4), region: 'noord', receivedAt: await noord.database.now() };
    await expect(
      saving.execute(id, { title: 'Anders', content: eligibleContent() }, 1, request),
    ).rejects.toBeInstanceOf(ProposalNotInYourHands);
    await noord.act('proposal', id, 'give-view', applicant(4), { view });
    expect((await mailsAbout(noord, id, 'view-given')).length).toBe(2);
    const seen = await readAs<ProposalView>(decider, (tx) => readProposal(tx, id));
    expect(seen.hearing).toMatchObject({ about, view });
    await noord.act('proposal', id, 'refuse', decider);
    expect(await stateOf(id)).toBe('RefusedOnIntake');
  });

  it('can be by word of mouth, and is read back to the applicant', async () => {
    const id = await proposed(applicant(5));
    await noord.act('proposal', id, 'hear', noord.people.secretary, { view });
    const [mail] = await mailsAbout(noord, id, 'heard');
    expect(mail?.text).toContain(view);
    await noord.act('proposal', id, 'refuse', noord.people.decider);
  });

  it('was offered when the term passes without a view', async () => {
    const id = await proposed(applicant(6));
    await noord.act('proposal', id, 'ask-view', noord.people.secretary, { about });
    await letPass(id, 'hearing');
    expect(await stateOf(id)).toBe('NotEligible');
    await noord.act('proposal', id, 'refuse', noord.people.decider);
  });

  it('is not for members of the committee to read', async () => {
    const call = await openCall();
    const id = await noord.scored(call, applicant(7));
    await noord.act('proposal', id, 'advise', noord.people.members[0] ?? '', {
      ...{ outcome: 'refuse', reasonsPerCriterion: REASONS },
    });
    await noord.act('proposal', id, 'ask-view', noord.people.secretary, { about });
    const seen = await readAs<ProposalView>(noord.people.members[2] ?? '', (tx) => readProposal(tx, id));
    expect([seen.hearing, seen.receipts]).toEqual([null, []]);
  });
});

describe('the amount of an award', () => {
  const chair = (): string => noord.people.members[0] ?? '';
  const advise = (id: string, amountCents?: number): Promise<unknown> =>
    noord.act('proposal', id, 'advise', chair(), {
      ...{ outcome: 'grant', reasonsPerCriterion: REASONS },
      ...(amountCents === undefined ? {} : { amountCents }),
    });
  const draft = (id: string, amountCents: number): Promise<unknown> =>
    noord.act('proposal', id, 'prepare-decision', noord.people.secretary, {
      ...{ outcome: 'grant', reasons: 'Een deel is genoeg.', amountCents, deviationReason: 'Het kan met minder.' },
    });

  it('is all or nothing where the regulation allows no part', async () => {
    const id = await noord.scored(await openCall(), applicant(0));
    await expect(advise(id, 300_000)).rejects.toMatchObject({ code: 'partial-award-not-allowed' });
    await advise(id);
    await expect(draft(id, 300_000)).rejects.toMatchObject({ code: 'partial-award-not-allowed' });
  });

  it('is never below the minimum workable amount nor above what was asked or advised: in advice, draft and decision', async () => {
    await regulate(noord, { distribution: { partialAwards: true } });
    const call = await openCall();
    const id = await noord.scored(call, applicant(0));
    await expect(advise(id, 199_999)).rejects.toMatchObject({
      code: 'amount-below-minimum',
      facts: { minimum: { nl: '€ 2.000,00', en: '€2,000.00' } },
    });
    await expect(advise(id, 400_001)).rejects.toMatchObject({ code: 'payload-is-wrong' });
    await advise(id, 350_000);
    await expect(draft(id, 199_999)).rejects.toMatchObject({ code: 'amount-below-minimum' });
    await expect(draft(id, 350_001)).rejects.toMatchObject({ code: 'amount-above-advice' });
    await draft(id, 200_000);
    await noord.look.query('update decision_draft set amount_cents = 199999 where proposal_id = $1', [id]);
    await expect(noord.act('proposal', id, 'grant', noord.people.decider)).rejects.toMatchObject({
      code: 'amount-below-minimum',
    });
    await noord.look.query('update decision_draft set amount_cents = 200000 where proposal_id = $1', [id]);
    await noord.act('proposal', id, 'grant', noord.people.decider);
    await noord.rank(call);
    await noord.act('call', call, 'close-early', noord.people.decider, { reason: 'Alles is binnen.' });
    await noord.act('call', call, 'announce', noord.people.decider);
    const [letter] = await mailsAbout(noord, id, 'decision-letter');
    expect(letter?.text).toContain('U ontvangt € 2.000,00. U vroeg € 4.000,00.');
    await regulate(noord, { distribution: { partialAwards: false } });
  });
});

describe('the reserve list', () => {
  let call: string;
  /** Best first: one that is granted, then three that the money does not reach. */
  let ids: string[] = [];
  const places = async (): Promise<readonly unknown[]> => {
    const first = `select reserve_place from decision where proposal_id = $1 order by decided_at limit 1`;
    const found: unknown[] = [];
    for (const id of ids) found.push((await noord.one(first, [id]))['reserve_place']);
    return found;
  };
  const prepare = (id: string): Promise<unknown> =>
    noord.act('proposal', id, 'prepare-decision', noord.people.secretary, {
      ...{ outcome: 'grant', reasons: 'Er kwam geld vrij.' },
    });
  const promote = (id: string): Promise<unknown> => noord.act('proposal', id, 'promote', noord.people.decider);

  beforeAll(async () => {
    const { decider } = noord.people;
    await regulate(noord, { regime: 'AWB', distribution: { ceilingCents: 400_000 } });
    call = await openCall();
    ids = [];
    for (const [n, score] of [5, 4, 4, 3].entries()) {
      const content = eligibleContent({ budget: budgetOf(n === 3 ? 200_000 : 400_000) });
      ids.push(await noord.scored(call, applicant(n), score, content));
    }
    await noord.rank(call);
    // Decided in another order than they rank: the number follows the ranking.
    for (const id of [...ids].reverse()) {
      const isFirst = id === ids[0];
      await noord.prepared(id, isFirst ? { outcome: 'grant' } : { outcome: 'refuse', ground: 'ceiling' });
      await noord.act('proposal', id, isFirst ? 'grant' : 'refuse', decider);
    }
  });

  it('has no numbers before the announcement, and nobody is promoted then', async () => {
    expect(await places()).toEqual([null, null, null, null]);
    await expect(prepare(ids[1] ?? '')).rejects.toMatchObject({ code: 'move-refused' });
  });

  it('is numbered at the announcement in the order of the ranking, in decision and letter', async () => {
    await noord.act('call', call, 'close-early', noord.people.decider, { reason: 'Alles is binnen.' });
    await noord.act('call', call, 'announce', noord.people.decider);
    expect(await places()).toEqual([null, 1, 2, 3]);
    const [letter] = await mailsAbout(noord, ids[2] ?? '', 'decision-letter');
    expect(letter?.text).toContain('op plaats 2 van de reservelijst');
    expect(letter?.text).toContain('artikel 4:25 van de Algemene wet bestuursrecht');
    expect(await decisionFor(applicant(2), ids[2] ?? '')).toMatchObject({ outcome: 'refused', reservePlace: 2 });
    const [granted] = await mailsAbout(noord, ids[0] ?? '', 'decision-letter');
    expect(granted?.text).not.toContain('reservelijst');
  });

  it('cannot be drawn on while the money is spent', async () => {
    await prepare(ids[1] ?? '');
    await expect(promote(ids[1] ?? '')).rejects.toMatchObject({ refusals: [{ condition: 'fits-the-ceiling' }] });
  });

  it('is thought of when an award is waived', async () => {
    await noord.act('proposal', ids[0] ?? '', 'waive', applicant(0), { confirmed: true });
    expect(await noord.one('select awarded_cents::int as cents from ceiling where call_id = $1', [call])).toEqual({
      cents: 0,
    });
    expect(
      await noord.one(`select for_role, subject_kind from task where kind = 'reserve-list' and subject_id = $1`, [
        call,
      ]),
    ).toEqual({ for_role: 'secretary', subject_kind: 'call' });
  });

  it('goes by its order, with four eyes', async () => {
    await expect(prepare(ids[2] ?? '')).rejects.toMatchObject({
      refusals: [{ condition: 'next-on-the-reserve-list' }],
    });
    await noord.look.query(`insert into role_assignment (region, person_id, role) values ('noord', $1, 'decider')`, [
      noord.people.secretary,
    ]);
    await expect(noord.act('proposal', ids[1] ?? '', 'promote', noord.people.secretary)).rejects.toMatchObject({
      refusals: [{ condition: 'another-person-decides' }],
    });
    await noord.look.query(
      `update role_assignment set valid_until = app_now() where person_id = $1 and role = 'decider'`,
      [noord.people.secretary],
    );
  });

  it('promotes once, however many try at the same moment, and the new decision has a letter and a last day of its own', async () => {
    const first = ids[1] ?? '';
    const results = await Promise.allSettled([promote(first), promote(first), promote(first)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await noord.one('select awarded_cents::int as cents from ceiling where call_id = $1', [call])).toEqual({
      cents: 400_000,
    });
    const [letter] = await mailsAbout(noord, first, 'promoted');
    expect(letter?.status).toBe('new');
    expect(letter?.text).toContain('op plaats 1 van de reservelijst');
    expect(letter?.text).toContain('U ontvangt € 4.000,00');
    expect(await decisionFor(applicant(1), first)).toMatchObject({
      ...{ outcome: 'granted', amountCents: 400_000, isPromotion: true, objectionLastDay: expect.any(String) },
    });
  });

  it('keeps its numbers; the next who fits is next when the one before asks more than is left', async () => {
    await noord.act('proposal', ids[1] ?? '', 'waive', applicant(1), { confirmed: true });
    await noord.look.query('update ceiling set total_cents = 300000 where call_id = $1', [call]);
    expect(await places()).toEqual([null, 1, 2, 3]);
    await prepare(ids[3] ?? '');
    await promote(ids[3] ?? '');
    expect(await stateOf(ids[3] ?? '')).toBe('Granted');
  });
});

it('leaves every invariant whole', async () => {
  expect(await checkInvariants(noord.look, [...ENGINE_INVARIANTS, ...ROUND_INVARIANTS])).toEqual([]);
});
