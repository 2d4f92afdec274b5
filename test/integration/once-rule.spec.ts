import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBoard, readDecision } from '#lib/decision';
import { readProposal } from '#lib/intake';
import { calendarDate } from '#lib/kernel';
import { importSchools } from '#lib/people';
import type { OnceRule } from '#lib/regulation';
import { projectFolder } from '#lib/settings';
import { eligibleContent } from '../support/round-people.js';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 4 });
  const bytes = readFileSync(join(projectFolder(), 'config', 'demo', 'schools.csv'));
  const asOf = calendarDate('2026-11-01');
  await importSchools(noord.look, { bytes, name: 'schools.csv', asOf, level: 'PO', isComplete: false });
});
afterAll(() => noord.close());

const applicant = (who: number): string => noord.people.applicants[who] ?? '';
let made = 0;
/** A call of its own under a once-rule; the schools 90AA and 90AB are of one board, 90AC of another. */
const callUnder = async (once: OnceRule, year = 2027): Promise<string> => {
  await noord.look.query(`update regulation set content = jsonb_set(content, '{once}', $1) where region = 'noord'`, [
    JSON.stringify(once),
  ]);
  await noord.look.query(`update programme set content = jsonb_set(content, '{year}', $1)`, [String(year)]);
  const call = await noord.openCall(`2027-o${(made += 1)}`);
  await noord.seatAll(call);
  return call;
};
const contentOf = (institution: string | null, more: object = {}): Record<string, unknown> =>
  eligibleContent({
    lead: { kind: 'ORGANISATION', name: 'Wie aanvraagt', ...(institution === null ? {} : { institution }), ...more },
  });
const draftOf = (call: string, institution: string | null, who = 0, more: object = {}): Promise<string> =>
  noord.draft(call, applicant(who), { content: contentOf(institution, more) });
const submittedOf = async (call: string, institution: string | null, who = 0, more: object = {}): Promise<string> => {
  const id = await draftOf(call, institution, who, more);
  await noord.act('proposal', id, 'submit', applicant(who));
  return id;
};
const readBy = (id: string, person: string): ReturnType<typeof readProposal> =>
  noord.database.unit({ regions: ['noord'], actor: person, readOnly: true }, (tx) => readProposal(tx, id));
/** The verdict as somebody reads it; nothing where there is no such rule. */
const verdictOn = async (id: string, person = noord.people.secretary): Promise<string | undefined> =>
  (await readBy(id, person))?.eligibility.find(({ condition }) => condition === 'once')?.verdict;
const verdicts = async (...ids: string[]): Promise<readonly unknown[]> => Promise.all(ids.map((id) => verdictOn(id)));

const REFUSAL = { ground: 'condition', reasons: 'Deze school vroeg al aan.', restsOnOthersFacts: false };
/** Proposed, heard and decided. */
const refusedOnOnce = async (id: string): Promise<void> => {
  await noord.act('proposal', id, 'propose-refusal', noord.people.secretary, REFUSAL);
  await noord.act('proposal', id, 'hear', noord.people.secretary, { view: 'Dat klopt.' });
  await noord.act('proposal', id, 'refuse', noord.people.decider);
};
const ONE_PER_SCHOOL: OnceRule = { per: 'school', within: 'call', atMost: 1 };

describe('so many proposals of one applicant', () => {
  it('are too many from the first one over the limit, in the order in which they were received', async () => {
    const call = await callUnder({ ...ONE_PER_SCHOOL, atMost: 2 });
    const first = await submittedOf(call, '90AA', 0);
    const second = await submittedOf(call, '90AA', 1);
    const third = await submittedOf(call, '90AA', 2);
    const other = await submittedOf(call, '90AB', 3);
    expect(await verdicts(first, second, third, other)).toEqual(['met', 'met', 'not-met', 'met']);
  });

  it('keep the one over the limit from being admitted, until an earlier one is withdrawn', async () => {
    const call = await callUnder(ONE_PER_SCHOOL);
    const first = await submittedOf(call, '90AA');
    const second = await submittedOf(call, '90AA');
    expect((await readBy(second, noord.people.secretary))?.eligible).toBe(false);
    await expect(noord.act('proposal', second, 'admit', noord.people.secretary)).rejects.toMatchObject({
      refusals: [{ condition: 'eligible', verdict: 'not-met' }],
    });
    await noord.act('proposal', first, 'withdraw', applicant(0));
    await noord.act('proposal', second, 'admit', noord.people.secretary);
    expect(await verdicts(second)).toEqual(['met']);
  });

  it('are counted through a merger of schools', async () => {
    await noord.look.query(
      `insert into school_merger (old_brin, new_brin, on_date) values ('90ZZ', '90AD', '2026-08-01')`,
    );
    const call = await callUnder(ONE_PER_SCHOOL);
    const before = await submittedOf(call, '90ZZ');
    expect(await verdicts(before, await submittedOf(call, '90AD'))).toEqual(['met', 'not-met']);
  });

  it('are counted over all schools of a board, and for the board itself', async () => {
    const call = await callUnder({ per: 'board', within: 'tranche', atMost: 1 });
    const school = await submittedOf(call, '90AA');
    const sister = await submittedOf(call, '90AB');
    const board = await submittedOf(call, '90001');
    const elsewhere = await submittedOf(call, '90AC');
    expect(await verdicts(school, sister, board, elsewhere)).toEqual(['met', 'not-met', 'not-met', 'met']);
  });

  it('are those of the call, of the programme year, or of the programme', async () => {
    const rules = ['call', 'year', 'programme'] as const;
    const school = '90AE';
    const told = ['met', 'not-met', 'not-met'];
    await submittedOf(await callUnder(ONE_PER_SCHOOL, 2031), school);
    for (const [i, within] of rules.entries()) {
      const call = await callUnder({ per: 'school', within, atMost: 1 }, 2031);
      const id = await submittedOf(call, school);
      expect([within, ...(await verdicts(id))]).toEqual([within, told[i]]);
      await noord.act('proposal', id, 'withdraw', applicant(0));
    }
    const nextYear = await submittedOf(await callUnder({ per: 'school', within: 'year', atMost: 1 }, 2032), school);
    expect(await verdicts(nextYear)).toEqual(['met']);
  });

  it('are those of a private person, but not of a company without a number: people look at that', async () => {
    const call = await callUnder(ONE_PER_SCHOOL);
    const person = { kind: 'PERSON' };
    const first = await submittedOf(call, null, 0, person);
    const second = await submittedOf(call, null, 0, person);
    const other = await submittedOf(call, null, 1, person);
    const company = await submittedOf(call, null, 0);
    expect(await verdicts(first, second, other, company)).toEqual(['met', 'not-met', 'met', 'cannot-be-judged']);
    expect(await verdictOn(company, applicant(0))).toBeUndefined();
    expect(await noord.act('proposal', company, 'admit', noord.people.secretary)).toMatchObject({ repeated: false });
  });
});

describe('a board under a rule per school', () => {
  it('is looked at by people: for which of its schools it applies no number says', async () => {
    const call = await callUnder(ONE_PER_SCHOOL);
    const boards = [await submittedOf(call, '90001'), await submittedOf(call, '90001')];
    expect(await verdicts(...boards)).toEqual(['cannot-be-judged', 'cannot-be-judged']);
  });
});

describe('who was granted money the year before', () => {
  it('does not apply this year, and does again the year after', async () => {
    const rule: OnceRule = { per: 'school', notAwarded: 'last-year' };
    const before = await callUnder(rule, 2040);
    const won = await noord.scored(before, applicant(0), 4, contentOf('90AF'));
    const lost = await noord.scored(before, applicant(1), 2, contentOf('90AG'));
    await noord.rank(before);
    await noord.prepared(won);
    await noord.prepared(lost, { outcome: 'refuse', ground: 'threshold' });
    await noord.act('proposal', won, 'grant', noord.people.decider);
    await noord.act('proposal', lost, 'refuse', noord.people.decider);
    const now = await callUnder(rule, 2041);
    expect(await verdicts(await submittedOf(now, '90AF'), await submittedOf(now, '90AG'))).toEqual(['not-met', 'met']);
    expect(await verdicts(await submittedOf(await callUnder(rule, 2042), '90AF'))).toEqual(['met']);
  });
});

describe('what the once-rule tells', () => {
  it('an applicant is nothing of proposals of others: anybody can name any school', async () => {
    const call = await callUnder(ONE_PER_SCHOOL);
    await submittedOf(call, '90AH', 0);
    const curious = await draftOf(call, '90AH', 1);
    const own = await draftOf(call, '90AH', 0);
    expect([await verdictOn(curious, applicant(1)), await verdictOn(own, applicant(0))]).toEqual(['met', 'not-met']);
    await noord.act('proposal', curious, 'submit', applicant(1));
    expect([await verdictOn(curious, applicant(1)), await verdictOn(curious)]).toEqual(['met', 'not-met']);
  });

  it('staff is which proposals count, and nobody else', async () => {
    const call = await callUnder(ONE_PER_SCHOOL);
    const first = await submittedOf(call, '90AK', 0);
    const second = await submittedOf(call, '90AK', 1);
    const { number } = await noord.one('select number from proposal where id = $1', [first]);
    const told = (await readBy(second, noord.people.secretary))?.eligibility.at(-1);
    expect(told).toMatchObject({ condition: 'once', others: [number] });
    expect((await readBy(second, applicant(1)))?.eligibility.at(-1)).toMatchObject({ verdict: 'met', others: [] });
  });

  it('of a decision is nothing before it is announced, and the same ever after', async () => {
    const call = await callUnder(ONE_PER_SCHOOL);
    const first = await submittedOf(call, '90AI');
    const second = await submittedOf(call, '90AI');
    await refusedOnOnce(second);
    const third = await submittedOf(call, '90AI');
    await noord.act('proposal', first, 'withdraw', applicant(0));
    // Refused on intake, so it no longer counts; who applies cannot know that yet.
    expect([await verdictOn(third), await verdictOn(third, applicant(0))]).toEqual(['met', 'not-met']);
    const decision = await noord.database.unit(
      { regions: ['noord'], actor: noord.people.secretary, readOnly: true },
      (tx) => readDecision(tx, second),
    );
    expect(decision?.unmet).toEqual(['once']);
  });

  it('who was not processed is nothing of others, though that is told at once', async () => {
    const call = await callUnder(ONE_PER_SCHOOL);
    const other = await submittedOf(call, '90AL', 0);
    const lapsed = await noord.draft(call, applicant(1), { content: { ...contentOf('90AL'), answers: {} } });
    await noord.act('proposal', lapsed, 'submit', applicant(1));
    await noord.act('proposal', lapsed, 'ask-completion', noord.people.secretary, { missing: ['answers.goal'] });
    const system = { id: null, regions: ['noord'], system: true };
    const receivedAt = await noord.database.now();
    await noord.round.engine.act({
      subject: { kind: 'proposal', id: lapsed },
      action: 'lapse',
      actor: system,
      receivedAt,
    });
    await noord.act('proposal', lapsed, 'propose-not-processing', noord.people.secretary, {
      reasons: 'Niet aangevuld.',
    });
    await noord.act('proposal', lapsed, 'not-process', noord.people.decider);
    expect([await verdictOn(lapsed, applicant(1)), await verdictOn(lapsed)]).toEqual([undefined, 'not-met']);
    await noord.act('proposal', other, 'withdraw', applicant(0));
    expect([await verdictOn(lapsed, applicant(1)), await verdictOn(lapsed)]).toEqual([undefined, 'not-met']);
  });
});

describe('a refusal on the once-rule', () => {
  it('rests on what others applied for, so the applicant is heard first (Awb 4:7)', async () => {
    const call = await callUnder(ONE_PER_SCHOOL);
    await submittedOf(call, '90AM');
    const second = await submittedOf(call, '90AM');
    await noord.act('proposal', second, 'propose-refusal', noord.people.secretary, REFUSAL);
    await expect(noord.act('proposal', second, 'refuse', noord.people.decider)).rejects.toMatchObject({
      refusals: [{ condition: 'heard-where-required' }],
    });
  });

  it('is doubted when what counted is gone before it is decided', async () => {
    const call = await callUnder(ONE_PER_SCHOOL);
    const first = await submittedOf(call, '90AN');
    const second = await submittedOf(call, '90AN');
    await noord.act('proposal', second, 'propose-refusal', noord.people.secretary, REFUSAL);
    await noord.act('proposal', second, 'hear', noord.people.secretary, { view: 'Dat klopt.' });
    const warnings = async (): Promise<readonly string[]> => {
      const actor = { id: noord.people.decider, regions: ['noord'] };
      const receivedAt = await noord.database.now();
      const subject = { kind: 'proposal', id: second };
      const actions = await noord.round.engine.reader.actionsFor(subject, actor, receivedAt);
      return actions.find(({ action }) => action === 'refuse')?.warnings.map(({ condition }) => condition) ?? [];
    };
    const doubts = async (): Promise<boolean | undefined> => {
      const scope = { regions: ['noord'], actor: noord.people.decider, readOnly: true };
      const rows = await noord.database.unit(scope, (tx) => readBoard(tx, call));
      return rows.find(({ id }) => id === second)?.draft?.isDoubtful;
    };
    expect([await warnings(), await doubts()]).toEqual([[], false]);
    await noord.act('proposal', first, 'withdraw', applicant(0));
    expect([await warnings(), await doubts()]).toEqual([['a-condition-is-not-met'], true]);
  });
});

describe('who names a school that is not theirs', () => {
  it('keeps nobody out: people admit the other all the same, with a reason', async () => {
    const call = await callUnder(ONE_PER_SCHOOL);
    const wrong = await submittedOf(call, '90AO', 0);
    await noord.act('proposal', wrong, 'admit', noord.people.secretary);
    const right = await submittedOf(call, '90AO', 1);
    const { secretary } = noord.people;
    await expect(noord.act('proposal', right, 'admit', secretary)).rejects.toMatchObject({ code: 'move-refused' });
    const reason = { reason: 'De eerdere aanvraag noemde deze school per ongeluk.' };
    expect(await noord.act('proposal', right, 'admit-all-the-same', secretary, reason)).toMatchObject({
      state: 'Admitted',
    });
    for (const member of noord.people.members.slice(1, 4)) await noord.assign(right, member);
    await noord.act('proposal', right, 'start-review', secretary);
    // People looked at what counts: a later decision does not come back to it.
    expect([await verdictOn(right), await verdictOn(right, applicant(1))]).toEqual(['met', undefined]);
    await expect(
      noord.act('proposal', await submittedOf(call, '90AP', 2), 'admit-all-the-same', secretary, reason),
    ).rejects.toMatchObject({
      refusals: [{ condition: 'only-the-count-is-wrong' }],
    });
  });

  it('learns nothing of it from a refusal that has another ground to stand on', async () => {
    const call = await callUnder(ONE_PER_SCHOOL);
    await submittedOf(call, '90AQ', 0);
    const curious = await noord.draft(call, applicant(1), { content: { ...contentOf('90AQ'), partners: [] } });
    await noord.act('proposal', curious, 'submit', applicant(1));
    await noord.act('proposal', curious, 'propose-refusal', noord.people.secretary, REFUSAL);
    await noord.act('proposal', curious, 'refuse', noord.people.decider);
    const decision = await noord.database.unit(
      { regions: ['noord'], actor: noord.people.secretary, readOnly: true },
      (tx) => readDecision(tx, curious),
    );
    expect(decision?.unmet).toEqual(expect.arrayContaining(['another-partner']));
    expect(decision?.unmet).not.toContain('once');
  });
});
