import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { RunningServer } from '#app/server';
import { PageReader } from '../support/page-reader.js';
import { serve } from '../support/round-server.js';
import { TestRound } from '../support/test-round.js';
import { regulate } from '../support/variant-region.js';

let noord: TestRound;
let server: RunningServer;
let reader: PageReader;
let call: string;
/** One clear winner, two equal ones of which the money reaches one, and one below them. */
let [best, left, right, last] = ['', '', '', ''];
beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 4 });
  server = await serve(noord);
  reader = new PageReader(noord.look, server.url);
  await regulate(noord, { distribution: { ceilingCents: 1_000_000 } });
  call = await noord.openCall();
  await noord.seatAll(call);
  const made: string[] = [];
  for (const [i, score] of [5, 4, 4, 2].entries())
    made.push(await noord.scored(call, noord.people.applicants[i] ?? '', score));
  [best, left, right, last] = made as [string, string, string, string];
  await noord.rank(call);
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

const chair = (): string => noord.people.members[0] ?? '';
const ranking = (): string => `/rondes/${call}/rangschikking`;
const layAll = (): Promise<Response> => reader.send(chair(), `${ranking()}/voorleggen`, { _key: randomUUID() });
const advised = async (...ids: string[]): Promise<readonly unknown[]> => {
  const { rows } = await noord.look.query<{ id: string }>('select proposal_id as id from advice');
  return ids.map((id) => rows.some((row) => row.id === id));
};

describe('equal scores at the money line', () => {
  it('are said on the ranking, for the two they are about', async () => {
    const text = await reader.textOf(chair(), ranking());
    expect(text.match(/Gelijke plaats op de grens/g)).toHaveLength(2);
    expect(text).toContain('De commissie kiest.');
    expect(await reader.textOf(chair(), ranking(), 'en')).toContain('Equal place at the line');
  });

  it('are left out when the chair advises on all in one go, with the way to each', async () => {
    const page = await reader.page(chair(), `${ranking()}/voorleggen`);
    for (const id of [left, right]) expect(page).toContain(`/aanvragen/${id}/acties/advise`);
    expect((await layAll()).status).toBe(303);
    expect(await advised(best, left, right, last)).toEqual([true, false, false, true]);
  });

  it('are no longer equal once the committee has chosen against one; then the board is laid what it chose, not the lower number', async () => {
    await noord.act('proposal', left, 'advise', chair(), { outcome: 'refuse', reasonsPerCriterion: noord.reasons });
    // One is chosen against, so the money reaches the other: that is laid in one go again.
    expect(await reader.textOf(chair(), `${ranking()}/voorleggen`)).toMatch(/Toekennen \S+-003/);
    expect((await layAll()).status).toBe(303);
    expect(await reader.textOf(chair(), ranking())).not.toContain('Gelijke plaats op de grens');
    const secretary = noord.people.secretary;
    await reader.send(secretary, `${ranking()}/voorleggen`, { _key: randomUUID(), reasons: 'Wij volgen het advies.' });
    const { rows } = await noord.look.query<{ id: string; outcome: string; ground: string | null }>(
      'select proposal_id as id, outcome, ground from decision_draft',
    );
    expect(rows.find(({ id }) => id === left)).toMatchObject({ outcome: 'refuse', ground: 'ceiling' });
    expect(rows.find(({ id }) => id === right)).toMatchObject({ outcome: 'grant' });
  });

  it('are told to who lost the choice: the money went to whom the committee put first, too', async () => {
    const { decider } = noord.people;
    for (const [id, action] of [
      [best, 'grant'],
      [right, 'grant'],
      [left, 'refuse'],
      [last, 'refuse'],
    ] as const)
      await noord.act('proposal', id, action, decider);
    await noord.act('call', call, 'close-early', decider, { reason: 'Alles is binnen.' });
    await noord.act('call', call, 'announce', decider);
    const ground = async (id: string): Promise<unknown> =>
      (
        await noord.one(
          `select o.view ->> 'ground' as ground from outbox o join transition t on t.id = o.event_id
        where t.subject_id = $1 and o.template = 'decision-letter'`,
          [id],
        )
      )['ground'];
    expect(await ground(left)).toContain('die de commissie voor liet gaan');
    expect(await ground(last)).not.toContain('voor liet gaan');
    const page = await reader.textOf(noord.people.secretary, `/aanvragen/${left}/besluit`);
    expect(page).toContain('die de commissie voor liet gaan');
  });
});
