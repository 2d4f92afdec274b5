import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnswerPart, WriteParties, type WrittenParty } from '#lib/intake';
import { Templates } from '#lib/notices';
import { eligibleContent } from '../support/round-people.js';
import { MESSAGE_IDS, TestRound } from '../support/test-round.js';

let noord: TestRound;
const tokens: string[] = [];
beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 4 });
});
afterAll(() => noord.close());

const YES = { kind: 'confirm', name: 'T. van Dam', position: 'eigenaar' } as const;
const PARTY: WrittenParty = {
  ...{ role: 'partner', organisation: 'Kwekerij Van Dam', contactName: 'T. van Dam', language: 'nl' },
  ...{ email: 'kas@x.example', institution: null },
  part: { task: 'Stelt twee kassen beschikbaar.', cashCents: 50_000, hours: 20, inKindCents: null },
};
const writing = (): WriteParties =>
  new WriteParties(noord.database, noord.round.frozen, {
    messageIds: MESSAGE_IDS,
    linkTo: (token) => (tokens.push(token), `https://x.example/partij/${token}`),
  });
const lead = (n: number): string => noord.people.applicants[n] ?? '';

/** A draft of an applicant with one party that was asked. */
const asked = async (call: string, n = 0): Promise<{ proposal: string; party: string; token: string }> => {
  const applicant = lead(n);
  const proposal = await noord.draft(call, applicant, { content: eligibleContent() });
  const place = { actorId: applicant, region: 'noord', applicant: 'Leraar', receivedAt: await noord.database.now() };
  const party = await writing().add(proposal, PARTY, place);
  await writing().ask({ proposalId: proposal, id: party }, place);
  return { proposal, party, token: tokens.at(-1) ?? '' };
};
const answer = (token: string): Promise<void> =>
  new AnswerPart(noord.database, noord.round.frozen, MESSAGE_IDS).answer(token, YES);
const outcomeFor = (party: string): Promise<Record<string, unknown>> =>
  noord.one(
    `select status, view ->> 'outcome' as outcome from outbox where recipient_key = $1 and template = 'party-outcome'`,
    [party],
  );

describe('the mail that asks a party', () => {
  it('names the school that asks, its network and call, and when the call closes', async () => {
    const call = await noord.openCall('2027-1', { days: 40 });
    const { party } = await asked(call);
    const { view, closes } = await noord.one(
      `select o.view, app.iso(c.closes_at) as closes from outbox o, call c where o.recipient_key = $1 and c.id = $2`,
      [party, call],
    );
    expect(view).toMatchObject({
      ...{ lead: 'Basisschool De Voorbeeldige', call: 'Ronde 2027-1', region: 'Demo-netwerk Noord' },
      ...{ closesAt: closes, completeBy: null },
    });
    const secret = { link: 'https://x.example/partij/a' };
    const { text } = Templates.load().render('party-asked', 'nl', { ...(view as object), secret, sender: 'Noord' });
    expect(text).toContain('Basisschool De Voorbeeldige');
    expect(text).toMatch(/sluit op [a-z]+ \d+ [a-z]+ \d{4}, \d{2}\.\d{2} uur/);
  });

  it('has a link that holds until the closing, and at least a week', async () => {
    const late = await noord.openCall('2027-2', { days: 60 });
    const soon = await noord.openCall('2027-3', { days: 1 });
    const held = async (call: string): Promise<unknown> => {
      const { party } = await asked(call);
      const sql = `select (extract(epoch from t.expires_at - app_now()) / 86400)::int as days from party t where t.id = $1`;
      return (await noord.one(sql, [party]))['days'];
    };
    expect(await held(late)).toBe(60);
    expect(await held(soon)).toBe(7);
  });
});

describe('a party that confirmed', () => {
  it('hears with the announcement what became of the proposal, not before, and nothing of amounts and reasons', async () => {
    const call = await noord.openCall('2027-4');
    await noord.seatAll(call);
    const { proposal, party, token } = await asked(call, 1);
    await answer(token);
    const silent = await asked(call, 2);
    await noord.act('proposal', proposal, 'submit', lead(1));
    await noord.reviewed(proposal, [4, 4, 4]);
    const { decider } = noord.people;
    await noord.act('proposal', silent.proposal, 'discard', lead(2));
    await noord.act('call', call, 'close-early', decider, { reason: 'Alles is binnen.' });
    await noord.prepared(proposal);
    await noord.rank(call);
    await noord.act('proposal', proposal, 'grant', decider);
    expect(await outcomeFor(party)).toEqual({ status: 'held', outcome: 'granted' });
    expect(await outcomeFor(silent.party)).toEqual({});
    const { view } = await noord.one(
      `select view - 'aboutSubject' as view from outbox where recipient_key = $1 and template = 'party-outcome'`,
      [party],
    );
    expect(Object.keys(view as object).sort()).toEqual(
      ['call', 'lead', 'name', 'number', 'organisation', 'outcome', 'region', 'title'].sort(),
    );
    await noord.act('call', call, 'announce', decider);
    expect(await outcomeFor(party)).toEqual({ status: 'new', outcome: 'granted' });
  });

  it.each(['nl', 'en'] as const)('reads each outcome as a sentence (%s)', (language) => {
    const templates = Templates.load();
    const view = {
      ...{
        name: 'T.',
        number: 'N-1',
        title: 'Kas',
        call: 'Ronde',
        region: 'Noord',
        isAwb: true,
        organisation: 'Van Dam',
      },
      ...{ lead: 'De Voorbeeldige', sender: 'Noord' },
    };
    const texts = ['granted', 'refused', 'not-processed', 'withdrawn', 'expired', 'waived'].map(
      (outcome) => templates.render('party-outcome', language, { ...view, outcome }).text,
    );
    expect(new Set(texts).size).toBe(6);
    for (const text of texts) expect(text).toContain('De Voorbeeldige');
  });

  it('hears that the proposal was withdrawn', async () => {
    const call = await noord.openCall('2027-5');
    const { proposal, party, token } = await asked(call, 3);
    await answer(token);
    await noord.act('proposal', proposal, 'submit', lead(3));
    await noord.act('proposal', proposal, 'withdraw', lead(3));
    expect(await outcomeFor(party)).toEqual({ status: 'new', outcome: 'withdrawn' });
  });
});
