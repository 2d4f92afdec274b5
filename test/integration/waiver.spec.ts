import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer } from '#app/server';
import { ROUND_INVARIANTS } from '#lib/decision';
import { checkInvariants, ENGINE_INVARIANTS } from '#lib/engine';
import { projectFolder } from '#lib/settings';
import { budgetOf, eligibleContent } from '../support/round-people.js';
import { PageReader } from '../support/page-reader.js';
import { serve } from '../support/round-server.js';
import { TestRound } from '../support/test-round.js';
import { mailsAbout, regulate } from '../support/variant-region.js';

let noord: TestRound;
let server: RunningServer;
let pages: PageReader;
let call: string;
/** Best first: one that is granted, two with a place on the reserve list, one below the threshold, one refused on intake. */
let [granted, first, second, refused, unfit] = ['', '', '', '', ''];
const applicant = (n: number): string => noord.people.applicants[n] ?? '';
const CONFIRMED = { confirmed: true };

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 5 });
  server = await serve(noord);
  pages = new PageReader(noord.look, server.url);
  await regulate(noord, { regime: 'AWB', distribution: { ceilingCents: 400_000 } });
  call = await noord.openCall();
  await noord.seatAll(call);
  const content = eligibleContent({ budget: budgetOf(400_000) });
  const ids: string[] = [];
  for (const [n, score] of [5, 4, 4, 1].entries()) ids.push(await noord.scored(call, applicant(n), score, content));
  [granted, first, second, refused] = ids as [string, string, string, string];
  unfit = await noord.draft(call, applicant(4));
  await noord.act('proposal', unfit, 'submit', applicant(4));
  const reasons = { ground: 'condition', reasons: 'Te weinig scholen.', restsOnOthersFacts: false };
  await noord.act('proposal', unfit, 'propose-refusal', noord.people.secretary, reasons);
  await noord.act('proposal', unfit, 'refuse', noord.people.decider);
  await noord.rank(call);
  for (const id of ids) {
    const ground = id === refused ? 'threshold' : 'ceiling';
    await noord.prepared(id, id === granted ? { outcome: 'grant' } : { outcome: 'refuse', ground });
    await noord.act('proposal', id, id === granted ? 'grant' : 'refuse', noord.people.decider);
  }
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

interface Told {
  readonly state: string | null;
  readonly stateLabel: string;
  readonly phase: string;
  readonly outcome: string | null;
  readonly amountCents: number | null;
  readonly waivedAt: string | null;
  readonly actions: readonly { readonly action: string }[];
}
const told = async (person: string, id: string): Promise<Told> =>
  JSON.parse(await pages.page(person, `/api/v1/proposals/${id}`)) as Told;
const actsOf = async (n: number, id: string): Promise<readonly string[]> =>
  (await told(applicant(n), id)).actions.map(({ action }) => action);
const money = async (): Promise<unknown> =>
  (await noord.one('select awarded_cents::int as cents from ceiling where call_id = $1', [call]))['cents'];
const decisionOf = (id: string): Promise<Record<string, unknown>> =>
  noord.one(
    `select outcome, amount_cents::int as cents, reserve_place as place, undone_at as undone, waived_by as by
     from decision where proposal_id = $1 order by decided_at desc limit 1`,
    [id],
  );
/** What who applied, and staff, read of a decision for ever. */
const READABLE = ['', '/besluit', '/besluit.pdf', '/bezwaar', '/uitleg', '/opnieuw'];
const statuses = async (person: string, id: string, paths = READABLE): Promise<readonly number[]> => {
  const found: number[] = [];
  for (const path of paths) found.push(await pages.statusOf(person, `/aanvragen/${id}${path}`));
  return found;
};

/** Where each proposal stands in the words of REST, for who applies. */
const labels = async (): Promise<readonly string[]> => {
  const all = [granted, first, refused, unfit].map((id, i) => told(applicant([0, 1, 3, 4][i] ?? 0), id));
  return (await Promise.all(all)).map(({ stateLabel }) => stateLabel);
};

describe('before the announcement', () => {
  it('no words tell the decision', async () => {
    expect(new Set((await labels()).slice(0, 3)).size).toBe(1);
  });

  it('whoever applies can withdraw whatever was decided, and nobody is offered to waive', async () => {
    const acts = [await actsOf(0, granted), await actsOf(1, first), await actsOf(3, refused), await actsOf(4, unfit)];
    expect(acts).toEqual([['withdraw'], ['withdraw'], ['withdraw'], ['withdraw']]);
    await expect(noord.act('proposal', granted, 'waive', applicant(0), CONFIRMED)).rejects.toMatchObject({
      refusals: [{ condition: 'there-is-something-to-waive' }],
    });
  });
});

describe('after the announcement', () => {
  beforeAll(async () => {
    await noord.act('call', call, 'close-early', noord.people.decider, { reason: 'Alles is binnen.' });
    await noord.act('call', call, 'announce', noord.people.decider);
  });

  it('the words of the state say what was decided, also over REST', async () => {
    expect((await labels()).slice(0, 3)).toEqual(['Toegekend', 'Afgewezen', 'Afgewezen']);
    expect((await labels())[3]).toMatch(/afgewezen/i);
  });

  it('nobody withdraws: an award or a reserve place can be waived, a refusal has no such act', async () => {
    const acts = [await actsOf(0, granted), await actsOf(1, first), await actsOf(3, refused), await actsOf(4, unfit)];
    expect(acts).toEqual([['waive'], ['waive'], [], []]);
    for (const [n, id] of [granted, first, second, refused, unfit].entries())
      await expect(noord.act('proposal', id, 'withdraw', applicant(n))).rejects.toMatchObject({
        refusals: [{ condition: 'nothing-is-announced' }],
      });
    for (const [n, id] of [
      [3, refused],
      [4, unfit],
    ] as const) {
      const page = await pages.textOf(applicant(n), `/aanvragen/${id}`);
      expect(page).not.toMatch(/trek de aanvraag in|afzien/i);
    }
  });

  it('is confirmed by who may sign: not by silence, not by a no, not by staff', async () => {
    for (const payload of [{}, { confirmed: false }])
      await expect(noord.act('proposal', granted, 'waive', applicant(0), payload)).rejects.toMatchObject({
        code: 'payload-is-wrong',
        faults: [{ field: 'confirmed', fault: 'missing' }],
      });
    for (const person of [noord.people.secretary, noord.people.decider, applicant(1)])
      await expect(noord.act('proposal', granted, 'waive', person, CONFIRMED)).rejects.toMatchObject({
        code: 'action-unknown',
      });
  });

  it('the page says first what is given up, what follows and what stays, and asks for a tick', async () => {
    const page = await pages.textOf(applicant(0), `/aanvragen/${granted}/acties/waive`);
    expect(page).toContain('€ 4.000');
    expect(page).toContain('reservelijst');
    expect(page).toMatch(/niet ongedaan/);
    expect(page).toMatch(/bezwaar/);
    const place = await pages.textOf(applicant(1), `/aanvragen/${first}/acties/waive`);
    expect(place).toContain('plaats 1 op de reservelijst');
    const answer = await pages.send(applicant(0), `/aanvragen/${granted}/acties/waive`, {
      reason: 'De school fuseert.',
    });
    expect(answer.status).toBe(422);
    const again = await answer.text();
    expect(again).toContain('De school fuseert.');
    expect(again).toContain('href="#confirmed"');
    expect(await money()).toBe(400_000);
  });

  it('an award that is waived gives its money back, stays as it was announced, and is told to who runs the call', async () => {
    const before = await statuses(applicant(0), granted);
    const letter = await pages.textOf(applicant(0), `/aanvragen/${granted}/besluit`);
    await pages.send(applicant(0), `/aanvragen/${granted}/acties/waive`, {
      confirmed: 'on',
      reason: 'De school fuseert.',
    });
    expect(await told(applicant(0), granted)).toMatchObject({
      ...{ phase: 'ended', outcome: 'granted', amountCents: 400_000, waivedAt: expect.any(String), actions: [] },
    });
    expect(await told(noord.people.secretary, granted)).toMatchObject({ state: 'Waived', outcome: 'granted' });
    expect(await decisionOf(granted)).toEqual({
      ...{ outcome: 'granted', cents: 400_000, place: null, undone: null, by: applicant(0) },
    });
    expect(await money()).toBe(0);
    expect(await statuses(applicant(0), granted)).toEqual(before);
    expect(await pages.textOf(applicant(0), `/aanvragen/${granted}/besluit`)).toContain(
      letter.slice(0, letter.indexOf('Download')),
    );
    const [mail] = await mailsAbout(noord, granted, 'waived');
    expect(mail?.text).toContain('€ 4.000,00');
    const staff = await mailsAbout(noord, granted, 'waiver-told');
    expect(staff).toHaveLength(2);
    expect(staff[0]?.subject).toContain('ziet af van de toekenning');
    expect(await mailsAbout(noord, granted, 'withdrawn')).toEqual([]);
    const task = `select for_role from task where kind = 'reserve-list' and subject_id = $1`;
    expect(await noord.one(task, [call])).toEqual({ for_role: 'secretary' });
  });

  it('leaves a gap among the places of the ranking, which its page names, and counts in no figure', async () => {
    const page = await pages.textOf(noord.people.secretary, `/rondes/${call}/rangschikking`);
    expect(page).toMatch(/Plaats 1 doet niet meer mee: \S+, /);
    expect(page).toMatch(/Oordelen binnen 9 van 9/);
  });

  it('decision, PDF, objection and explanation stay open to who applied and to staff', async () => {
    expect(await statuses(applicant(0), granted)).toEqual([200, 200, 200, 200, 200, 200]);
    const objection = { reasons: 'Het bedrag was te laag om te beginnen.', contact: '' };
    const sent = await pages.send(applicant(0), `/aanvragen/${granted}/bezwaar`, objection);
    expect(sent.status).toBeLessThan(400);
    const staff = ['', '/besluit', '/besluit.pdf', '/bezwaar'];
    for (const person of [noord.people.secretary, noord.people.decider])
      expect(await statuses(person, granted, staff)).toEqual([200, 200, 200, 200]);
    const member = noord.people.members[4] ?? '';
    expect(await statuses(member, granted, ['', '/besluit'])).toEqual([200, 200]);
    expect(await statuses(applicant(2), granted)).toEqual([404, 404, 404, 404, 404, 404]);
  });

  it('is a document of its own: who confirmed what, why, and on which decision it rests', async () => {
    const document = await noord.one(
      `select t.figures, t.inputs, d.id as decision from document t join decision d on d.id = t.source_id
       where t.kind = 'waiver' and t.proposal_id = $1`,
      [granted],
    );
    expect(document).toMatchObject({
      figures: { amountCents: 400_000, reservePlace: null, reason: 'De school fuseert.', regime: 'AWB' },
      inputs: { decision: document['decision'], document: expect.any(String) },
    });
    const [staff, other] = [noord.people.secretary, applicant(2)];
    const path = `/aanvragen/${granted}/afzien.pdf`;
    expect(await pages.statusOf(applicant(0), path)).toBe(200);
    expect([await pages.statusOf(staff, path), await pages.statusOf(other, path)]).toEqual([200, 404]);
    expect(await pages.page(applicant(0), `/aanvragen/${granted}/besluit`)).toContain(`href="${path}"`);
    const { letter } = await noord.one(
      `select x.letter from document_text x join document t on t.id = x.document_id where t.kind = 'waiver' and t.proposal_id = $1`,
      [granted],
    );
    expect(letter).toMatch(/zag u af van de toekenning van €\s4\.000,00/);
  });

  it('counts as a proposal that was judged, and no more as an award, where the regulation counts', async () => {
    const counts = `select app.counts_for_once(p, 'proposals', null) as proposal, app.counts_for_once(p, 'awards', null) as award
      from proposal p where id = $1`;
    expect(await noord.one(counts, [granted])).toEqual({ proposal: true, award: false });
  });

  it('is done once', async () => {
    await expect(noord.act('proposal', granted, 'waive', applicant(0), CONFIRMED)).rejects.toMatchObject({
      code: 'action-not-now',
    });
    expect(await money()).toBe(0);
  });

  it('a reserve place that is waived keeps its number, and the next on the list is next', async () => {
    const prepare = (id: string): Promise<unknown> =>
      noord.act('proposal', id, 'prepare-decision', noord.people.secretary, {
        ...{ outcome: 'grant', reasons: 'Er kwam geld vrij.' },
      });
    await expect(prepare(second)).rejects.toMatchObject({ refusals: [{ condition: 'next-on-the-reserve-list' }] });
    // Its promotion lies before the board; waiving takes it away.
    await prepare(first);
    await noord.act('proposal', first, 'waive', applicant(1), CONFIRMED);
    expect(await decisionOf(first)).toMatchObject({ outcome: 'refused', place: 1, undone: null, by: applicant(1) });
    await expect(noord.act('proposal', first, 'promote', noord.people.decider)).rejects.toMatchObject({
      code: 'action-not-now',
    });
    expect(await noord.one('select count(*)::int as n from decision_draft where proposal_id = $1', [first])).toEqual({
      n: 0,
    });
    const [mail] = await mailsAbout(noord, first, 'waived');
    expect(mail?.text).toContain('plaats 1 op de reservelijst');
    expect(await statuses(applicant(1), first)).toEqual([200, 200, 200, 200, 200, 200]);
    await prepare(second);
    await noord.act('proposal', second, 'promote', noord.people.decider);
    expect(await money()).toBe(400_000);
    expect(await decisionOf(second)).toMatchObject({ outcome: 'granted', cents: 400_000 });
  });

  it('what was promoted can be waived as well, once, however often it is sent at the same moment', async () => {
    const waive = (): Promise<unknown> => noord.act('proposal', second, 'waive', applicant(2), CONFIRMED);
    const results = await Promise.allSettled([waive(), waive(), waive()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await money()).toBe(0);
    expect(await statuses(applicant(2), second)).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it('leaves every invariant whole', async () => {
    expect(await checkInvariants(noord.look, [...ENGINE_INVARIANTS, ...ROUND_INVARIANTS])).toEqual([]);
  });
});

describe('a call that froze its rules before there was waiving', () => {
  it('keeps an announced decision all the same, and says what to do', async () => {
    const old = await noord.openCall('2027-old');
    await noord.seatAll(old);
    await regulate(noord, { distribution: { ceilingCents: 400_000 } });
    const id = await noord.scored(old, applicant(0), 5);
    await freezeAsBefore(old);
    await noord.rank(old);
    await noord.prepared(id);
    await noord.act('proposal', id, 'grant', noord.people.decider);
    await noord.act('call', old, 'close-early', noord.people.decider, { reason: 'Alles is binnen.' });
    await noord.act('call', old, 'announce', noord.people.decider);
    await expect(noord.act('proposal', id, 'withdraw', applicant(0))).rejects.toMatchObject({
      code: 'announced-decision-stays',
    });
    const answer = await pages.send(applicant(0), `/aanvragen/${id}/acties/withdraw`, {});
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Het besluit is bekendgemaakt en blijft bestaan');
    expect(await statuses(applicant(0), id)).toEqual([200, 200, 200, 200, 200, 200]);
  });
});

describe('the migration that knows of waiving', () => {
  it('brings an award back that was withdrawn after its announcement before, as waived', async () => {
    const { id } = (await noord.one(`select id from proposal where call_id <> $1 and outcome = 'granted'`, [call])) as {
      id: string;
    };
    // What withdrawing did: the decision undone, the money given back, nothing left on the proposal.
    await noord.look.query('update decision set undone_at = app_now() where proposal_id = $1', [id]);
    await noord.look.query(
      `update ceiling set awarded_cents = 0 where call_id = (select call_id from proposal where id = $1)`,
      [id],
    );
    await noord.look.query(
      `with gone as (update proposal set phase = 'ended', state = 'Withdrawn', version = version + 1, outcome = null, amount_cents = null,
          decided_by = null, decided_at = null where id = $1 returning id, region, version)
        insert into transition (region, subject_kind, subject_id, version, action, from_state, to_state, from_phase, to_phase, actor, received_at,
            rules_hash, facts)
          select region, 'proposal', id, version, 'withdraw', 'Granted', 'Withdrawn', 'decided', 'ended', $2, app_now(), 'x', '{}' from gone`,
      [id, applicant(0)],
    );
    expect(await statuses(applicant(0), id)).toEqual([200, 404, 404, 404, 404, 200]);
    const migration = readFileSync(join(projectFolder(), 'libs', 'database', 'sql', '0076-waiver.up.sql'), 'utf8');
    await noord.look.query(migration.slice(migration.indexOf('with gone as')));
    expect(await statuses(applicant(0), id)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await told(applicant(0), id)).toMatchObject({ outcome: 'granted', waivedAt: expect.any(String) });
    expect(await decisionOf(id)).toMatchObject({ undone: null, by: applicant(0) });
    expect(await checkInvariants(noord.look, ROUND_INVARIANTS)).toEqual([]);
  });
});

/** Gives a call the rules as they were frozen before: one withdraws at any time, and waives never. */
const freezeAsBefore = async (callId: string): Promise<void> => {
  for (const column of ['rules_hash', 'texts_hash']) {
    const { rows } = await noord.look.query<{ hash: string; kind: string; content: Record<string, any> }>(
      `select f.hash, f.kind, f.content from frozen_pack f join call c on f.hash = c.${column} where c.id = $1`,
      [callId],
    );
    const [pack] = rows;
    if (pack === undefined) throw new Error('The call has no pack.');
    const { actions } = pack.content['workflows']['proposal-tender'].states.Granted;
    delete actions.waive;
    delete actions.withdraw?.['offered-when'];
    const hash = `${pack.hash.slice(0, -4)}0000`;
    const write = 'insert into frozen_pack (hash, kind, content) values ($1, $2, $3)';
    await noord.look.query(write, [hash, pack.kind, JSON.stringify(pack.content)]);
    await noord.look.query(`update call set ${column} = $2 where id = $1`, [callId, hash]);
  }
};
