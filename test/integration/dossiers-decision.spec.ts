import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MakeRanking, newestRanking, readBoard, readDecision, ROUND_INVARIANTS } from '#lib/decision';
import { checkInvariants, ENGINE_INVARIANTS, runDueCommands } from '#lib/engine';
import { readProposal, SaveProposal, type ProposalView } from '#lib/intake';
import {
  compileConditions,
  conditionsOf,
  judgeApplication,
  type ProgrammeFile,
  type RegulationFile,
} from '#lib/regulation';
import { Database } from '#lib/database';
import { openRound } from '#app/worker';
import { eligibleContent, viewerOf } from '../support/round-people.js';
import { mailsAbout, regulate } from '../support/variant-region.js';
import { MESSAGE_IDS, REASONS, TestRound } from '../support/test-round.js';

/** Edge dossiers of the domain, each with the outcome that the rules state. */
let noord: TestRound;
let workers: Database;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 8 });
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 4 });
});
afterAll(async () => {
  await workers.close();
  await noord.close();
});

const applicant = (n: number): string => noord.people.applicants[n] ?? '';
const readAs = <T>(id: string, read: Parameters<Database['unit']>[1]): Promise<T> =>
  noord.database.unit({ regions: ['noord'], actor: id, readOnly: true }, read) as Promise<T>;
const stateOf = async (id: string): Promise<unknown> =>
  (await noord.one('select state from proposal where id = $1', [id]))['state'];
const verdictOf = async (id: string, condition: string): Promise<unknown> => {
  const view = await readAs<ProposalView>(noord.people.secretary, (tx) => readProposal(tx, id));
  return view.eligibility.find((one) => one.condition === condition)?.verdict;
};
const closed = (call: string): Promise<unknown> =>
  noord.act('call', call, 'close-early', noord.people.decider, { reason: 'Alles is binnen.' });
const runCommands = async (): Promise<void> => {
  const engine = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined }).engine;
  while ((await runDueCommands({ engine, database: workers, worker: 'test' })) > 0);
};

describe('dossier 2: two schools of one board', () => {
  it('count as two schools, because each has its own BRIN number', async () => {
    const call = await noord.openCall('d-2');
    const id = await noord.draft(call, applicant(0));
    await noord.act('proposal', id, 'submit', applicant(0));
    expect(await verdictOf(id, 'two-schools')).toBe('met');
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    expect(await stateOf(id)).toBe('Admitted');
  });

  it('count as one school when they are sites of one BRIN number', async () => {
    const call = await noord.openCall('d-2b');
    const school = { board: '90001', province: 'Drenthe', level: 'PO', affiliated: true, brin: '90AA' };
    const schools = [
      { ...school, site: '90AA00' },
      { ...school, site: '90AA01' },
    ];
    const id = await noord.draft(call, applicant(0), { content: eligibleContent({ schools }) });
    await noord.act('proposal', id, 'submit', applicant(0));
    expect(await verdictOf(id, 'two-schools')).toBe('not-met');
  });

  it('read in a region that asks two boards: find a school of another board', async () => {
    const { regulation, programme } = (await noord.one(
      `select r.content as regulation, p.content as programme from regulation r join programme p on p.code = r.programme where r.region = 'oost'`,
    )) as unknown as { regulation: RegulationFile; programme: ProgrammeFile };
    const { verdicts } = judgeApplication(compileConditions(conditionsOf(programme, regulation)), eligibleContent());
    const refused = verdicts.filter(({ verdict }) => verdict === 'not-met').map(({ message }) => message);
    expect(refused).toContainEqual({
      nl: 'Zoek een school van een ander bestuur.',
      en: 'Find a school of another board.',
    });
  });
});

describe('dossier 3: a share of two thirds, and thirds of a cent', () => {
  const asking = (requestedCents: number): Record<string, unknown> =>
    eligibleContent({
      budget: {
        ...{ totalCents: 1_000_001, requestedCents, minimumCents: requestedCents },
        ...{ ownCashCents: 1_000_001 - requestedCents, inKindCents: 0, thirdPartyCents: 0 },
      },
    });

  it.each([
    ['the whole cents of exactly two thirds', 666_667, 'met'],
    ['one cent more', 666_668, 'not-met'],
    ['66,67 per cent, which is more than two thirds', 666_701, 'not-met'],
  ])('of € 10.000,01: %s', async (_what, cents, verdict) => {
    await regulate(noord, { request: { shareAtMost: '2/3', maximumCents: 1_000_000 } });
    const call = await noord.openCall(`d-3-${cents}`);
    const id = await noord.draft(call, applicant(1), { content: asking(cents) });
    await noord.act('proposal', id, 'submit', applicant(1));
    expect(await verdictOf(id, 'share-at-most')).toBe(verdict);
    const admitted = noord.act('proposal', id, 'admit', noord.people.secretary);
    if (verdict === 'met') await admitted;
    else await expect(admitted).rejects.toMatchObject({ code: 'move-refused' });
    await regulate(noord, { request: { shareAtMost: '1/2', maximumCents: 400_000 } });
  });
});

describe('dossier 6: something is missing after the closing of a tender', () => {
  let call: string;
  let [withoutIban, withoutPlan] = ['', ''];
  beforeAll(async () => {
    call = await noord.openCall('d-6');
    await noord.seatAll(call);
    withoutIban = await noord.draft(call, applicant(2), {
      content: eligibleContent({ payee: { name: 'De Voorbeeldige' } }),
    });
    withoutPlan = await noord.draft(call, applicant(3), {
      content: eligibleContent({ answers: { goal: 'Leerlingen leren meten, ontwerpen en uitleggen.' } }),
    });
    for (const [id, by] of [
      [withoutIban, applicant(2)],
      [withoutPlan, applicant(3)],
    ] as const)
      await noord.act('proposal', id, 'submit', by);
    await closed(call);
  });
  const ask = (id: string, missing: readonly string[]): Promise<unknown> =>
    noord.act('proposal', id, 'ask-completion', noord.people.secretary, { missing });

  it('the account number is repaired: asked for, given, and the proposal is admitted', async () => {
    await ask(withoutIban, ['payee.iban']);
    const [mail] = await mailsAbout(noord, withoutIban, 'completion-request');
    expect(mail?.text).toContain('- Op welke rekening kan het geld komen?');
    const request = { actorId: applicant(2), region: 'noord', receivedAt: await noord.database.now() };
    const title = 'Schoon water uit eigen hand';
    const saving = new SaveProposal(noord.database, noord.round.frozen);
    const better = eligibleContent({ summary: 'Een heel ander plan, met veel meer leerlingen en veel meer techniek.' });
    await expect(saving.execute(withoutIban, { title, content: better }, 1, request)).rejects.toMatchObject({
      code: 'only-what-was-asked',
      facts: { questions: expect.arrayContaining(['summary']) },
    });
    const repaired = eligibleContent({ payee: { name: 'De Voorbeeldige', iban: 'NL02ABNA0123456789' } });
    await saving.execute(withoutIban, { title, content: repaired }, 1, request);
    await noord.act('proposal', withoutIban, 'complete', applicant(2));
    await noord.act('proposal', withoutIban, 'admit', noord.people.secretary);
    expect(await stateOf(withoutIban)).toBe('Admitted');
    const receipts = await noord.look.query(
      `select content #>> '{payee,iban}' as iban from receipt where proposal_id = $1 order by received_at`,
      [withoutIban],
    );
    expect(receipts.rows).toEqual([{ iban: null }, { iban: 'NL02ABNA0123456789' }]);
  });

  it('the plan cannot be repaired: no completion can be asked for it', async () => {
    await expect(ask(withoutPlan, ['answers.approach'])).rejects.toMatchObject({
      code: 'not-repairable-after-closing',
      facts: { questions: ['answers.approach'] },
    });
    expect(await stateOf(withoutPlan)).toBe('Submitted');
  });

  it('the proposal without a plan is judged as it is, with a reason', async () => {
    const { secretary } = noord.people;
    await expect(noord.act('proposal', withoutPlan, 'admit', secretary)).rejects.toMatchObject({
      code: 'move-refused',
    });
    const reason = { reason: 'De ronde is gesloten; het plan kan niet meer worden aangevuld.' };
    await noord.act('proposal', withoutPlan, 'admit-as-it-is', secretary, reason);
    expect(await stateOf(withoutPlan)).toBe('Admitted');
  });

  it('or refused with reasons by the decider, where a condition asks for what is missing', async () => {
    const { secretary, decider } = noord.people;
    const other = await noord.openCall('d-6b');
    const id = await noord.draft(other, applicant(3), { content: eligibleContent({ partners: [] }) });
    await noord.act('proposal', id, 'submit', applicant(3));
    await closed(other);
    await expect(ask(id, ['partners'])).rejects.toMatchObject({ code: 'not-repairable-after-closing' });
    const reason = { reason: 'Toch beoordelen.' };
    await expect(noord.act('proposal', id, 'admit-as-it-is', secretary, reason)).rejects.toMatchObject({
      code: 'move-refused',
    });
    const refusal = { ground: 'condition', reasons: 'Er is geen partner.' };
    await noord.act('proposal', id, 'propose-refusal', secretary, refusal);
    await noord.act('proposal', id, 'refuse', decider);
    expect(await noord.one('select ground, reasons from decision where proposal_id = $1', [id])).toEqual(refusal);
  });
});

describe('dossier 10: the decision deviates from the advice', () => {
  it('is refused without a reason (Awb 3:50); with one the letter carries it, and the adviser is told (Awb 3:43)', async () => {
    const { members, secretary, decider } = noord.people;
    const call = await noord.openCall('d-10');
    await noord.seatAll(call);
    const id = await noord.scored(call, applicant(4));
    const follows = await noord.scored(call, applicant(5));
    await noord.act('proposal', id, 'advise', members[0] ?? '', { outcome: 'refuse', reasonsPerCriterion: REASONS });
    const draft = { outcome: 'grant', reasons: 'Goed plan.' };
    await noord.act('proposal', id, 'prepare-decision', secretary, draft);
    await expect(noord.act('proposal', id, 'grant', decider)).rejects.toMatchObject({
      refusals: [{ condition: 'deviation-is-explained' }],
    });
    const deviationReason = 'Dit plan past precies bij wat de regio dit jaar zoekt.';
    await noord.act('proposal', id, 'prepare-decision', secretary, { ...draft, deviationReason });
    await noord.act('proposal', id, 'grant', decider);
    await noord.prepared(follows);
    await noord.act('proposal', follows, 'grant', decider);
    expect((await mailsAbout(noord, id, 'deviation-told')).map(({ status }) => status)).toEqual(['held']);
    await noord.rank(call);
    await closed(call);
    await noord.act('call', call, 'announce', decider);

    const [letter] = await mailsAbout(noord, id, 'decision-letter');
    expect(letter?.text).toContain(`wijkt af van het advies van de commissie, om deze reden: ${deviationReason}`);
    const [told] = await mailsAbout(noord, id, 'deviation-told');
    const { email } = await noord.one('select email::text from person where id = $1', [members[0]]);
    expect([told?.status, told?.to]).toEqual(['new', email]);
    expect(told?.text).toContain(deviationReason);
    expect(await mailsAbout(noord, follows, 'deviation-told')).toEqual([]);
    expect(await readAs(applicant(4), (tx) => readDecision(tx, id))).toMatchObject({ deviationReason });
  });
});

describe('dossier 12: the applicant withdraws on the day of the committee', () => {
  it('reviews are released, it is not in the ranking, reviewers are told, and the money is as it was', async () => {
    const { secretary, members } = noord.people;
    const call = await noord.openCall('d-12');
    await noord.seatAll(call);
    const stays = await noord.scored(call, applicant(6), 4);
    const goes = await noord.scored(call, applicant(7), 5);
    await noord.rank(call);
    const money = await noord.one('select total_cents, awarded_cents from ceiling where call_id = $1', [call]);

    await noord.act('proposal', goes, 'withdraw', applicant(7));
    await runCommands();
    const reviews = await noord.look.query<{ phase: string; state: string }>(
      'select distinct phase, state from review where proposal_id = $1',
      [goes],
    );
    expect(reviews.rows).toEqual([{ phase: 'ended', state: 'Released' }]);
    const mails = await mailsAbout(noord, goes, 'withdrawn-from-review');
    const { rows } = await noord.look.query<{ email: string }>(
      'select email::text from person where id = any ($1) order by email::text',
      [members.slice(1, 4)],
    );
    expect(mails.map(({ to }) => to)).toEqual(rows.map(({ email }) => email));
    expect(mails[0]?.text).toContain('ingetrokken');

    const rankedIn = async (): Promise<readonly string[]> => {
      const ranking = await readAs<{ entries: { proposal: { id: string } }[] }>(secretary, (tx) =>
        newestRanking(tx, call),
      );
      return ranking.entries.map(({ proposal }) => proposal.id);
    };
    expect(await rankedIn()).toEqual([stays]);
    await new MakeRanking(noord.database).execute(viewerOf(secretary, 'noord', 'secretary'), {
      region: 'noord',
      callId: call,
    });
    expect(await rankedIn()).toEqual([stays]);
    const board = await readAs<{ id: string; position: number | null }[]>(secretary, (tx) => readBoard(tx, call));
    expect(board.map(({ id, position }) => [id, position])).toContainEqual([stays, 1]);
    expect(await noord.one('select total_cents, awarded_cents from ceiling where call_id = $1', [call])).toEqual(money);
  });

  it('reviews that are still being written end too', async () => {
    const { secretary, members } = noord.people;
    const call = await noord.openCall('d-12b');
    await noord.seatAll(call);
    const id = await noord.draft(call, applicant(7));
    await noord.act('proposal', id, 'submit', applicant(7));
    await noord.act('proposal', id, 'admit', secretary);
    const review = await noord.assign(id, members[1] ?? '');
    await noord.act('proposal', id, 'start-review', secretary);
    await noord.act('review', review, 'accept', members[1] ?? '');
    await noord.act('proposal', id, 'withdraw', applicant(7));
    await runCommands();
    expect(await noord.one('select state from review where id = $1', [review])).toEqual({ state: 'Released' });
  });
});

describe('dossier 16: a private person applies, without a school board yet', () => {
  const person = { kind: 'PERSON', name: 'M. de Voorbeeld' };

  it('is accepted where the regulation allows persons, and told what is missing', async () => {
    const call = await noord.openCall('d-16');
    const id = await noord.draft(call, applicant(0), {
      content: eligibleContent({ lead: person, schools: [], payee: {} }),
    });
    const answer = await noord.act('proposal', id, 'submit', applicant(0));
    expect(answer.warnings.map(({ condition }) => condition)).toEqual(['form-is-complete', 'eligible']);
    expect([await stateOf(id), await verdictOf(id, 'lead-is-an-organisation')]).toEqual(['Submitted', undefined]);
    expect(await verdictOf(id, 'two-schools')).toBe('not-met');
    const { rules_hash: hash } = await noord.one('select rules_hash from call where id = $1', [call]);
    const form = await noord.round.frozen.form(hash as string);
    const view = await readAs<ProposalView>(applicant(0), (tx) => readProposal(tx, id));
    expect(form.faults(view.title, view.content).map(({ path }) => path)).toEqual([
      ...['schools', 'payee.name', 'payee.iban'],
    ]);
  });

  it('does not meet the conditions where the regulation asks an organisation, and reads how to repair it', async () => {
    await regulate(noord, { applicants: { persons: false } });
    const call = await noord.openCall('d-16b');
    const id = await noord.draft(call, applicant(0), { content: eligibleContent({ lead: person }) });
    await noord.act('proposal', id, 'submit', applicant(0));
    expect(await verdictOf(id, 'lead-is-an-organisation')).toBe('not-met');
    const { rules_hash: hash } = await noord.one('select rules_hash from call where id = $1', [call]);
    const { conditions } = await noord.round.frozen.rules(hash as string);
    expect(conditions['lead-is-an-organisation']?.refusal.nl).toContain('Zoek een school');
    await regulate(noord, { applicants: { persons: true } });
  });

  it('names a school board as payee where the region says so', async () => {
    await regulate(noord, { applicants: { persons: true, payeeIsSchoolBoard: true } });
    const call = await noord.openCall('d-16c');
    const payee = { name: 'M. de Voorbeeld', iban: 'NL02ABNA0123456789' };
    const verdicts: unknown[] = [];
    for (const kind of [undefined, 'PERSON', 'SCHOOL_BOARD']) {
      const content = eligibleContent({ lead: person, payee: { ...payee, ...(kind === undefined ? {} : { kind }) } });
      const id = await noord.draft(call, applicant(0), { content });
      await noord.act('proposal', id, 'submit', applicant(0));
      verdicts.push(await verdictOf(id, 'payee-is-a-school-board'));
    }
    expect(verdicts).toEqual(['cannot-be-judged', 'not-met', 'met']);
    await regulate(noord, { applicants: { persons: true, payeeIsSchoolBoard: false } });
  });
});

it('leaves every invariant whole', async () => {
  expect(await checkInvariants(noord.look, [...ENGINE_INVARIANTS, ...ROUND_INVARIANTS])).toEqual([]);
});
