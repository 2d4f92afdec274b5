import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startServer, type RunningServer } from '#app/server';
import { DeclareInterest, EndSeat, listSeats } from '#lib/committee';
import { CreateProposal, listParties, WriteParties, type WrittenParty } from '#lib/intake';
import { readCall, readRegulationInForce } from '#lib/regulation';
import { PageReader } from '../support/page-reader.js';
import { eligibleContent, viewerOf } from '../support/round-people.js';
import { openTestFiles, type TestFiles } from '../support/test-files.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';
import { regulate } from '../support/variant-region.js';

/** Keys of a regulation that had no effect before: each is applied. */
let noord: TestRound;
let files: TestFiles;
let server: RunningServer;
let reader: PageReader;
beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  files = await openTestFiles();
  server = await startServer({
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: false, round: noord.round },
    people: { messageIds: MESSAGE_IDS, links: LINKS },
    files: files.parts(false),
  });
  reader = new PageReader(noord.look, server.url);
});
afterAll(async () => {
  await server.stop();
  files.remove();
  await noord.close();
});

const lead = (): string => noord.people.applicants[0] ?? '';

describe('a regulation with tranches', () => {
  const trancheOf = async (call: string): Promise<unknown> =>
    noord.database.unit({ regions: ['noord'], actor: noord.people.decider, readOnly: true }, async (tx) => {
      const view = await readCall(tx, call);
      return [view?.tranche, view?.ceilingCents];
    });

  it('makes each call one tranche with the whole ceiling of its own, and no more calls than tranches', async () => {
    await regulate(noord, { distribution: { tranches: 2 } });
    const first = await noord.openCall('t-1');
    const second = await noord.openCall('t-2');
    expect([await trancheOf(first), await trancheOf(second)]).toEqual([
      [{ number: 1, of: 2 }, 3_000_000],
      [{ number: 2, of: 2 }, 3_000_000],
    ]);
    const ceilings = await noord.look.query('select total_cents::int as cents from ceiling where call_id = any ($1)', [
      [first, second],
    ]);
    expect(ceilings.rows).toEqual([{ cents: 3_000_000 }, { cents: 3_000_000 }]);
    await expect(noord.openCall('t-3')).rejects.toMatchObject({ code: 'no-tranche-left', facts: { tranches: 2 } });
    await noord.look.query(
      `update regulation set content = content #- '{distribution,tranches}' where region = 'noord'`,
    );
    expect(await trancheOf(await noord.openCall('t-4'))).toEqual([null, 3_000_000]);
  });
});

describe('hours of who takes part', () => {
  const PARTY: WrittenParty = {
    ...{ role: 'partner', organisation: 'Kwekerij Van Dam', contactName: 'T. van Dam', email: 'kas@x.example' },
    ...{ language: 'nl', institution: null },
    part: { task: 'Stelt kassen beschikbaar.', cashCents: null, hours: 20, inKindCents: null },
  };
  const written = async (part: Partial<WrittenParty['part']>): Promise<unknown> => {
    const call = await noord.openCall(`u-${Object.values(part).join('-')}`);
    const { engine, frozen } = noord.round;
    const request = { actorId: lead(), region: 'noord', receivedAt: await noord.database.now() };
    const content = { title: 'Kas', content: eligibleContent() };
    const id = await new CreateProposal(noord.database, engine, frozen).execute(call, content, request);
    const writing = new WriteParties(noord.database, frozen, { messageIds: MESSAGE_IDS, linkTo: String });
    await writing.add(id, { ...PARTY, part: { ...PARTY.part, ...part } }, request);
    const [party] = await noord.database.unit({ regions: ['noord'], actor: lead(), readOnly: true }, (tx) =>
      listParties(tx, id),
    );
    return party?.part.inKindCents;
  };

  it('are valued at the rate of the regulation, goods come on top, and less is refused', async () => {
    expect(await written({ hours: 20 })).toBe(90_000);
    expect(await written({ hours: 10, inKindCents: 60_000 })).toBe(60_000);
    await expect(written({ hours: 20, inKindCents: 89_999 })).rejects.toMatchObject({
      code: 'hours-are-worth-more',
      facts: { hours: 20, least: { nl: expect.stringContaining('900') } },
    });
  });

  it('are asked with that rate beside the question', async () => {
    const form = await noord.database.unit({ regions: ['noord'], actor: lead(), readOnly: true }, async (tx) =>
      readRegulationInForce(tx, 'noord', 'innovatie-wt'),
    );
    expect(form.form.questions['budget.inKindCents']?.help?.nl).toMatch(/Reken € ?45(,00)? voor een uur\.$/);
  });

  it('are valued by who writes them where the regulation has no rate', async () => {
    await noord.look.query(
      `update regulation set content = content #- '{request,hourlyRateCents}' where region = 'noord'`,
    );
    expect(await written({ hours: 19, inKindCents: 1 })).toBe(1);
    expect(await written({ hours: 18, inKindCents: null })).toBeNull();
    await regulate(noord, { request: { hourlyRateCents: 4500 } });
  });
});

describe('the words of a regulation and its form', () => {
  it('are all told on the page of the call', async () => {
    const text = await reader.textOf(lead(), `/rondes/${await noord.openCall('w-1')}`);
    for (const words of [
      ...['Het hele bedrag vooraf', 'Een uur van wie meedoet telt voor', 'Inbedding in het schoolprogramma'],
      ...['Past het plan in wat de school toch al doet en wil?', 'Het plan staat in het schoolplan.'],
      ...['Ten minste twee scholen doen mee.', 'Voor scholen in Groningen, Fryslân, Drenthe'],
    ])
      expect(text).toContain(words);
  });

  it('asks the questions of a part under the words of the form', async () => {
    const id = await noord.draft(await noord.openCall('w-2'), lead());
    const [budget, partners] = [
      await reader.textOf(lead(), `/aanvragen/${id}/onderdelen/budget`),
      await reader.textOf(lead(), `/aanvragen/${id}/onderdelen/partners`),
    ];
    expect(budget).toMatch(/Begroting.*Hoeveel zijn uw uren en spullen waard\?.*Uren van wie meedoet.*Reken/);
    expect(partners).toMatch(/School en partners.*Wie vraagt aan\?.*Een particulier/);
  });

  it('tells how to meet a principle of the programme', async () => {
    const [school] = eligibleContent()['schools'] as object[];
    const id = await noord.draft(await noord.openCall('w-3'), lead(), {
      content: eligibleContent({ schools: [school] }),
    });
    await noord.act('proposal', id, 'submit', lead());
    expect(await reader.textOf(noord.people.secretary, `/aanvragen/${id}`)).toContain('Zoek een tweede school.');
  });
});

describe('what a regulation says of its committee', () => {
  const member = (n: number): string => noord.people.members[n] ?? '';
  const secretary = (): Parameters<EndSeat['execute']>[0] => viewerOf(noord.people.secretary, 'noord', 'secretary');

  it('names the scores as the regulation does', async () => {
    const call = await noord.openCall('c-1');
    await noord.seatAll(call);
    const id = await noord.draft(call, lead());
    await noord.act('proposal', id, 'submit', lead());
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    const review = await noord.assign(id, member(1));
    await noord.act('proposal', id, 'start-review', noord.people.secretary);
    await noord.act('review', review, 'accept', member(1));
    expect(await reader.textOf(member(1), `/oordelen/${review}`)).toMatch(/Onvoldoende.*Uitstekend/);
  });

  it('closes the review when as many are in as the regulation asks', async () => {
    await regulate(noord, { committee: { reviewsPerProposal: 2 } });
    const call = await noord.openCall('c-2');
    await noord.seatAll(call);
    const id = await noord.draft(call, lead());
    await noord.act('proposal', id, 'submit', lead());
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    const reviews = [];
    for (const n of [1, 2, 3]) reviews.push(await noord.assign(id, member(n)));
    await noord.act('proposal', id, 'start-review', noord.people.secretary);
    await noord.review(reviews[0] ?? '', member(1), 4);
    await expect(noord.act('proposal', id, 'close-review', noord.people.secretary)).rejects.toMatchObject({
      facts: { conditions: ['reviews-are-in'] },
    });
    await noord.review(reviews[1] ?? '', member(2), 4);
    await noord.act('proposal', id, 'close-review', noord.people.secretary);
  });

  it('gives no advice below the quorum', async () => {
    await regulate(noord, {
      committee: { reviewsPerProposal: 3, quorum: { members: 5, ofEachKind: 1 }, interestScope: 'case' },
    });
    const call = await noord.openCall('c-3');
    await noord.seatAll(call);
    const id = await noord.scored(call, lead());
    const place = { region: 'noord', receivedAt: await noord.database.now() };
    for (const personId of [member(4), member(5)])
      await new DeclareInterest(noord.database, noord.round.engine).execute(
        secretary(),
        { proposalId: id, personId, reason: 'Familie.' },
        place,
      );
    await expect(
      noord.act('proposal', id, 'advise', member(0), { outcome: 'grant', reasonsPerCriterion: noord.reasons }),
    ).rejects.toMatchObject({ facts: { conditions: ['quorum-is-met'] } });
  });

  it('waits with the announcement for every seat of the regulation', async () => {
    await regulate(noord, { committee: { quorum: { members: 2, ofEachKind: 1 }, seats: { expert: 3, field: 3 } } });
    const call = await noord.openCall('c-4');
    await noord.seatAll(call);
    await noord.scored(call, lead());
    await noord.rank(call);
    const announce = (): Promise<unknown> => noord.act('call', call, 'announce', noord.people.decider);
    await noord.act('call', call, 'close-early', noord.people.decider, { reason: 'Alles is binnen.' });
    const undecided = { facts: { conditions: ['everything-is-decided'] } };
    await expect(announce()).rejects.toMatchObject(undecided);
    const seats = await noord.database.unit({ regions: ['noord'], actor: noord.people.secretary }, (tx) =>
      listSeats(tx, call),
    );
    const field = seats.find(({ kind }) => kind === 'field')?.id ?? '';
    await new EndSeat(noord.database).execute(secretary(), 'noord', field);
    await expect(announce()).rejects.toMatchObject({
      facts: { conditions: ['everything-is-decided', 'committee-is-complete'] },
    });
  });
});
