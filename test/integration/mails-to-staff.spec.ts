import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '#lib/kernel';
import { mailsAbout } from '../support/variant-region.js';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;
let id: string;
/** Holds every role at the desk and has declared an interest; the applicant is a secretary too. */
let [interested, applicant] = ['', ''];

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  [interested, applicant] = noord.people.applicants as [string, string];
  const give = `insert into role_assignment (region, person_id, role) select 'noord', $1, unnest($2::text[])`;
  await noord.look.query(give, [interested, ['secretary', 'decider']]);
  await noord.look.query(give, [applicant, ['secretary', 'decider']]);
  const call = await noord.openCall();
  await noord.seatAll(call);
  id = await noord.scored(call, applicant);
  await noord.look.query(
    `insert into interest (region, call_id, proposal_id, person_id, declared_by) values ('noord', $1, $2, $3, $3)`,
    [call, id, interested],
  );
});
afterAll(() => noord.close());

const toldOf = async (template: string): Promise<readonly string[]> =>
  (
    await noord.look.query<{ who: string }>('select recipient_key as who from outbox where template = $1 order by 1', [
      template,
    ])
  ).rows.map(({ who }) => who);

describe('a mail to staff about a proposal', () => {
  it('goes to nobody who has an interest in it or applies with it', async () => {
    const { secretary, decider, members } = noord.people;
    const advice = { outcome: 'refuse', reasonsPerCriterion: noord.reasons };
    await noord.act('proposal', id, 'advise', members[0] ?? '', advice);
    expect(await toldOf('advice-given')).toEqual([decider]);
    await noord.act('proposal', id, 'ask-view', secretary, { about: 'Het plan haalt de drempel niet.' });
    await noord.act('proposal', id, 'give-view', applicant, { view: 'Dat zie ik anders.' });
    expect(await toldOf('view-given')).toEqual([secretary, decider].sort());
    expect(await mailsAbout(noord, id, 'view-given')).toHaveLength(2);
  });

  it('reminds none of them of its terms either', async () => {
    const reminder = { id, subject: { kind: 'proposal', id }, term: 'decision', lastDay: '2027-01-01' as CalendarDate };
    await noord.database.unit({ regions: ['noord'], actor: null }, (tx) =>
      noord.round.engine.remind(tx, reminder, { id: null, regions: ['noord'] }),
    );
    expect(await toldOf('term-reminder')).toEqual([noord.people.decider]);
  });
});

describe('a mail about advice', () => {
  it('goes to who decides once a day for each call, and leads to the call', async () => {
    const calls = [await noord.openCall('2027-advice-1'), await noord.openCall('2027-advice-2')];
    const [first = '', second = ''] = calls;
    for (const call of calls) await noord.seatAll(call);
    const proposals: string[] = [];
    for (const call of [first, first, second]) proposals.push(await noord.scored(call, applicant));
    const advise = (proposal: string): Promise<unknown> =>
      noord.act('proposal', proposal, 'advise', noord.people.members[0] ?? '', {
        ...{ outcome: 'grant', reasonsPerCriterion: noord.reasons },
      });
    for (const proposal of proposals) await advise(proposal);
    const told = `select array_agg(view #>> '{aboutSubject,id}' order by created_at) as calls, min(view #>> '{aboutSubject,kind}') as kind
      from outbox where template = 'advice-given' and recipient_key = $1 and view #>> '{aboutSubject,id}' = any ($2)`;
    expect(await noord.one(told, [noord.people.decider, calls])).toEqual({ calls, kind: 'call' });
    await noord.look.query(
      `update outbox set created_at = created_at - interval '1 day' where template = 'advice-given'`,
    );
    await advise(await noord.scored(first, applicant));
    expect(await noord.one(told, [noord.people.decider, calls])).toMatchObject({ calls: [first, second, first] });
  });
});
