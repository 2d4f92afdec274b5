import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#lib/database';
import { readDecision, type DecisionView } from '#lib/decision';
import { expireDueTerms } from '#lib/engine';
import { openRound } from '#app/worker';
import { eligibleContent } from '../support/round-people.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let call: string;
let granted: string;
let notProcessed: string;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  const { secretary, decider, applicants } = noord.people;
  const [winner = '', other = ''] = applicants;
  call = await noord.openCall();
  await noord.seatAll(call);
  granted = await noord.scored(call, winner);
  await noord.rank(call);
  await noord.prepared(granted);
  await noord.act('proposal', granted, 'grant', decider);
  notProcessed = await noord.draft(call, other, { content: eligibleContent({ payee: {} }) });
  await noord.act('proposal', notProcessed, 'submit', other);
  await noord.act('proposal', notProcessed, 'ask-completion', secretary, { missing: ['payee.iban'] });
  await lapse(notProcessed);
  await noord.act('proposal', notProcessed, 'propose-not-processing', secretary, { reasons: 'Niet aangevuld.' });
  await noord.act('proposal', notProcessed, 'not-process', decider);
});
afterAll(() => noord.close());

/** As if the term of the completion began a month earlier and is over now. */
const lapse = async (id: string): Promise<void> => {
  await noord.look.query(
    `update term set started_on = started_on - 30, last_day = last_day - 30, due_at = due_at - interval '30 days'
     where subject_id = $1 and name = 'completion'`,
    [id],
  );
  await noord.look.query(
    `update term_suspension s set from_day = from_day - 30 from term t where t.id = s.term_id and t.subject_id = $1`,
    [id],
  );
  const workers = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
  const { engine } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined });
  while ((await expireDueTerms({ engine, database: workers, worker: 'test' })) > 0);
  await workers.close();
};
const decisionFor = (actor: string, id: string): Promise<DecisionView | null> =>
  noord.database.unit({ regions: ['noord'], actor, readOnly: true }, (tx) => readDecision(tx, id));

describe('the line under what got money', () => {
  it('is told to nobody who applies before the announcement, though the own decision was told at once', async () => {
    expect(await decisionFor(noord.people.applicants[0] ?? '', granted)).toBeNull();
    expect(await decisionFor(noord.people.applicants[1] ?? '', notProcessed)).toMatchObject({
      outcome: 'not-processed',
      line: null,
    });
    expect(await decisionFor(noord.people.secretary, granted)).toMatchObject({ line: { position: 1 } });
  });

  it('is told with the announcement; a letter that was sent before stays as it was sent', async () => {
    const { decider, applicants } = noord.people;
    await noord.act('call', call, 'close-early', decider, { reason: 'x' });
    await noord.act('call', call, 'announce', decider);
    expect(await decisionFor(applicants[0] ?? '', granted)).toMatchObject({ line: { position: 1 } });
    expect(await decisionFor(applicants[1] ?? '', notProcessed)).toMatchObject({ line: null });
  });
});
