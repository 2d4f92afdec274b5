import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '#app/server';
import { sessionOf } from '../support/screen-world.js';
import { serve } from '../support/round-server.js';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
let call: string;
let proposal: string;
let session: string;
beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  server = await serve(noord);
  call = await noord.openCall();
  await noord.seatAll(call);
  const [applicant = '', other = ''] = noord.people.applicants;
  session = await sessionOf(noord, applicant);
  proposal = await noord.draft(call, applicant);
  await noord.act('proposal', proposal, 'submit', applicant);
  const reasons = { ground: 'condition', reasons: 'Er doet maar één school mee.', restsOnOthersFacts: false };
  await noord.act('proposal', proposal, 'propose-refusal', noord.people.secretary, reasons);
  const good = await noord.scored(call, other, 4);
  await noord.rank(call);
  await noord.prepared(good);
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

const bodyOf = async (path: string): Promise<string> =>
  (await fetch(`${server.url}${path}`, { headers: { cookie: `session=${session}; taal=nl` } })).text();
/** All that the applicant can read, without what is new with every answer or every move. */
const allThatIsTold = async (): Promise<readonly string[]> => {
  const json = JSON.parse(await bodyOf(`/api/v1/proposals/${proposal}`)) as Record<string, unknown>;
  const pages = ['/', '/aanvragen', `/aanvragen/${proposal}`];
  const texts = await Promise.all(pages.map(async (path) => (await bodyOf(path)).replace(/nonce="[^"]*"/g, '')));
  return [
    JSON.stringify({ ...json, version: 0 }),
    ...texts.map((text) => text.replace(/name="_key" value="[^"]*"/g, '')),
  ];
};

describe('a decision that is taken back', () => {
  it.each(['grant', 'refuse'] as const)('lets its term run on to the day it had (%s)', async (outcome) => {
    const { applicants, decider } = noord.people;
    const other = await noord.openCall(`2027-${outcome}`);
    await noord.seatAll(other);
    const id = await noord.scored(other, applicants[0] ?? '', 4);
    await noord.rank(other);
    const ground = outcome === 'grant' ? {} : { ground: 'ceiling', deviationReason: 'Het budget is op.' };
    await noord.prepared(id, { outcome, ...ground });
    const term = `select state, last_day::text as day from term where subject_id = $1 and name = 'decision'`;
    const { day } = await noord.one(term, [id]);
    await noord.act('proposal', id, outcome, decider);
    expect(await noord.one(term, [id])).toEqual({ state: 'ended', day });
    expect(await noord.act('proposal', id, 'undo', decider, { reason: 'Te vroeg.' })).toMatchObject({
      state: 'Advised',
    });
    expect(await noord.one(term, [id])).toEqual({ state: 'running', day });
    const reminders = `select distinct status from term_reminder r join term t on t.id = r.term_id where t.subject_id = $1 and t.name = 'decision'`;
    expect(await noord.one(reminders, [id])).toEqual({ status: 'new' });
  });
});

describe('a refusal on intake in a tender', () => {
  it('changes nothing of what the applicant reads until all decisions are announced', async () => {
    const before = await allThatIsTold();
    expect(before[0]).toContain('"phase":"screening"');
    expect(before[3]).toContain('U hoort de beslissing uiterlijk');
    await noord.act('proposal', proposal, 'refuse', noord.people.decider);
    const { state, phase } = await noord.one('select state, phase from proposal where id = $1', [proposal]);
    expect([state, phase]).toEqual(['RefusedOnIntake', 'decided']);
    expect(await allThatIsTold()).toEqual(before);
    const start = await fetch(`${server.url}/`, {
      headers: { cookie: `session=${await sessionOf(noord, noord.people.decider)}; taal=nl` },
    });
    expect(await start.text()).not.toContain('Afgewezen bij de controle');
  });

  it('moves its day with the closing, as the days of the others do', async () => {
    const dayOf = async (): Promise<string> =>
      /U hoort de beslissing uiterlijk ([^.<]*)/.exec(await bodyOf(`/aanvragen/${proposal}`))?.[1] ?? '';
    const before = await dayOf();
    const newClosing = new Date(Date.parse(await noord.database.now()) + 40 * 86_400_000).toISOString();
    await noord.act('call', call, 'extend', noord.people.decider, { newClosing, reason: 'Storing.' });
    const after = await dayOf();
    expect([before === '', after === '', before === after]).toEqual([false, false, false]);
    const { rows } = await noord.look.query<{ day: string }>(
      `select distinct last_day::text as day from term t join proposal p on p.id = t.subject_id where p.call_id = $1 and t.name = 'decision'`,
      [call],
    );
    expect(rows).toHaveLength(1);
  });

  it('is undone to where it came from: the check', async () => {
    const { decider, secretary } = noord.people;
    await noord.act('proposal', proposal, 'undo', decider, { reason: 'De school is gevonden.' });
    expect(await noord.one('select state from proposal where id = $1', [proposal])).toEqual({ state: 'Submitted' });
    const reasons = { ground: 'condition', reasons: 'Toch niet.', restsOnOthersFacts: false };
    await noord.act('proposal', proposal, 'propose-refusal', secretary, reasons);
    await noord.act('proposal', proposal, 'refuse', decider);
  });

  it('is read with all the others', async () => {
    const { decider } = noord.people;
    const { id } = await noord.one(`select id from proposal where call_id = $1 and phase = 'advised'`, [call]);
    await noord.act('proposal', String(id), 'grant', decider);
    await noord.act('call', call, 'close-early', decider, { reason: 'Klaar.' });
    await noord.act('call', call, 'announce', decider);
    const [json] = await allThatIsTold();
    expect(JSON.parse(json ?? '{}')).toMatchObject({ phase: 'decided', outcome: 'refused' });
    expect(await bodyOf(`/aanvragen/${proposal}`)).toContain('Uw aanvraag is afgewezen');
  });
});
