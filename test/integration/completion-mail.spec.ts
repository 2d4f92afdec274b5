import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Templates } from '#lib/notices';
import { TestRound } from '../support/test-round.js';

let zuidwest: TestRound;
beforeAll(async () => {
  zuidwest = await TestRound.open({ members: 1, applicants: 1 }, 10, 'zuidwest');
});
afterAll(() => zuidwest.close());

/** The view of the mail that asks for a goal and a statement, in a call that closes in an hour after these days. */
const asked = async (number: string, days: number): Promise<Record<string, unknown>> => {
  const [applicant = ''] = zuidwest.people.applicants;
  const proposal = await zuidwest.draft(await zuidwest.openCall(number, { days }), applicant);
  await zuidwest.act('proposal', proposal, 'submit', applicant);
  const missing = ['answers.goal', 'file.sharingPlan'];
  await zuidwest.act('proposal', proposal, 'ask-completion', zuidwest.people.secretary, { missing });
  const { view } = await zuidwest.one(
    `select view from outbox where template = 'completion-request' order by created_at desc limit 1`,
  );
  return view as Record<string, unknown>;
};

describe('the mail that asks for a completion', () => {
  it('asks to tick a statement, and names no closing that comes after its own term', async () => {
    expect((await asked('2027-1', 40))['missing']).toEqual([
      { question: 'Wat leren ze ervan?', until: null },
      {
        question: 'Vink aan als het klopt: Er is een plan om de opbrengst te delen.',
        until: null,
      },
    ]);
  });

  it('names a closing that comes before the end of its term, without seconds', async () => {
    const view = await asked('2027-2', 0);
    const { closes } = await zuidwest.one(`select app.iso(closes_at) as closes from call where number = '2027-2'`);
    expect(view['missing']).toMatchObject([{ until: closes }, { until: closes }]);
    const { text } = Templates.load().render('completion-request', 'nl', { ...view, sender: 'Noord' });
    expect(text).toMatch(/\(alleen tot de ronde sluit: [a-z]+ \d+ [a-z]+ \d{4}, \d{2}\.\d{2} uur\)/);
  });
});
