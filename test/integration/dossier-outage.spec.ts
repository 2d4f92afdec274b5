import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '#lib/database';
import { ROUND_INVARIANTS } from '#lib/decision';
import { checkInvariants, ENGINE_INVARIANTS, expireDueTerms, runDueCommands } from '#lib/engine';
import { addWorkingDays, computeTerm } from '#lib/terms';
import { closingAfter, readClosing, RegisterOutage } from '#lib/regulation';
import { dateOf, wallTimeOf } from '#lib/kernel';
import { openRound } from '#app/worker';
import { viewerOf } from '../support/round-people.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let workers: Database;
let made = 0;

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 3 });
  workers = await Database.open({ url: noord.test.workerUrl, poolSize: 3 });
});
afterAll(async () => {
  await workers.close();
  await noord.close();
});

const MINUTE = 60_000;
const inMinutes = async (minutes: number): Promise<string> =>
  new Date(Date.parse(await noord.database.now()) + minutes * MINUTE).toISOString();
const work = (): Parameters<typeof expireDueTerms>[0] => ({
  engine: openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined }).engine,
  ...{ database: workers, worker: 'test' },
});
const applicant = (who: number): string => noord.people.applicants[who] ?? '';
const stateOf = async (kind: string, id: string): Promise<unknown> =>
  (await noord.one(`select state from ${kind} where id = $1`, [id]))['state'];
const mailsTo = async (person: string, event: string | null): Promise<unknown> =>
  (
    await noord.one(
      `select count(*)::int as n from outbox where template = 'call-extended' and recipient_key = $1 and event_id = $2`,
      [person, event],
    )
  )['n'];

/** An outage of the portal, in minutes from now. */
const outage = async (from: number, until: number): Promise<string> => {
  const viewer = viewerOf(noord.people.coordinator, 'noord', 'coordinator');
  const receivedAt = await noord.database.now();
  const [startsAt, endsAt] = [await inMinutes(from), await inMinutes(until)];
  const told = { region: 'noord', startsAt, endsAt, note: 'Het loket was niet bereikbaar.' };
  return new RegisterOutage(noord.database).execute(viewer, told, { receivedAt });
};
const extend = async (call: string, newClosing: string, reason = 'Door de storing kon men niet indienen.') =>
  noord.act('call', call, 'extend', noord.people.decider, { newClosing, reason });

describe('dossier 15: the portal is out in the last hour before a call closes', () => {
  let call: string;
  let submitted: string;
  let draft: string;

  beforeEach(async () => {
    made += 1;
    await noord.one('delete from outage');
    call = await noord.openCall(`2027-15-${made}`);
    await noord.seatAll(call);
    submitted = await noord.draft(call, applicant(0));
    await noord.act('proposal', submitted, 'submit', applicant(0));
    draft = await noord.draft(call, applicant(1));
    // The same person has two drafts and is told once.
    await noord.draft(call, applicant(1));
  });

  /** It closed `minutes` ago by itself, and the drafts expired. */
  const closes = async (minutes: number): Promise<void> => {
    const at = await inMinutes(-minutes);
    await noord.one(`update call set opens_at = opens_at - interval '1 day', closes_at = $2 where id = $1`, [call, at]);
    await noord.one(`update term set started_on = $2 where subject_id = $1 and name = 'decision'`, [
      submitted,
      dateOf(at),
    ]);
    const due = `update term t set due_at = app_now() - interval '1 second' where t.state = 'running' and t.name in ('closing', 'draft') and
      (t.subject_id = $1 or t.subject_id in (select id from proposal where call_id = $1))`;
    await noord.one(due, [call]);
    await expireDueTerms(work());
    expect([await stateOf('call', call), await stateOf('proposal', draft)]).toEqual(['Closed', 'Expired']);
  };

  it('is told on the call, and an extension of a whole working day is laid before the decider', async () => {
    await closes(10);
    await outage(-45, -5);
    expect(
      await noord.one(`select kind, for_role from task where subject_id = $1 and done_at is null`, [call]),
    ).toEqual({ kind: 'extend-call', for_role: 'decider' });
    const now = await noord.database.now();
    const closing = await noord.database.unit({ regions: ['noord'], actor: null, readOnly: true }, (tx) =>
      readClosing(tx, call),
    );
    expect(closing).toMatchObject({ isDisturbed: true, outages: [{ note: 'Het loket was niet bereikbaar.' }] });
    const proposed = closing === null ? '' : closingAfter(closing, now);
    expect(dateOf(proposed)).toBe(addWorkingDays(dateOf(now), 1));
    expect(wallTimeOf(proposed).slice(11)).toBe(wallTimeOf(closing?.closesAt ?? now).slice(11));
  });

  it('opens the closed call again: drafts come back, everybody is told once, every term starts anew, and who could not submit does', async () => {
    await closes(10);
    await outage(-45, -5);
    const newClosing = await inMinutes(2 * 24 * 60);
    const { eventId } = await extend(call, newClosing);
    await runDueCommands(work());
    expect([await stateOf('call', call), await stateOf('proposal', draft)]).toEqual(['Open', 'Draft']);
    expect([await mailsTo(applicant(0), eventId), await mailsTo(applicant(1), eventId)]).toEqual([1, 1]);
    const term = await noord.one(
      `select started_on::text as start, last_day::text as last from term where subject_id = $1 and name = 'decision'`,
      [submitted],
    );
    const start = dateOf(newClosing);
    const { lastDay } = computeTerm({ start, period: 'P6W', source: 'own-rules' });
    expect(term).toEqual({ start, last: lastDay });
    const { due } = await noord.one(
      `select due_at as due from term where subject_id = $1 and name = 'draft' and state = 'running'`,
      [draft],
    );
    expect((due as Date).getTime()).toBe(Date.parse(newClosing) + MINUTE);
    await noord.act('proposal', draft, 'submit', applicant(1));
    expect(await noord.one('select in_time from receipt where proposal_id = $1', [draft])).toEqual({ in_time: true });
    expect(
      await noord.one(`select count(*)::int as n from task where subject_id = $1 and done_at is null`, [call]),
    ).toEqual({ n: 0 });
  });

  it('is open until the new moment and then closes by itself', async () => {
    await closes(10);
    await outage(-45, -5);
    await extend(call, await inMinutes(60));
    await expireDueTerms(work());
    expect(await stateOf('call', call)).toBe('Open');
    const term = await noord.one(
      `select due_at as due from term where subject_id = $1 and name = 'closing' and state = 'running'`,
      [call],
    );
    expect((term['due'] as Date).getTime()).toBeGreaterThan(Date.parse(await inMinutes(50)));
    await closes(1);
  });

  it('publishes the extension with its reason', async () => {
    await extend(call, await inMinutes(90));
    const closing = await noord.database.unit({ regions: ['noord'], actor: null, readOnly: true }, (tx) =>
      readClosing(tx, call),
    );
    expect(closing?.extensions).toMatchObject([{ reason: 'Door de storing kon men niet indienen.' }]);
    await expect(extend(call, await inMinutes(120), ' ')).rejects.toMatchObject({ code: 'payload-is-wrong' });
  });

  it('moves no closing forward: an earlier moment is refused', async () => {
    await expect(extend(call, await inMinutes(30))).rejects.toMatchObject({
      faults: [{ field: 'newClosing', fault: 'too-early' }],
    });
  });

  it('moves the end of drafts in an open call', async () => {
    const newClosing = await inMinutes(24 * 60);
    await extend(call, newClosing);
    const { due } = await noord.one(`select due_at as due from term where subject_id = $1 and name = 'draft'`, [draft]);
    expect((due as Date).getTime()).toBe(Date.parse(newClosing) + MINUTE);
  });

  it('is no reason to open a call that closed undisturbed', async () => {
    await closes(10);
    await outage(-300, -100);
    await expect(extend(call, await inMinutes(60))).rejects.toMatchObject({
      facts: { conditions: ['portal-was-out-at-closing'] },
    });
  });

  it('is no reason any more once a review is closed, nor after the announcement', async () => {
    await closes(10);
    await outage(-45, -5);
    await noord.reviewed(submitted, [4, 4, 4]);
    await expect(extend(call, await inMinutes(60))).rejects.toMatchObject({
      facts: { conditions: ['no-review-is-closed'] },
    });
    await noord.prepared(submitted);
    await noord.act('proposal', submitted, 'grant', noord.people.decider);
    await noord.rank(call);
    await noord.act('call', call, 'announce', noord.people.decider);
    await expect(extend(call, await inMinutes(60))).rejects.toMatchObject({ code: 'action-not-now' });
  });

  it('is not registered before it ends, nor by who is no staff of the region', async () => {
    await expect(outage(-10, 10)).rejects.toMatchObject({ code: 'outage-times-are-wrong' });
    await expect(outage(-10, -20)).rejects.toMatchObject({ code: 'outage-times-are-wrong' });
    const told = { region: 'noord', startsAt: await inMinutes(-9), endsAt: await inMinutes(-8), note: '' };
    const stranger = viewerOf(applicant(0), 'zuid', 'secretary');
    const registering = new RegisterOutage(noord.database).execute(stranger, told, {
      receivedAt: await noord.database.now(),
    });
    await expect(registering).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leaves every invariant true', async () => {
    expect(await checkInvariants(noord.look, [...ENGINE_INVARIANTS, ...ROUND_INVARIANTS])).toEqual([]);
  });
});
