import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '#app/server';
import { budgetOf, contentOfOost, eligibleContent } from '../support/round-people.js';
import { PageReader } from '../support/page-reader.js';
import { serve } from '../support/round-server.js';
import { TestRound } from '../support/test-round.js';

const SIGNS: Readonly<Record<string, string>> = { done: '✓', now: '•', stopped: '×', todo: 'o', skipped: '–' };
const WHY = { ground: 'condition', reasons: 'Te weinig scholen.', restsOnOthersFacts: false };
const CONFIRMED = { confirmed: true };

/** A region with its server, and a way to bring a proposal of one call to an end. */
class Region {
  call = '';
  private constructor(
    readonly round: TestRound,
    private readonly server: RunningServer,
    private readonly pages: PageReader,
    private readonly content: Record<string, unknown>,
    private readonly scores: readonly number[],
  ) {}

  static async open(region: string, content: Record<string, unknown>, scores: readonly number[]): Promise<Region> {
    const round = await TestRound.open({ members: 12, applicants: 1 }, 10, region);
    const server = await serve(round);
    const made = new Region(round, server, new PageReader(round.look, server.url), content, scores);
    await made.next('2027-1');
    return made;
  }

  async next(number: string): Promise<void> {
    this.call = await this.round.openCall(number);
    await this.round.seatAll(this.call);
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.round.close();
  }

  get lead(): string {
    return this.round.people.applicants[0] ?? '';
  }

  act(id: string, action: string, payload = {}, by = this.lead): Promise<unknown> {
    return this.round.act('proposal', id, action, by, payload);
  }

  async system(id: string, action: string): Promise<void> {
    const actor = { id: null, regions: [this.round.people.region], system: true };
    const receivedAt = await this.round.database.now();
    await this.round.round.engine.act({ subject: { kind: 'proposal', id }, action, actor, receivedAt });
  }

  draft(): Promise<string> {
    return this.round.draft(this.call, this.lead, { content: this.content });
  }

  async submitted(): Promise<string> {
    const id = await this.draft();
    await this.act(id, 'submit');
    return id;
  }

  async reviewed(): Promise<string> {
    const id = await this.submitted();
    await this.round.reviewed(id, this.scores);
    return id;
  }

  async prepared(outcome: 'grant' | 'refuse' = 'grant'): Promise<string> {
    const id = await this.reviewed();
    await this.round.prepared(id, outcome === 'grant' ? { outcome } : { outcome, ground: 'threshold' });
    return id;
  }

  /** A proposal on the way to a refusal at the check. */
  async unfit(why: object = WHY): Promise<string> {
    const id = await this.submitted();
    await this.act(id, 'propose-refusal', why, this.round.people.secretary);
    return id;
  }

  decide(id: string, action: string): Promise<unknown> {
    return this.act(id, action, {}, this.round.people.decider);
  }

  async incomplete(): Promise<string> {
    const id = await this.round.draft(this.call, this.lead, { content: { ...this.content, payee: {} } });
    await this.act(id, 'submit');
    await this.act(id, 'ask-completion', { missing: ['payee.name'] }, this.round.people.secretary);
    return id;
  }

  async notProcessed(): Promise<string> {
    const id = await this.incomplete();
    await this.system(id, 'lapse');
    await this.act(id, 'propose-not-processing', { reasons: 'Er mist iets.' }, this.round.people.secretary);
    await this.decide(id, 'not-process');
    return id;
  }

  async announce(): Promise<void> {
    const { decider } = this.round.people;
    await this.round.rank(this.call);
    await this.round.act('call', this.call, 'close-early', decider, { reason: 'Alles is binnen.' });
    await this.round.act('call', this.call, 'announce', decider);
  }

  /** The steps that a reader sees, one sign for each; the heading of the page's card; its badge. */
  async seen(id: string, by = this.lead): Promise<{ steps: string; heading: string; badge: string }> {
    const page = await this.pages.page(by, `/aanvragen/${id}`);
    const steps = [...page.matchAll(/wt-step wt-step--(\w+)/g)].map(([, state]) => SIGNS[state ?? ''] ?? '?').join('');
    const heading = /id="nu">([^<]*)</.exec(page)?.[1] ?? '';
    const badge = /wt-badge--draft">([^<]*)</.exec(page)?.[1] ?? '';
    return { steps, heading, badge };
  }
}

let noord: Region;
let oost: Region;
beforeAll(async () => {
  noord = await Region.open('noord', eligibleContent({ budget: budgetOf(100_000) }), [4, 4, 4]);
  oost = await Region.open('oost', contentOfOost(100_000), [8, 7]);
});
afterAll(async () => {
  await noord.close();
  await oost.close();
});

/** Withdrawn in each phase, and ended before it was submitted: how a proposal comes there, and the steps that are ticked. */
const WITHDRAWN: readonly [string, string, (region: Region) => Promise<string>][] = [
  ['submitted', '✓✓×–––', (region) => region.submitted()],
  ['a completion is asked', '✓✓×–––', (region) => region.incomplete()],
  ['a refusal is proposed at the check', '✓✓×–––', (region) => region.unfit()],
  [
    'under review',
    '✓✓✓×––',
    async (region) => {
      const id = await region.submitted();
      const { secretary, members } = region.round.people;
      await region.act(id, 'admit', {}, secretary);
      await region.round.assign(id, members[1] ?? '');
      await region.act(id, 'start-review', {}, secretary);
      return id;
    },
  ],
  ['scored', '✓✓✓✓×–', (region) => region.reviewed()],
  [
    'reopened after scoring',
    '✓✓✓×––',
    async (region) => {
      const id = await region.reviewed();
      await region.act(id, 'reopen', { reason: 'Nog eens.' }, region.round.people.members[0]);
      return id;
    },
  ],
  ['advised', '✓✓✓✓×–', (region) => region.prepared()],
];
const HIDDEN: typeof WITHDRAWN = [
  [
    'granted, not announced',
    '✓✓✓✓✓×',
    async (region) => {
      const id = await region.prepared();
      await region.decide(id, 'grant');
      return id;
    },
  ],
  [
    'refused on intake, not announced: as in the check',
    '✓✓×–––',
    async (region) => {
      const id = await region.unfit();
      await region.decide(id, 'refuse');
      return id;
    },
  ],
];

describe('the steps of a proposal that was withdrawn', () => {
  it.each([...WITHDRAWN, ...HIDDEN])('in a tender, %s: %s', async (_when, steps, make) => {
    const id = await make(noord);
    await noord.act(id, 'withdraw');
    const seen = { steps, heading: 'U hebt deze aanvraag ingetrokken', badge: 'Ingetrokken door aanvrager' };
    expect(await noord.seen(id)).toEqual(seen);
    expect(await noord.seen(id, noord.round.people.secretary)).toMatchObject({ steps });
  });

  it.each(WITHDRAWN)('in order of arrival, %s: %s', async (_when, steps, make) => {
    const id = await make(oost);
    await oost.act(id, 'withdraw');
    expect(await oost.seen(id)).toMatchObject({ steps });
  });
});

describe('the steps of a proposal that is not over', () => {
  it('are ticked up to where it is', async () => {
    expect(await noord.seen(await noord.draft())).toMatchObject({ steps: '•ooooo' });
    expect(await noord.seen(await noord.submitted())).toMatchObject({ steps: '✓✓•ooo' });
    expect(await noord.seen(await noord.reviewed())).toMatchObject({ steps: '✓✓✓✓•o' });
  });
});

describe.each([
  ['a tender', () => noord],
  ['order of arrival', () => oost],
])('in %s, the steps of what ended without the committee', (_way, of) => {
  it('discarded: nothing was done', async () => {
    const id = await of().draft();
    await of().act(id, 'discard');
    expect(await of().seen(id)).toEqual({
      ...{ steps: '×–––––', heading: 'U hebt dit concept weggegooid', badge: 'Weggegooid' },
    });
  });

  it('expired: nothing was done', async () => {
    const id = await of().draft();
    const move = `update call set closes_at = closes_at + $2::interval, opens_at = opens_at + $2::interval where id = $1`;
    await of().round.look.query(move, [of().call, '-2 hours']);
    await of().system(id, 'expire');
    await of().round.look.query(move, [of().call, '2 hours']);
    expect(await of().seen(id)).toEqual({
      ...{ steps: '×–––––', heading: 'Dit concept is niet ingediend', badge: 'Verlopen' },
    });
  });

  it('not processed: no review, no committee', async () => {
    expect(await of().seen(await of().notProcessed())).toEqual({
      ...{ steps: '✓✓✓––✓', heading: 'Uw aanvraag is niet in behandeling genomen', badge: 'Buiten behandeling' },
    });
  });
});

describe('the steps of a decision', () => {
  it('in a tender are those that led to it: granted, refused, on intake, late, waived', async () => {
    await noord.next('2027-2');
    const [granted, waived, refused] = [await noord.prepared(), await noord.prepared(), await noord.prepared('refuse')];
    const [unfit, late] = [await noord.unfit(), await noord.unfit({ ...WHY, ground: 'late' })];
    for (const [id, action] of [
      [granted, 'grant'],
      [waived, 'grant'],
      [refused, 'refuse'],
      [unfit, 'refuse'],
      [late, 'refuse'],
    ] as const)
      await noord.decide(id, action);
    // Hidden until the announcement: nothing of the decision is ticked, and the check goes on.
    expect([await noord.seen(granted), await noord.seen(unfit)]).toMatchObject([
      { steps: '✓✓✓✓✓•' },
      { steps: '✓✓•ooo' },
    ]);
    await noord.announce();
    await noord.act(waived, 'waive', CONFIRMED);
    const all = [];
    for (const id of [granted, refused, unfit, late, waived]) all.push(await noord.seen(id));
    expect(all.map(({ steps, badge }) => [steps, badge])).toEqual([
      ['✓✓✓✓✓✓', 'Toegekend'],
      ['✓✓✓✓✓✓', 'Afgewezen'],
      ['✓✓✓––✓', 'Afgewezen'],
      ['✓✓✓––✓', 'Afgewezen'],
      ['✓✓✓✓✓✓×', 'Afgezien'],
    ]);
    expect(all[4]?.heading).toBe('U hebt afgezien van de toekenning');
    const forStaff = { steps: '✓✓✓✓✓✓×', heading: 'Afgezien door aanvrager' };
    expect(await noord.seen(waived, noord.round.people.secretary)).toMatchObject(forStaff);
  });

  it('in order of arrival as well', async () => {
    const [granted, unfit] = [await oost.prepared(), await oost.unfit()];
    await oost.decide(granted, 'grant');
    await oost.decide(unfit, 'refuse');
    expect([await oost.seen(granted), await oost.seen(unfit)]).toMatchObject([
      { steps: '✓✓✓✓✓✓', badge: 'Toegekend' },
      { steps: '✓✓✓––✓', badge: 'Afgewezen' },
    ]);
    await oost.act(granted, 'waive', CONFIRMED);
    expect(await oost.seen(granted)).toMatchObject({ steps: '✓✓✓✓✓✓×', badge: 'Afgezien' });
    const { cents } = await oost.round.one('select awarded_cents::int as cents from ceiling where call_id = $1', [
      oost.call,
    ]);
    expect(cents).toBe(0);
  });
});
