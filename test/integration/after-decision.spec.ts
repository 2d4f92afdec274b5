import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AskExplanation, GiveExplanation, listExplanations, type WantedExplanation } from '#lib/decision';
import type { Transaction } from '#lib/database';
import { CreateProposal, listParties, readOrigin, readProposal, ReuseProposal, WriteParties } from '#lib/intake';
import { CreateCall, readCall } from '#lib/regulation';
import { eligibleContent, makePeople, viewerOf } from '../support/round-people.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
let decided: string;
let open: string;
let zuid: string;
const applicant = (i = 0): string => noord.people.applicants[i] ?? '';
const key = (personId: string) => ({ personId, route: 'test', key: randomUUID(), bodyHash: 'x' });
const as = <T>(actor: string, work: (tx: Transaction) => Promise<T>, region = 'noord'): Promise<T> =>
  noord.database.unit({ regions: [region], actor, readOnly: true }, work);

/** An open call of another region. */
const callOf = async (region: string): Promise<string> => {
  const { coordinator, decider } = await makePeople(noord.look, region, { members: 1, applicants: 0 });
  const { engine, frozen } = noord.round;
  const receivedAt = await noord.database.now();
  const at = (minutes: number): string => new Date(Date.parse(receivedAt) + minutes * 60_000).toISOString();
  const id = await new CreateCall(noord.database, engine, frozen).execute(
    {
      ...{ region, programme: 'innovatie-wt', number: '2027-Z', name: { nl: 'Ronde zuid', en: 'Call south' } },
      ...{ opensAt: at(-60), closesAt: at(600), graceMinutes: 0 },
    },
    { actorId: coordinator, receivedAt },
  );
  for (const [action, by] of [
    ['publish', decider],
    ['open', coordinator],
  ] as const)
    await engine.act({ subject: { kind: 'call', id }, action, actor: { id: by, regions: [region] }, receivedAt });
  return id;
};

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 3 });
  const call = await noord.openCall('2027-1');
  await noord.seatAll(call);
  decided = await noord.scored(call, applicant(), 4, eligibleContent({ ...EXTRA }));
  await noord.rank(call);
  await noord.prepared(decided);
  await noord.act('proposal', decided, 'grant', noord.people.decider);
});
afterAll(() => noord.close());

/** Something typed that no form asks, and a file that says which documents are there. */
const EXTRA = { approachOld: 'Niet meer gevraagd.' };

const announced = async (): Promise<void> => {
  const { call_id: call } = (await noord.one('select call_id from proposal where id = $1', [decided])) as {
    call_id: string;
  };
  await noord.act('call', call, 'close-early', noord.people.decider, { reason: 'Klaar.' });
  await noord.act('call', call, 'announce', noord.people.decider);
};
const reuse = async (source: string, callId: string, more: { by?: string; key?: ReturnType<typeof key> } = {}) => {
  const { engine, frozen } = noord.round;
  const creating = new CreateProposal(noord.database, engine, frozen);
  const { region: callRegion } = (await noord.one('select region from call where id = $1', [callId])) as {
    region: string;
  };
  const by = more.by ?? applicant();
  return new ReuseProposal(noord.database, frozen, creating).execute(source, callId, {
    ...{ actorId: by, receivedAt: await noord.database.now(), key: more.key ?? key(by) },
    ...{ region: 'noord', callRegion },
  });
};

describe('before the announcement', () => {
  it('neither an explanation nor using it again is possible: either would tell the outcome', async () => {
    open = await noord.openCall('2027-2', { days: 30 });
    zuid = await callOf('zuid');
    await expect(reuse(decided, open)).rejects.toMatchObject({ code: 'proposal-is-not-over' });
    await expect(ask()).rejects.toMatchObject({ code: 'not-found' });
    await announced();
  });
});

const WANTED: WantedExplanation = {
  ...{ way: 'oral', words: 'Waarom kreeg delen een 3?', phone: '06 12 34 56 78', times: 'dinsdag na drie uur' },
};
const ask = async (wanted = WANTED, by = applicant()): Promise<void> =>
  new AskExplanation(noord.database, MESSAGE_IDS).execute(decided, wanted, {
    ...{ actorId: by, region: 'noord', receivedAt: await noord.database.now(), key: key(by) },
  });
const give = async (answer: string, viewer = viewerOf(noord.people.secretary, 'noord', 'secretary')): Promise<void> => {
  const place = { region: 'noord', proposalId: decided, receivedAt: await noord.database.now() };
  await new GiveExplanation(noord.database, MESSAGE_IDS).execute(viewer, place, answer);
};

describe('using a proposal again', () => {
  it('carries over what the new form asks in another call, lists parties unconfirmed, and tells what stayed behind', async () => {
    const school = { board: '90001', province: 'Limburg', level: 'PO', affiliated: true };
    const inZuid = eligibleContent({
      schools: [
        { ...school, brin: '90AA', site: '90AA00' },
        { ...school, brin: '90AB', site: '90AB00' },
      ],
    });
    const withdrawn = await noord.draft(open, applicant(1), { content: inZuid });
    const writing = new WriteParties(noord.database, noord.round.frozen, { messageIds: MESSAGE_IDS, linkTo: String });
    const place = {
      actorId: applicant(1),
      region: 'noord',
      applicant: 'Leraar',
      receivedAt: await noord.database.now(),
    };
    const party = await writing.add(
      withdrawn,
      {
        ...{
          role: 'partner',
          organisation: 'Kwekerij',
          contactName: 'T. van Dam',
          email: 'k@x.example',
          language: 'nl',
        },
        institution: null,
        part: { task: 'Twee kassen.', cashCents: 50_000, hours: null, inKindCents: null },
      },
      place,
    );
    await writing.ask({ proposalId: withdrawn, id: party }, place);
    await noord.look.query(
      `update party set state = 'confirmed', answered_name = 'x', part_hash = 'x', answered_at = app_now() where id = $1`,
      [party],
    );
    await noord.act('proposal', withdrawn, 'submit', applicant(1));
    await noord.act('proposal', withdrawn, 'withdraw', applicant(1));
    const draft = await reuse(withdrawn, zuid, { by: applicant(1) });
    const [proposal, parties, origin] = await as(
      applicant(1),
      async (tx) => [await readProposal(tx, draft), await listParties(tx, draft), await readOrigin(tx, draft)] as const,
      'zuid',
    );
    const { file, ...rest } = inZuid;
    expect(proposal).toMatchObject({ region: 'zuid', phase: 'preparing', title: 'Schoon water uit eigen hand' });
    expect(proposal?.content).toMatchObject(rest);
    expect(Object.keys((proposal?.content['file'] as object | undefined) ?? {})).not.toContain('boardConsent');
    expect(parties).toMatchObject([{ organisation: 'Kwekerij', state: 'listed', answeredName: null, askedAt: null }]);
    expect(origin).toMatchObject({ sourceId: withdrawn, parties: 1 });
    expect(origin?.leftOut.map(({ why }) => why)).toContain('declaration');
    expect(Object.keys(file as object)).toContain('boardConsent');
  });

  it('begins from a decision that was announced, once however often it is sent, and leaves the old one alone', async () => {
    const before = await noord.one('select content_hash, version from proposal where id = $1', [decided]);
    const once = key(applicant());
    const drafts = [await reuse(decided, open, { key: once }), await reuse(decided, open, { key: once })];
    expect(new Set(drafts).size).toBe(1);
    expect(await noord.one('select count(*)::int as n from proposal_origin where source_id = $1', [decided])).toEqual({
      n: 1,
    });
    expect(await noord.one('select content_hash, version from proposal where id = $1', [decided])).toEqual(before);
  });

  it('is refused in a call of other provinces, before a draft is made, and says what a fitting call still asks', async () => {
    const before = await noord.one('select count(*)::int as n from proposal where call_id = $1', [zuid]);
    await expect(reuse(decided, zuid)).rejects.toMatchObject({
      code: 'proposal-does-not-fit-call',
      facts: { labels: { nl: expect.stringContaining('dien dan in bij het netwerk van die provincie') } },
    });
    expect(await noord.one('select count(*)::int as n from proposal where call_id = $1', [zuid])).toEqual(before);
    const { frozen, engine } = noord.round;
    const reusing = new ReuseProposal(noord.database, frozen, new CreateProposal(noord.database, engine, frozen));
    const fit = await as(applicant(), async (tx) => {
      const [source, call] = [await readProposal(tx, decided), await readCall(tx, open)];
      if (source === null || call === null) throw new Error('both are there');
      return reusing.fit({ ...source, content: { ...source.content, plan: { startsAfterClosing: true } } }, call);
    });
    expect(fit.refusals).toEqual([]);
    expect(fit.missing.map(({ nl }) => nl)).toEqual(['Hoeveel maanden duurt het?']);
  });

  it('is for who applied, and for a call that is open', async () => {
    await expect(reuse(decided, open, { by: applicant(2) })).rejects.toMatchObject({ code: 'not-found' });
    await expect(reuse(decided, open, { by: noord.people.secretary })).rejects.toMatchObject({ code: 'not-found' });
    const closed = (await noord.one('select call_id as id from proposal where id = $1', [decided])) as { id: string };
    await expect(reuse(decided, closed.id)).rejects.toMatchObject({ code: 'call-is-not-open' });
    const draft = await noord.draft(open, applicant());
    await expect(reuse(draft, open)).rejects.toMatchObject({ code: 'proposal-is-not-over' });
  });
});

describe('an explanation of a decision', () => {
  it('is registered and confirmed with the last day to object, which it does not touch', async () => {
    const before = await noord.one('select objection_last_day::text as day from announcement');
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'explanation-is-asked' });
    expect(await noord.one('select objection_last_day::text as day from announcement')).toEqual(before);
    expect(
      await noord.one(
        `select recipient_key as who, view ->> 'lastDay' as day, view ->> 'isOral' as oral from outbox where template = 'explanation-asked'`,
      ),
    ).toEqual({ who: applicant(), day: before['day'], oral: 'true' });
  });

  it('is read by the applicant and the secretary alone', async () => {
    const seenBy = async (who: string): Promise<number> =>
      (await as(who, (tx) => listExplanations(tx, decided))).length;
    const { secretary, decider, coordinator, members } = noord.people;
    expect([await seenBy(applicant()), await seenBy(secretary)]).toEqual([1, 1]);
    for (const who of [decider, coordinator, members[1] ?? '', applicant(1)]) expect(await seenBy(who)).toBe(0);
  });

  it('is given by the secretary, mailed to the applicant once, and kept beside the decision', async () => {
    const { decider, secretary } = noord.people;
    await expect(give('x', viewerOf(decider, 'noord', 'decider'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(give('x', viewerOf(secretary, 'zuid', 'secretary'))).rejects.toMatchObject({ code: 'not-found' });
    await give('Een 3 omdat niemand anders het kan overnemen.\nDat staat in het advies.');
    await expect(give('Nog een keer.')).rejects.toMatchObject({ code: 'no-explanation-waits' });
    expect(
      await noord.one(
        `select count(*)::int as n, max(recipient_key) as who from outbox where template = 'explanation-given'`,
      ),
    ).toEqual({ n: 1, who: applicant() });
    await ask({ ...WANTED, way: 'written', phone: '' });
    expect(await as(applicant(), (tx) => listExplanations(tx, decided))).toMatchObject([
      { answer: null },
      { answer: expect.stringContaining('overnemen') },
    ]);
  });

  it('is not asked by somebody else', async () => {
    await expect(ask(WANTED, applicant(1))).rejects.toMatchObject({ code: 'not-found' });
    await expect(ask(WANTED, noord.people.secretary)).rejects.toMatchObject({ code: 'not-found' });
  });
});
