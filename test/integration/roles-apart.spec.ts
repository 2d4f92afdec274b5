import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { RunningServer } from '#app/server';
import { sessionOf } from '../support/screen-world.js';
import { serve } from '../support/round-server.js';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;
let server: RunningServer;
/** Chair and decider in one person. */
let both: string;
beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  [both = ''] = noord.people.members;
  await noord.look.query(`insert into role_assignment (region, person_id, role) values ('noord', $1, 'decider')`, [
    both,
  ]);
  server = await serve(noord);
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

const refused = (condition: string): object => ({ refusals: [{ condition }] });
const decided = async (number: string): Promise<{ call: string; proposal: string }> => {
  const call = await noord.openCall(number);
  await noord.seatAll(call);
  const proposal = await noord.scored(call, noord.people.applicants[0] ?? '', 4);
  await noord.rank(call);
  await noord.prepared(proposal);
  return { call, proposal };
};

it('who advised on a proposal does not decide on it, and reads why before trying (Awb 3:5)', async () => {
  const { proposal } = await decided('2027-1');
  await expect(noord.act('proposal', proposal, 'grant', both)).rejects.toMatchObject(
    refused('adviser-does-not-decide'),
  );
  const headers = { cookie: `session=${await sessionOf(noord, both)}; taal=nl` };
  const page = await (await fetch(`${server.url}/besluiten`, { headers })).text();
  expect(page).toContain('U gaf het advies. Een ander beslist.');
  expect(page).toMatch(new RegExp(`name="besluit.${proposal}" value="on" disabled`));
  expect(await noord.act('proposal', proposal, 'grant', noord.people.decider)).toMatchObject({ state: 'Granted' });
});

it('who applies in a call neither moves its closing, nor closes it early, nor announces it (Awb 2:4)', async () => {
  const { call, proposal } = await decided('2027-2');
  await noord.act('proposal', proposal, 'grant', noord.people.decider);
  const extend = { newClosing: '2027-12-01T16:00:00Z', reason: 'Storing.' };
  const own = await noord.draft(call, both);
  const no = refused('actor-does-not-apply');
  await expect(noord.act('call', call, 'extend', both, extend)).rejects.toMatchObject(no);
  await expect(noord.act('call', call, 'close-early', both, { reason: 'Klaar.' })).rejects.toMatchObject(no);
  await noord.act('call', call, 'close-early', noord.people.decider, { reason: 'Klaar.' });
  await expect(noord.act('call', call, 'announce', both)).rejects.toMatchObject(no);
  // Nobody is held by what was thrown away.
  await noord.act('proposal', own, 'discard', both);
  expect(await noord.act('call', call, 'announce', both)).toMatchObject({ state: 'Announced' });
});

it('neither does who has a mandate of a school that takes part; a draft that names it binds nobody', async () => {
  const call = await noord.openCall('2027-3');
  const draft = await noord.draft(call, noord.people.applicants[1] ?? '');
  const { decider } = noord.people;
  await noord.look.query(
    `insert into party (id, region, proposal_id, role, organisation, contact_name, email, institution, state)
      values ($1, 'noord', $2, 'school', 'School', 'A', 'a@x.example', '90001', 'listed')`,
    [randomUUID(), draft],
  );
  await noord.look.query(
    `insert into mandate (region, board, holder, holder_name, kinds, valid_from, given_by)
      select 'noord', '90001', email, name, '{apply}', current_date - 1, id from person where id = $1`,
    [decider],
  );
  const appliesThere = async (): Promise<unknown> =>
    (
      (await noord.one(`select app.open_call($1, $2, null, now()) #> '{facts,call,actorApplies}' as told`, [
        call,
        decider,
      ])) as {
        told: boolean;
      }
    ).told;
  await noord.look.query(`select set_config('app.regions', 'noord', false)`);
  expect(await appliesThere()).toBe(false);
  await noord.act('proposal', draft, 'submit', noord.people.applicants[1] ?? '');
  expect(await appliesThere()).toBe(true);
  await expect(noord.act('call', call, 'close-early', decider, { reason: 'Klaar.' })).rejects.toMatchObject(
    refused('actor-does-not-apply'),
  );
});
