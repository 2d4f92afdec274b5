import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  AnswerCheck,
  AskCheck,
  AskQuestion,
  HandleQuestion,
  listChecks,
  listOpenQuestions,
  listOwnChecks,
  listOwnQuestions,
  listPublishedQuestions,
  readCheck,
} from '#lib/intake';
import { dateOf, type Instant } from '#lib/kernel';
import { callDays } from '#lib/regulation';
import type { Transaction } from '#lib/database';
import { eligibleContent, viewerOf } from '../support/round-people.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let call: string;
beforeAll(async () => {
  noord = await TestRound.open({ members: 3, applicants: 5 });
  call = await noord.openCall('2027-1', { days: 60 });
});
afterAll(() => noord.close());

const applicant = (i: number): string => noord.people.applicants[i] ?? '';
const secretary = () => viewerOf(noord.people.secretary, 'noord', 'secretary');
const key = (personId: string) => ({ personId, route: 'test', key: randomUUID(), bodyHash: 'x' });
const as = <T>(actor: string | null, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  noord.database.unit({ regions: ['noord'], actor, readOnly: true }, work);
const asked = async (actorId: string, receivedAt?: Instant) => ({
  ...{ actorId, region: 'noord', key: key(actorId) },
  receivedAt: receivedAt ?? (await noord.database.now()),
});
const mailsOf = async (template: string, eventId: string): Promise<readonly string[]> => {
  const { rows } = await noord.look.query<{ who: string }>(
    'select recipient_key as who from outbox where template = $1 and event_id = $2 order by 1',
    [template, eventId],
  );
  return rows.map(({ who }) => who);
};
/** Noon on a day, in Amsterdam in winter. */
const noonOf = (day: string): Instant => `${day}T11:00:00.000000Z`;
const daysOf = async () => {
  const { rules_hash: hash, closes } = (await noord.one(
    `select rules_hash, app.iso(closes_at) as closes from call where id = $1`,
    [call],
  )) as { rules_hash: string; closes: string };
  return callDays((await noord.round.frozen.rules(hash)).regulation, closes);
};
const nextDay = (day: string): string => dateOf(new Date(Date.parse(noonOf(day)) + 86_400_000).toISOString());

describe('a public question', () => {
  const asking = (): AskQuestion => new AskQuestion(noord.database, noord.round.frozen);
  const handling = (): HandleQuestion => new HandleQuestion(noord.database, MESSAGE_IDS);
  const ask = async (words: string, by = applicant(0)): Promise<string> => {
    await asking().execute(call, words, await asked(by));
    const { id } = (await noord.one('select id from public_question where words = $1', [words])) as { id: string };
    return id;
  };
  const place = (questionId: string) => ({ region: 'noord', callId: call, questionId });
  const WORDS = { question: { nl: 'Telt een pabo als partner?', en: null }, answer: { nl: 'Ja.\nDat mag.', en: null } };

  it('is read by the secretary without who asked, and by nobody else than the asker', async () => {
    const id = await ask('Mag een pabo meedoen?');
    expect(await as(noord.people.secretary, (tx) => listOpenQuestions(tx, call))).toMatchObject([
      { id, words: 'Mag een pabo meedoen?' },
    ]);
    for (const other of [noord.people.coordinator, noord.people.decider, noord.people.members[1] ?? '', applicant(1)])
      expect(await as(other, (tx) => listOpenQuestions(tx, call))).toEqual([]);
    expect(await as(applicant(0), (tx) => listOwnQuestions(tx, call))).toHaveLength(1);
    expect(await as(applicant(1), (tx) => listOwnQuestions(tx, call))).toEqual([]);
    expect(await as(null, (tx) => listPublishedQuestions(tx, call))).toEqual([]);
  });

  it('is answered to everyone at once, with one mail to the asker and to each person with a draft', async () => {
    const id = await ask('Telt een pabo als partner?');
    for (const who of [1, 1, 2]) await noord.draft(call, applicant(who));
    const sent = await noord.draft(call, applicant(3));
    await noord.act('proposal', sent, 'submit', applicant(3));
    await handling().publish(secretary(), place(id), WORDS);
    expect(await as(null, (tx) => listPublishedQuestions(tx, call))).toMatchObject([{ id, ...WORDS }]);
    expect(await mailsOf('question-answered', id)).toEqual([applicant(0), applicant(1), applicant(2)].sort());
    await expect(handling().publish(secretary(), place(id), WORDS)).rejects.toMatchObject({
      code: 'question-was-handled',
    });
    expect(await mailsOf('question-answered', id)).toHaveLength(3);
  });

  it.each(['name', 'email', 'organisation', 'title'])(
    'is not published while it holds the %s of who asked',
    async (what) => {
      await noord.draft(call, applicant(0), {
        title: 'Sterren boven Drenthe',
        content: eligibleContent({ lead: { kind: 'ORGANISATION', name: 'Basisschool De Éénhoorn' } }),
      });
      const found = (await noord.one('select name, email::text from person where id = $1', [applicant(0)])) as {
        name: string;
        email: string;
      };
      const words = { ...found, organisation: 'basisschool  de eenhoorn', title: 'STERREN boven Drenthe' };
      const id = await ask(`Een vraag met ${what}`);
      const named = { ...WORDS, answer: { nl: `Nee, ${words[what as 'name']}, dat mag niet.`, en: null } };
      await expect(handling().publish(secretary(), place(id), named)).rejects.toMatchObject({
        code: 'question-names-somebody',
      });
      expect(await noord.one('select state from public_question where id = $1', [id])).toEqual({ state: 'open' });
    },
  );

  it('can be closed without publishing: only the asker hears why', async () => {
    const id = await ask('Hoe gaat het met mijn eigen aanvraag?');
    await handling().close(secretary(), place(id), 'Dit gaat over één aanvraag. Bel het loket.');
    expect(await mailsOf('question-closed', id)).toEqual([applicant(0)]);
    expect((await as(null, (tx) => listPublishedQuestions(tx, call))).map((one) => one.id)).not.toContain(id);
  });

  it('is handled by the secretary of the region alone', async () => {
    const id = await ask('Wie mag antwoorden?');
    for (const viewer of [
      viewerOf(noord.people.coordinator, 'noord', 'coordinator'),
      viewerOf(noord.people.secretary, 'zuid', 'secretary'),
    ])
      await expect(handling().publish(viewer, place(id), WORDS)).rejects.toMatchObject({ code: 'not-found' });
    await expect(handling().publish(secretary(), { ...place(id), callId: randomUUID() }, WORDS)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('can be asked through the last day, five working days before the closing, and not after it', async () => {
    const { questionsUntil } = await daysOf();
    await asking().execute(call, 'Op de laatste dag', await asked(applicant(4), noonOf(questionsUntil)));
    await expect(
      asking().execute(call, 'Een dag later', await asked(applicant(4), noonOf(nextDay(questionsUntil)))),
    ).rejects.toMatchObject({ code: 'questions-have-ended' });
  });

  it('sent twice is asked once, and ten a day is enough', async () => {
    const twice = await asked(applicant(2));
    for (let i = 0; i < 2; i++) await asking().execute(call, 'Twee keer gestuurd', twice);
    expect(
      await noord.one(`select count(*)::int as n from public_question where words = 'Twee keer gestuurd'`),
    ).toEqual({
      n: 1,
    });
    for (let i = 0; i < 9; i++) await asking().execute(call, `Vraag ${i}`, await asked(applicant(2)));
    await expect(asking().execute(call, 'Vraag elf', await asked(applicant(2)))).rejects.toMatchObject({
      code: 'question-asked-too-often',
    });
  });
});

describe('an early completeness check', () => {
  const asking = (): AskCheck => new AskCheck(noord.database, noord.round.frozen);
  const answering = (): AnswerCheck => new AnswerCheck(noord.database, noord.round.frozen, MESSAGE_IDS);
  const incomplete = (): Promise<string> =>
    noord.draft(call, applicant(4), {
      title: 'Half plan',
      content: eligibleContent({ payee: {}, summary: undefined }),
    });
  const checkOf = async (proposal: string): Promise<string> =>
    (
      (await noord.one('select id from completeness_check where proposal_id = $1 and answered_at is null', [
        proposal,
      ])) as {
        id: string;
      }
    ).id;

  it('lets the secretary read what is missing and the parts that were let see, and nothing else of the draft', async () => {
    const proposal = await incomplete();
    await asking().execute(proposal, ['approach'], await asked(applicant(4)));
    const check = await as(noord.people.secretary, async (tx) => readCheck(tx, call, await checkOf(proposal)));
    expect(check?.gaps.faults.map(({ path }) => path)).toEqual(['summary', 'payee.name', 'payee.iban']);
    expect(Object.keys(check?.content ?? {}).sort()).toEqual(['answers', 'plan']);
    expect(Object.keys(check?.content['answers'] as object)).toEqual(['approach']);
    expect(JSON.stringify(check)).not.toMatch(/Half plan|Voorbeeldige|400000/);
    const { answerBy, askUntil } = (await daysOf()).earlyCheck ?? { answerBy: '', askUntil: '' };
    expect([check?.answerBy, askUntil < answerBy]).toEqual([answerBy, true]);
    for (const other of [noord.people.coordinator, noord.people.decider, noord.people.members[0] ?? '', applicant(1)])
      expect(await as(other, (tx) => listChecks(tx, call))).toEqual([]);
  });

  it('shows of the account only what the secretary reads of it in a proposal', async () => {
    const proposal = await noord.draft(call, applicant(3), { content: eligibleContent() });
    await asking().execute(proposal, ['file'], await asked(applicant(3)));
    const id = await checkOf(proposal);
    const check = await as(noord.people.secretary, (tx) => readCheck(tx, call, id));
    expect(check?.content['payee']).toEqual({ name: 'Basisschool De Voorbeeldige', iban: 'NL••••6789' });
    const { content } = await noord.one('select content::text from completeness_check where id = $1', [id]);
    expect(content).not.toContain('ABNA');
  });

  it('is answered by question; the applicant hears it once and reads it, and may ask again', async () => {
    const proposal = await incomplete();
    await asking().execute(proposal, [], await asked(applicant(4)));
    await expect(asking().execute(proposal, [], await asked(applicant(4)))).rejects.toMatchObject({
      code: 'check-is-asked',
    });
    const checkId = await checkOf(proposal);
    const missing = [{ path: 'payee.iban', text: 'Vul het rekeningnummer in.' }];
    const place = { region: 'noord', callId: call, checkId };
    await answering().execute(secretary(), place, { missing, note: '' });
    expect(await mailsOf('check-answered', checkId)).toEqual([applicant(4)]);
    expect(await as(applicant(4), (tx) => listOwnChecks(tx, proposal))).toMatchObject([{ id: checkId, missing }]);
    await expect(answering().execute(secretary(), place, { missing: [], note: '' })).rejects.toMatchObject({
      code: 'check-was-answered',
    });
    await asking().execute(proposal, [], await asked(applicant(4)));
  });

  it('is asked through the last day of the regulation, of one’s own draft, before it is submitted', async () => {
    const until = (await daysOf()).earlyCheck?.askUntil ?? '';
    const proposal = await incomplete();
    await expect(
      asking().execute(proposal, [], await asked(applicant(4), noonOf(nextDay(until)))),
    ).rejects.toMatchObject({ code: 'check-comes-too-late' });
    await expect(asking().execute(proposal, [], await asked(applicant(1)))).rejects.toMatchObject({
      code: 'not-found',
    });
    await asking().execute(proposal, [], await asked(applicant(4), noonOf(until)));
    await noord.act('proposal', proposal, 'submit', applicant(4));
    const open = await as(noord.people.secretary, (tx) => listChecks(tx, call));
    expect(open.map(({ number }) => number)).not.toContain(
      (await noord.one('select number from proposal where id = $1', [proposal]))['number'],
    );
    await expect(asking().execute(proposal, [], await asked(applicant(4)))).rejects.toMatchObject({
      code: 'proposal-not-in-your-hands',
    });
  });

  it('is not offered where the regulation does not say so', async () => {
    const { rules_hash: hash } = await noord.one('select rules_hash from call where id = $1', [call]);
    const { regulation } = await noord.round.frozen.rules(hash as string);
    const { earlyCheck, questionsUntil, ...without } = regulation;
    expect([earlyCheck?.askUntil, questionsUntil]).toEqual(['P10WD', 'P5WD']);
    // Friday 26 February 2027: five working days before it is the Friday before.
    expect(callDays(without, '2027-02-26T16:00:00Z')).toEqual({ questionsUntil: '2027-02-19', earlyCheck: null });
    expect(callDays(regulation, '2027-05-07T16:00:00Z')).toMatchObject({
      // 5 May and Ascension Day (6 May) are free days; 27 April is King's Day.
      earlyCheck: { askUntil: '2027-04-20', answerBy: '2027-04-28' },
    });
  });
});
