import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '#app/server';
import { openRound } from '#app/worker';
import { Database } from '#lib/database';
import { ROUND_INVARIANTS } from '#lib/decision';
import { checkInvariants, ENGINE_INVARIANTS, expireDueTerms, remindOfDueTerms } from '#lib/engine';
import {
  ATTACHMENT_INVARIANTS,
  PARTY_INVARIANTS,
  readProposal,
  readReceipt,
  readSetAside,
  SaveProposal,
  WriteParties,
  type ProposalView,
} from '#lib/intake';

import { PageReader } from '../support/page-reader.js';
import { eligibleContent } from '../support/round-people.js';
import { serve } from '../support/round-server.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';
import { mailsAbout } from '../support/variant-region.js';

let noord: TestRound;
let server: RunningServer;
let pages: PageReader;
let workers: Database;
let made = 0;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  server = await serve(noord);
  pages = new PageReader(noord.look, server.url);
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 2 });
});
afterAll(async () => {
  await workers.close();
  await server.stop();
  await noord.close();
});

const lead = (): string => noord.people.applicants[0] ?? '';
const work = (): Parameters<typeof expireDueTerms>[0] => ({
  engine: openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined }).engine,
  ...{ database: workers, worker: 'test' },
});
const own = async (id: string): Promise<ProposalView> => {
  const found = await noord.database.unit({ regions: ['noord'], actor: lead(), readOnly: true }, (tx) =>
    readProposal(tx, id),
  );
  if (found === null) throw new Error(`No proposal ${id}.`);
  return found;
};
const stateOf = async (id: string): Promise<unknown> =>
  (await noord.one('select state from proposal where id = $1', [id]))['state'];
const save = async (id: string, summary: string): Promise<void> => {
  const { revision, title } = await own(id);
  const receivedAt = await noord.database.now();
  const content = eligibleContent({ summary });
  await new SaveProposal(noord.database, noord.round.frozen).execute(id, { title, content }, revision, {
    ...{ actorId: lead(), region: 'noord', receivedAt },
  });
};
/** The closing comes by itself, with everything that the system does then. */
const closes = async (call: string): Promise<void> => {
  await noord.one(
    `update call set closes_at = app_now() - interval '2 minutes', opens_at = opens_at - interval '1 day' where id = $1`,
    [call],
  );
  await noord.one(
    `update term set due_at = app_now() - interval '1 second' where state = 'running' and period = 'P0D'
      and (subject_id = $1 or subject_id in (select id from proposal where call_id = $1))`,
    [call],
  );
  await expireDueTerms(work());
};
const faults = (): Promise<unknown> =>
  checkInvariants(noord.look, [
    ...[...ENGINE_INVARIANTS, ...ROUND_INVARIANTS, ...ATTACHMENT_INVARIANTS, ...PARTY_INVARIANTS],
  ]);

describe('a submitted proposal, until the closing', () => {
  let call: string;
  let id: string;
  let party: string;

  beforeEach(async () => {
    made += 1;
    call = await noord.openCall(`2031-${made}`, { days: 10 });
    id = await noord.draft(call, lead());
    const writing = new WriteParties(noord.database, noord.round.frozen, { messageIds: MESSAGE_IDS, linkTo: String });
    const place = { actorId: lead(), region: 'noord', receivedAt: await noord.database.now() };
    party = await writing.add(
      id,
      {
        ...{ role: 'partner', organisation: 'Kwekerij', contactName: 'T. van Dam', email: 'kas@x.example' },
        ...{
          language: 'nl',
          institution: null,
          part: { task: 'Kassen.', cashCents: null, hours: 20, inKindCents: null },
        },
      },
      place,
    );
    await noord.one(
      `update party set state = 'confirmed', answered_name = 'T. van Dam', answered_at = app_now(), part_hash = 'x' where id = $1`,
      [party],
    );
    await noord.act('proposal', id, 'submit', lead());
  });

  it('is taken back with everything it has, out of the sight of the desk', async () => {
    const before = await own(id);
    await noord.act('proposal', id, 'take-back', lead());
    const after = await own(id);
    expect(after).toMatchObject({
      content: before.content,
      attachments: before.attachments,
      receipts: before.receipts,
    });
    expect(await noord.one('select state from party where id = $1', [party])).toEqual({ state: 'confirmed' });
    expect(await pages.statusOf(noord.people.secretary, `/aanvragen/${id}`)).toBe(404);
    const [mail] = await mailsAbout(noord, id, 'taken-back');
    expect(mail?.text).toMatch(/weer in uw handen.*opnieuw in vóór .*zoals wij haar ontvingen op/s);
    expect(await pages.textOf(lead(), '/aanvragen')).toMatch(/Schoon water uit eigen hand Teruggenomen/);
    expect(await pages.textOf(lead(), `/aanvragen/${id}`)).toMatch(
      /Teruggenomen.*Dien haar vóór de sluiting opnieuw in. Dient u niets meer in, dan doet de aanvraag mee zoals wij haar ontvingen op/,
    );
  });

  it('is submitted again under a new receipt that names the former one, which stays readable', async () => {
    await noord.act('proposal', id, 'take-back', lead());
    await save(id, 'Leerlingen bouwen nu ook een brug.');
    await noord.act('proposal', id, 'submit', lead());
    const [newest, former, ...more] = (await own(id)).receipts;
    expect([newest?.replaces, former?.replaces, more]).toEqual([former?.id, null, []]);
    const read = (receipt: string) =>
      noord.database.unit({ regions: ['noord'], actor: lead(), readOnly: true }, (tx) => readReceipt(tx, id, receipt));
    expect((await read(former?.id ?? ''))?.content).toMatchObject({ summary: eligibleContent()['summary'] });
    expect((await read(newest?.id ?? ''))?.replaces).toMatchObject({
      id: former?.id,
      contentHash: former?.contentHash,
    });
    const mails = await mailsAbout(noord, id, 'receipt');
    expect(mails.map(({ text }) => text.includes(`met kenmerk ${former?.contentHash ?? ''}`))).toEqual([false, true]);
    const page = await pages.page(lead(), `/aanvragen/${id}/ingediend`);
    expect(page).toContain(`/aanvragen/${id}/ontvangen/${former?.id ?? ''}`);
    expect(await pages.textOf(lead(), `/aanvragen/${id}/ingediend`)).toContain('Uw aanvraag is ingediend');
  });

  it('stands again at the closing as it was submitted, and what was written since stays readable', async () => {
    const before = await own(id);
    await noord.act('proposal', id, 'take-back', lead());
    await save(id, 'Half herschreven.');
    const place = { actorId: lead(), region: 'noord', receivedAt: await noord.database.now() };
    await new WriteParties(noord.database, noord.round.frozen, { messageIds: MESSAGE_IDS, linkTo: String }).remove(
      { proposalId: id, id: party },
      place,
    );
    await closes(call);
    expect(await stateOf(id)).toBe('Submitted');
    const after = await own(id);
    expect(after).toMatchObject({
      ...{ content: before.content, contentHash: before.contentHash, receivedAt: before.receivedAt },
      ...{ submittedAt: before.submittedAt, complete: true, receipts: before.receipts },
    });
    expect(await noord.one('select state, removed_at from party where id = $1', [party])).toEqual({
      ...{ state: 'confirmed', removed_at: null },
    });
    const kept = await noord.database.unit({ regions: ['noord'], actor: lead(), readOnly: true }, (tx) =>
      readSetAside(tx, id),
    );
    expect(kept?.content).toMatchObject({ summary: 'Half herschreven.' });
    expect(await pages.textOf(lead(), `/aanvragen/${id}/niet-ingediend`)).toContain('Half herschreven.');
    expect(await pages.page(lead(), `/aanvragen/${id}`)).toContain(`/aanvragen/${id}/niet-ingediend`);
    expect(await pages.statusOf(noord.people.secretary, `/aanvragen/${id}/niet-ingediend`)).toBe(404);
    const [mail] = await mailsAbout(noord, id, 'stands-again');
    expect(mail?.text).toContain(before.contentHash);
    expect(
      await noord.one(
        `select state from term where subject_id = $1 and name = 'decision' order by created_at desc limit 1`,
        [id],
      ),
    ).toEqual({
      state: 'running',
    });
    expect(await faults()).toEqual([]);
  });

  it('is withdrawn only by who says so', async () => {
    await noord.act('proposal', id, 'take-back', lead());
    await noord.act('proposal', id, 'withdraw', lead());
    await closes(call);
    expect(await stateOf(id)).toBe('Withdrawn');
  });

  it('is reminded of before the closing, by the closing that was announced', async () => {
    await noord.act('proposal', id, 'take-back', lead());
    await noord.one(
      `update term_reminder r set due_at = app_now() - interval '1 second' from term t where t.id = r.term_id and t.subject_id = $1 and t.name = 'taken-back' and r.code = '-P1WD'`,
      [id],
    );
    await remindOfDueTerms(work());
    const { view } = (await noord.one(
      `select view from outbox where template = 'taken-back-soon' and recipient_key = $1 order by created_at desc limit 1`,
      [lead()],
    )) as {
      view: { closesAt: string };
    };
    const { closes: told } = await noord.one('select app.iso(closes_at) as closes from call where id = $1', [call]);
    expect(view.closesAt).toBe(told);
  });

  it('is taken back also when the desk has begun with it, which is told so, and no more after the closing', async () => {
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    await noord.act('proposal', id, 'take-back', lead());
    expect((await mailsAbout(noord, id, 'taken-back-from-desk')).length).toBe(1);
    await noord.act('proposal', id, 'submit', lead());
    await closes(call);
    await expect(noord.act('proposal', id, 'take-back', lead())).rejects.toMatchObject({
      facts: { conditions: ['closing-lies-ahead'] },
    });
    expect(await pages.textOf(lead(), `/aanvragen/${id}`)).not.toContain('Neem de aanvraag terug');
  });

  it('is compared with no other before the closing: neither refused, reviewed nor ranked', async () => {
    const { secretary } = noord.people;
    const early = { receivedAt: await noord.database.now() };
    const frozenClosing = async (action: string, payload = {}) =>
      noord.round.engine.act({
        ...{ subject: { kind: 'proposal', id }, action, payload, ...early },
        actor: { id: secretary, regions: ['noord'] },
      });
    const still = { facts: { conditions: ['call-has-closed'] } };
    await expect(frozenClosing('propose-refusal', { ground: 'condition', reasons: 'Nee.' })).rejects.toMatchObject(
      still,
    );
    await frozenClosing('admit');
    await expect(frozenClosing('start-review')).rejects.toMatchObject(still);
    await expect(noord.rank(call)).rejects.toMatchObject({ code: 'call-is-still-open' });
  });
});
