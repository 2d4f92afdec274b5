import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, createHmac } from 'node:crypto';
import type { Database } from '#lib/database';
import { readArrivals, readDecision, readLots } from '#lib/decision';
import { dateOf } from '#lib/kernel';
import { SaveProposal } from '#lib/intake';
import { contentOfOost } from '../support/round-people.js';
import { TestRound } from '../support/test-round.js';

let oost: TestRound;

beforeAll(async () => {
  oost = await TestRound.open({ members: 12, applicants: 6 }, 6, 'oost');
});
afterAll(() => oost.close());

const DAY_MINUTES = 24 * 60;
const daysAgo = async (days: number): Promise<string> =>
  new Date(Date.parse(await oost.database.now()) - days * DAY_MINUTES * 60_000).toISOString();
const asPerson = <T>(
  id: string,
  read: (tx: Parameters<Parameters<Database['unit']>[1]>[0]) => Promise<T>,
): Promise<T> => oost.database.unit({ regions: ['oost'], actor: id, readOnly: true }, read);
const applicant = (who: number): string => oost.people.applicants[who] ?? '';

/** A call of oost with one proposal's worth of money left. */
const callWith = async (number: string, cents: number): Promise<string> => {
  const call = await oost.openCall(number, { openMinutes: 30 * DAY_MINUTES });
  await oost.seatAll(call);
  await oost.one('update ceiling set total_cents = $2 where call_id = $1', [call, cents]);
  return call;
};
const submitted = async (call: string, who: number, receivedAt: string, content = contentOfOost()): Promise<string> => {
  const id = await oost.draft(call, applicant(who), { content });
  await oost.act('proposal', id, 'submit', applicant(who), {}, { receivedAt });
  return id;
};

describe('dossier 5: a completion comes in after the ceiling was reached in order of arrival', () => {
  let call: string;
  let first: string;
  let second: string;

  beforeAll(async () => {
    call = await callWith('2027-5', 500_000);
    first = await submitted(call, 0, await daysAgo(9), { ...contentOfOost(), answers: {} });
    const missing = ['answers.goal', 'answers.approach'];
    await oost.act('proposal', first, 'ask-completion', oost.people.secretary, { missing });
    second = await submitted(call, 1, await daysAgo(6));
    const request = { actorId: applicant(0), region: 'oost', receivedAt: await oost.database.now() };
    const saving = new SaveProposal(oost.database, oost.round.frozen);
    await saving.execute(first, { title: 'Schoon water uit eigen hand', content: contentOfOost() }, 1, request);
    await oost.act('proposal', first, 'complete', applicant(0), {}, { receivedAt: await daysAgo(3) });
    await oost.reviewed(second, [8, 7]);
    await oost.prepared(second);
  });

  it('who was received first and completed later stands behind who was complete earlier', async () => {
    const { rows } = await asPerson(oost.people.secretary, (tx) => readArrivals(tx, call));
    expect(rows.map(({ id, day }) => [id, day])).toEqual([
      [second, dateOf(await daysAgo(6))],
      [first, dateOf(await daysAgo(3))],
    ]);
  });

  it('cannot be refused on the ceiling before the one before it is decided, and is refused on that ground after it', async () => {
    const { secretary, decider } = oost.people;
    const draft = { ground: 'ceiling', reasons: 'De aanvulling kwam na de aanvraag die het geld kreeg.' };
    await oost.act('proposal', first, 'propose-refusal', secretary, draft);
    const refuse = (): Promise<unknown> => oost.act('proposal', first, 'refuse', decider);
    await expect(refuse()).rejects.toMatchObject({ facts: { conditions: ['too-little-is-left'] } });
    await oost.act('proposal', second, 'grant', decider);
    await refuse();
    const decision = await asPerson(applicant(0), (tx) => readDecision(tx, first));
    expect(decision).toMatchObject({
      ...{ outcome: 'refused', ground: 'ceiling' },
      arrival: {
        place: 2,
        day: dateOf(await daysAgo(3)),
        before: [{ day: dateOf(await daysAgo(6)), awardedCents: 400_000 }],
      },
    });
    expect(decision?.receivedAt === undefined ? null : dateOf(decision.receivedAt ?? '')).toBe(
      dateOf(await daysAgo(9)),
    );
  });
});

describe('dossier 4: proposals complete on one day claim the last of the money', () => {
  let call: string;
  const tied: string[] = [];
  let earlier: string;

  beforeAll(async () => {
    call = await callWith('2027-4', 900_000);
    earlier = await submitted(call, 0, await daysAgo(8));
    for (const who of [1, 2, 3]) tied.push(await submitted(call, who, await daysAgo(5)));
    for (const id of [earlier, ...tied]) {
      await oost.reviewed(id, [8, 7]);
      await oost.prepared(id);
    }
  });

  const grant = (id: string): Promise<unknown> => oost.act('proposal', id, 'grant', oost.people.decider);
  const commit = async (day: string, more: { publicAt?: string; receivedAt?: string } = {}): Promise<unknown> => {
    const { publicAt = await daysAgo(0.5), receivedAt = await daysAgo(1) } = more;
    const payload = { arrivalDay: day, publicSource: 'De slotkoers van de AEX', publicAt };
    return oost.act('call', call, 'commit-lots', oost.people.secretary, payload, { receivedAt });
  };

  it('none of them is granted before lots are drawn; the one of an earlier day is', async () => {
    const [one = ''] = tied;
    await expect(grant(one)).rejects.toMatchObject({
      facts: { conditions: ['lots-decide-where-needed'] },
    });
    await grant(earlier);
    const refused = await grant(one).catch((error: unknown) => error);
    expect(refused).toMatchObject({ facts: { conditions: ['lots-decide-where-needed'] } });
    const { refusals } = refused as { refusals: readonly { text: { nl: string } }[] };
    expect(refusals[0]?.text.nl).toContain('nog 2 andere aanvragen compleet');
  });

  it('lots are prepared only for a day that is over and on which money runs out, with a value that does not exist yet', async () => {
    const today = dateOf(await oost.database.now());
    await expect(commit(today)).rejects.toMatchObject({ code: 'payload-is-wrong' });
    await expect(commit(dateOf(await daysAgo(8)))).rejects.toMatchObject({
      faults: [{ field: 'arrivalDay', fault: 'not-allowed' }],
    });
    await expect(commit(dateOf(await daysAgo(5)), { publicAt: await daysAgo(2) })).rejects.toMatchObject({
      faults: [{ field: 'publicAt', fault: 'too-early' }],
    });
  });

  it('one person fixes the secret and another draws, after the public value is known', async () => {
    await commit(dateOf(await daysAgo(5)));
    const [published] = await asPerson(applicant(0), (tx) => readLots(tx, call));
    expect(published).toMatchObject({ drawn: null, publicSource: 'De slotkoers van de AEX' });
    expect(JSON.stringify(published)).not.toContain(String((await oost.one('select secret from lots_draw'))['secret']));
    const draw = (by: string, receivedAt?: string): Promise<unknown> =>
      oost.act(
        'call',
        call,
        'draw-lots',
        by,
        { publicValue: '912,34' },
        receivedAt === undefined ? {} : { receivedAt },
      );
    await expect(draw(oost.people.secretary)).rejects.toMatchObject({ code: 'action-unknown' });
    await expect(draw(oost.people.decider, await daysAgo(0.8))).rejects.toMatchObject({
      facts: { conditions: ['public-value-is-known'] },
    });
    await draw(oost.people.decider);
    await expect(draw(oost.people.decider)).rejects.toMatchObject({
      facts: { conditions: ['lots-wait', 'another-person-draws', 'public-value-is-known'] },
    });
  });

  it('a stranger recomputes commitment and order from what is published', async () => {
    const [lots] = await asPerson(applicant(0), (tx) => readLots(tx, call));
    const seed = lots?.drawn?.seed ?? '';
    const [secret = '', value] = seed.split(':');
    expect([createHash('sha256').update(secret).digest('hex'), value]).toEqual([lots?.commitment, '912,34']);
    const ticketOf = (id: string): string => createHmac('sha256', seed).update(id).digest('hex');
    const tickets = (lots?.participants ?? []).map((id) => ({ id, ticket: ticketOf(id) }));
    expect(lots?.drawn?.order).toEqual(tickets.sort((a, b) => (a.ticket < b.ticket ? -1 : 1)));
  });

  it('the first drawn is granted, and the others are refused on the ceiling', async () => {
    const { rows } = await asPerson(oost.people.secretary, (tx) => readArrivals(tx, call));
    const [winner = '', ...losers] = rows.filter(({ lot }) => lot !== null).map(({ id }) => id);
    expect([winner, ...losers].sort()).toEqual([...tied].sort());
    await expect(grant(losers[0] ?? '')).rejects.toMatchObject({
      facts: { conditions: ['leaves-what-others-claim-first'] },
    });
    await grant(winner);
    const { secretary, decider } = oost.people;
    for (const id of losers) {
      const draft = { outcome: 'refuse', ground: 'ceiling', reasons: 'Geloot.', deviationReason: 'Het geld is op.' };
      await oost.act('proposal', id, 'prepare-decision', secretary, draft);
      await oost.act('proposal', id, 'refuse', decider);
    }
    expect(await oost.one('select awarded_cents::int as cents from ceiling where call_id = $1', [call])).toEqual({
      cents: 800_000,
    });
  });
});
