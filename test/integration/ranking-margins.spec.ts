import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from '#app/server';
import { COMPUTATIONS } from '#app/worker';
import { Database } from '#lib/database';
import { readMargins, type Margins } from '#lib/decision';
import { replayBundle, type Bundle } from '#lib/kernel';
import { ChoreRunner, jobChore, ThreadPool } from '#lib/queue';
import { rankCalculator } from '#lib/scoring';
import { sessionOf } from '../support/screen-world.js';
import { serve } from '../support/round-server.js';
import { TestRound } from '../support/test-round.js';
import { regulate } from '../support/variant-region.js';

let noord: TestRound;
let server: RunningServer;
let workers: Database;
let call: string;
/** From the best to the worst. Each proposal asks 4,000 euros, and the ceiling is 30,000: seven get money. */
const MEANS = [5, 5, 4, 4, 4, 4, 4, 4, 4, 2];
beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
  server = await serve(noord);
  // an interest in one proposal hides that one alone
  await regulate(noord, { committee: { interestScope: 'case' } });
  call = await noord.openCall();
  await noord.seatAll(call);
  const [lead = ''] = noord.people.applicants;
  for (const mean of MEANS) {
    const id = await noord.draft(call, lead);
    await noord.act('proposal', id, 'submit', lead);
    await noord.reviewed(id, [mean, mean === 5 ? 5 : mean + 1, mean === 2 ? 2 : mean - 1]);
  }
}, 120_000);
afterAll(async () => {
  await server.stop();
  await workers.close();
  await noord.close();
});

const readAs = (actor: string, region = 'noord'): Promise<Margins | null> =>
  noord.database.unit({ regions: [region], actor, readOnly: true }, (tx) => readMargins(tx, call));
const pageAs = async (person: string): Promise<string> => {
  const headers = { cookie: `session=${await sessionOf(noord, person)}; taal=nl` };
  return (await fetch(`${server.url}/rondes/${call}/rangschikking`, { headers })).text();
};
/** As a worker of an installation does. */
const compute = async (): Promise<void> => {
  const work = { database: workers, worker: 'w', pool: new ThreadPool(1), computations: COMPUTATIONS };
  const runner = new ChoreRunner({ chores: [jobChore(work)], everyMs: 50 });
  runner.start();
  for (let i = 0; i < 600 && (await readAs(noord.people.secretary))?.status !== 'done'; i++) await sleep(50);
  await runner.drain(5_000);
};

describe('the margins of a ranking', () => {
  it('are there none before there is a ranking', async () => {
    expect(await readAs(noord.people.secretary)).toBeNull();
  });

  it('are asked with the ranking, told to be on their way, and computed by a worker', async () => {
    const { secretary } = noord.people;
    await noord.rank(call);
    expect(await readAs(secretary)).toMatchObject({ status: 'new', line: 7, of: 10, places: {} });
    const before = await pageAs(secretary);
    expect(before).toContain('Ververs de pagina over een minuut');
    expect(before).not.toContain('Plaats, met marge');
    await compute();
    const margins = await readAs(secretary);
    expect(Object.keys(margins?.places ?? {})).toHaveLength(10);
    const last = margins?.places['2027-1-010'];
    expect([last?.lo, last?.hi]).toEqual([10, 10]);
    const page = await pageAs(secretary);
    expect(page).toContain('Plaats, met marge');
    // Seven equal proposals share the places around the line: the score does not decide between them.
    expect(page.match(/Rond de budgetgrens/g)).toHaveLength(7);
    expect(page).toMatch(
      /Bespreken<\/dt><dd><span class="wt-kpi__v">7 aanvragen<\/span><span class="wt-kpi__s">marge raakt de budgetgrens/,
    );
  });

  it('are a bundle that anybody can compute again, without the name or id of a reviewer', async () => {
    const { result } = (await noord.one(`select result from job where kind = 'bundle'`)) as { result: Bundle };
    const tools = { progress: () => undefined, isCancelled: () => false };
    expect(replayBundle(result, rankCalculator, 20, tools)).toMatchObject({ same: true, hashHolds: true });
    const text = JSON.stringify(result);
    for (const member of noord.people.members) expect(text).not.toContain(member);
  });

  it('are for staff of the region alone', async () => {
    const { applicants, members } = noord.people;
    expect(await readAs(applicants[0] ?? '')).toBeNull();
    expect(await readAs(noord.people.secretary, 'zuid')).toBeNull();
    expect(await readAs(members[0] ?? '')).not.toBeNull();
  });

  it('are told over REST too, without what the reader has an interest in', async () => {
    const chair = noord.people.members[0] ?? '';
    const first = await noord.one(`select id, number from proposal where number = '2027-1-001'`);
    const declare = `insert into interest (region, call_id, proposal_id, person_id, declared_by) values ('noord', $1, $2, $3, $3)`;
    await noord.look.query(declare, [call, first['id'], chair]);
    const askAs = async (person: string): Promise<Margins> => {
      const headers = { cookie: `session=${await sessionOf(noord, person)}` };
      const answer = await fetch(`${server.url}/api/v1/calls/${call}/rankings/newest`, { headers });
      return ((await answer.json()) as { margins: Margins }).margins;
    };
    const [told, open] = [await askAs(chair), await askAs(noord.people.secretary)];
    expect([told.status, open.line, open.of]).toEqual(['done', 7, 10]);
    expect(Object.keys(told.places).sort()).toEqual(Object.keys(open.places).sort().slice(1));
  });
});
