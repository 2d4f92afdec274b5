import { join } from 'node:path';
import pg from 'pg';
import { CATALOGUES, openRound, type Round } from '#app/worker';
import { AssignReviewer, OpenSeat } from '#lib/committee';
import { Database } from '#lib/database';
import { MakeRanking } from '#lib/decision';
import type { MoveAnswer, MoveRequest } from '#lib/engine';
import { CreateProposal } from '#lib/intake';
import { CreateCall, loadConfiguration } from '#lib/regulation';
import { SaveReview } from '#lib/review';
import { projectFolder } from '#lib/settings';
import { openTestDatabase, type TestDatabase } from '#lib/testing';
import { prove } from './proofs.js';
import { eligibleContent, makePeople, viewerOf, type RoundPeople } from './round-people.js';

/** The secret and domain that tests sign Message-IDs with. */
export const MESSAGE_IDS = { secret: 'a secret of the tests, long enough', domain: 'regioloket.example' };

/** Links in the mails of a test are their bare secrets. */
export const LINKS = { invitation: String, offer: String, opening: String, party: String, signIn: String };

type Payload = Readonly<Record<string, unknown>>;
type MoveExtra = Partial<Pick<MoveRequest, 'receivedAt' | 'key' | 'version'>>;

interface Size {
  readonly counts: { readonly members: number; readonly applicants: number };
  readonly poolSize: number;
  readonly region: string;
}

const KEYS = `select array(select k ->> 'key' from jsonb_array_elements(content #> '{rubric,criteria}') k) as keys from regulation where region = $1`;

/** With these acts a tender begins to compare: they wait for its closing. */
const AFTER_CLOSING: readonly string[] = ['start-review', 'propose-refusal'];

/** The libraries of a round on a database of its own, driven without HTTP. */
export class TestRound {
  private constructor(
    private readonly throwAway: TestDatabase | null,
    readonly database: Database,
    readonly look: pg.Client,
    readonly round: Round,
    readonly people: RoundPeople,
    /** Criteria of the region's rubric. */
    readonly criteria: readonly string[],
  ) {}

  static async open(counts = { members: 6, applicants: 4 }, poolSize = 10, region = 'noord'): Promise<TestRound> {
    const test = await openTestDatabase();
    return TestRound.make(test, test, { counts, poolSize, region });
  }

  /** On a database that the test made itself. */
  static async on(superUrl: string, appUrl: string, poolSize = 10): Promise<TestRound> {
    return TestRound.make(
      null,
      { superUrl, appUrl },
      {
        counts: { members: 6, applicants: 1 },
        poolSize,
        region: 'noord',
      },
    );
  }

  private static async make(
    test: TestDatabase | null,
    { superUrl, appUrl }: Pick<TestDatabase, 'superUrl' | 'appUrl'>,
    { counts, poolSize, region }: Size,
  ): Promise<TestRound> {
    const look = new pg.Client({ connectionString: superUrl });
    await look.connect();
    await loadConfiguration(look, join(projectFolder(), 'config'), CATALOGUES);
    const database = await Database.open({ url: appUrl, poolSize });
    const round = openRound(database, { messageIds: MESSAGE_IDS, ring: () => undefined });
    const { rows } = await look.query<{ keys: string[] }>(KEYS, [region]);
    return new TestRound(test, database, look, round, await makePeople(look, region, counts), rows[0]?.keys ?? []);
  }

  /** The throw-away database. Throws when the test made its own. */
  get test(): TestDatabase {
    if (this.throwAway === null) throw new Error('This round runs on a database of its own.');
    return this.throwAway;
  }

  async close(): Promise<void> {
    await this.look.end();
    await this.database.close();
    await this.throwAway?.drop();
  }

  /** A reason of the committee for every criterion. */
  get reasons(): Record<string, string> {
    return Object.fromEntries(this.criteria.map((key) => [key, 'De commissie is overtuigd.']));
  }

  async one(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>> {
    return (await this.look.query<Record<string, unknown>>(sql, [...values])).rows[0] ?? {};
  }

  async act(
    kind: string,
    id: string,
    action: string,
    by: string,
    payload: Payload = {},
    more: MoveExtra = {},
  ): Promise<MoveAnswer> {
    if (kind === 'proposal' && AFTER_CLOSING.includes(action)) await this.comesToClosing(id);
    const actor = { id: by, regions: [this.people.region] };
    const receivedAt = await this.database.now();
    return this.round.engine.act({ subject: { kind, id }, action, payload, actor, receivedAt, ...more });
  }

  /** Lets the closing of a proposal's call come, where proposals are compared; what is submitted after it in the same call is late. */
  private async comesToClosing(proposalId: string): Promise<void> {
    await this.one(
      `update call c set closes_at = greatest(c.opens_at + interval '1 second', app_now() - interval '1 second') from proposal p
       where p.id = $1 and c.id = p.call_id and c.closes_at > app_now() and not app.in_order_of_arrival(c)`,
      [proposalId],
    );
  }

  /** A call of the coordinator, published by the decider and open; it closes in an hour, or after some days and an hour. */
  async openCall(number = '2027-1', { openMinutes = 60, days = 0 } = {}): Promise<string> {
    const { coordinator, decider, region } = this.people;
    const { engine, frozen } = this.round;
    const receivedAt = await this.database.now();
    const at = (minutes: number): string => new Date(Date.parse(receivedAt) + minutes * 60_000).toISOString();
    const id = await new CreateCall(this.database, engine, frozen).execute(
      {
        region,
        programme: 'innovatie-wt',
        number,
        name: { nl: `Ronde ${number}`, en: `Call ${number}` },
        opensAt: at(-openMinutes),
        closesAt: at(days * 24 * 60 + 60),
        graceMinutes: 0,
      },
      { actorId: coordinator, receivedAt },
    );
    await this.act('call', id, 'publish', decider);
    // Where a worker runs, it may have opened the call already.
    await this.act('call', id, 'open', coordinator).catch((error: unknown) => {
      if ((error as { code?: string }).code !== 'action-not-now') throw error;
    });
    return id;
  }

  /** The committee: the chair and members, experts and field in turn. */
  async seatAll(callId: string): Promise<void> {
    const { region, secretary, members } = this.people;
    const seats = new OpenSeat(this.database);
    for (const [i, personId] of members.entries()) {
      const kind = i % 2 === 0 ? 'expert' : 'field';
      const viewer = viewerOf(secretary, region, 'secretary');
      await seats.execute(viewer, { region, callId }, { personId, kind, isChair: i === 0 });
    }
  }

  /** With a file for every proof that the form asks for, unless it is `unproven`. */
  async draft(
    callId: string,
    applicant: string,
    more: { title?: string; content?: Record<string, unknown>; unproven?: boolean } = {},
  ): Promise<string> {
    const { engine, frozen } = this.round;
    const written = { title: more.title ?? 'Schoon water uit eigen hand', content: more.content ?? eligibleContent() };
    const request = { actorId: applicant, region: this.people.region, receivedAt: await this.database.now() };
    const id = await new CreateProposal(this.database, engine, frozen).execute(callId, written, request);
    if (more.unproven !== true) await prove(this, id, applicant);
    return id;
  }

  async assign(proposalId: string, reviewerId: string): Promise<string> {
    const { region, secretary } = this.people;
    const { engine, frozen, messageIds } = this.round;
    const assigning = new AssignReviewer(this.database, engine, frozen, messageIds);
    const viewer = viewerOf(secretary, region, 'secretary');
    return assigning.execute(viewer, { proposalId, reviewerId }, { region, receivedAt: await this.database.now() });
  }

  /** Accepts, scores every criterion the same and hands in. */
  async review(reviewId: string, reviewer: string, score: number): Promise<void> {
    await this.act('review', reviewId, 'accept', reviewer);
    const scores = this.criteria.map((criterion) => ({
      criterion,
      score: String(score),
      reason: 'Helder en haalbaar.',
    }));
    await new SaveReview(this.database).execute(reviewId, scores, 1, { region: this.people.region, actorId: reviewer });
    await this.act('review', reviewId, 'submit', reviewer);
  }

  async rank(callId: string): Promise<string> {
    const { region, secretary } = this.people;
    return new MakeRanking(this.database).execute(viewerOf(secretary, region, 'secretary'), { region, callId });
  }

  /** From a new draft to a proposal with closed reviews, all with the same score. */
  async scored(callId: string, applicant: string, score = 4, content?: Record<string, unknown>): Promise<string> {
    const id = await this.draft(callId, applicant, content === undefined ? {} : { content });
    await this.act('proposal', id, 'submit', applicant);
    await this.reviewed(id, [score, score, score]);
    return id;
  }

  /** From submitted to closed reviews, one by each of the first members behind the chair. */
  async reviewed(id: string, scores: readonly number[]): Promise<void> {
    const { secretary, members } = this.people;
    await this.act('proposal', id, 'admit', secretary);
    const reviews: string[] = [];
    for (const [i] of scores.entries()) reviews.push(await this.assign(id, members[i + 1] ?? ''));
    await this.act('proposal', id, 'start-review', secretary);
    for (const [i, score] of scores.entries()) await this.review(reviews[i] ?? '', members[i + 1] ?? '', score);
    await this.act('proposal', id, 'close-review', secretary);
  }

  /** From scored to a prepared decision: as the committee advised, unless a draft is given. */
  async prepared(id: string, draft: Payload = { outcome: 'grant' }): Promise<void> {
    const { secretary, members } = this.people;
    const chair = members[0] ?? '';
    const outcome = draft['outcome'];
    await this.act('proposal', id, 'advise', chair, { outcome, reasonsPerCriterion: this.reasons });
    await this.act('proposal', id, 'prepare-decision', secretary, { reasons: 'Wij volgen het advies.', ...draft });
  }
}

export const CRITERIA = ['school-programme', 'cooperation', 'renewal', 'sharing'] as const;
export const REASONS = Object.fromEntries(CRITERIA.map((key) => [key, 'De commissie is overtuigd.']));
