import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Transaction } from '#lib/database';
import { writeAudit, writeNotices, type MessageIdOptions } from '#lib/engine';
import type { Instant, Language, Text } from '#lib/kernel';
import { hashOfSecret, inetOf, newSecret, tidyMailbox, type Verdict } from '#lib/people';
import { readCall } from '#lib/regulation';
import { NothingToTell, OpeningAskedTooOften } from './opening-errors.js';

/** What somebody wants to hear of: one call, or the next one of a network. */
export interface OpeningWish {
  readonly region: string;
  readonly callId: string | null;
  readonly language: Language;
}

/** What waits to be told. */
export interface WaitingOpening {
  readonly id: string;
  readonly region: Text;
  /** Null: the next call of the region. */
  readonly call: Text | null;
  readonly callId: string | null;
}

/** As the holder of a mailed link sees it. */
export interface LinkedOpening extends WaitingOpening {
  readonly confirmed: boolean;
  /** Whether it can still be told. */
  readonly opensLater: boolean;
}

export interface OpeningOptions {
  readonly messageIds: MessageIdOptions;
  /** Address of the page that confirms and ends it. */
  readonly linkTo: (token: string) => string;
}

/** Milliseconds; longer than writing a mail takes, so that the time of the answer tells nothing of an address. */
const SLOWEST_USUAL_ANSWER = 400;
const BEGIN = { name: 'begin-opening', text: 'select app.begin_opening($1, $2) as verdict' };
/** No row comes back when the address waits for the same already: then nothing is mailed, and nobody is told so. */
const ASK = {
  name: 'ask-opening',
  text: `insert into opening_request as o (id, region, call_id, email, language, token_hash) values ($1, $2, $3, $4, $5, $6)
    on conflict on constraint opening_request_once do update set language = excluded.language, token_hash = excluded.token_hash, asked_at = app_now()
      where o.confirmed_at is null
    returning id, app.iso(asked_at + interval '3 days') as until`,
};
const ASK_OWN = {
  name: 'ask-own-opening',
  text: `insert into opening_request as o (id, region, call_id, email, language, token_hash, confirmed_at)
    select $1, $2, $3, email, $4, $5, app_now() from person where id = $6 and disabled_at is null
    on conflict on constraint opening_request_once do update set confirmed_at = coalesce(o.confirmed_at, app_now())`,
};
const NAMES = {
  name: 'opening-names',
  text: `select jsonb_build_object('nl', g.name_nl, 'en', g.name_en) as region,
      case when c.id is not null then jsonb_build_object('nl', c.name_nl, 'en', c.name_en) end as call
    from region g left join call c on c.id = $2 and c.region = g.code where g.code = $1`,
};
const BY_LINK = { name: 'openings-by-link', text: 'select * from app.openings_by_link($1)' };
const CONFIRM = { name: 'confirm-opening', text: 'select app.confirm_opening($1) as done' };
const END = { name: 'end-openings', text: 'select app.end_openings($1)' };
const OWN = { name: 'own-openings', text: 'select id, region, call, "callId" from app.openings_of($1)' };
const END_OWN = { name: 'end-own-opening', text: 'select app.end_own_opening($1, $2)' };

/** Whoever wants to hear when a call opens, with or without an account. */
export class AskOpening {
  constructor(
    private readonly database: Database,
    private readonly options: OpeningOptions,
  ) {}

  /** The answer is the same for every address, and takes as long. Throws OpeningAskedTooOften for a network only, NothingToTell. */
  async ask(wish: OpeningWish, typed: string, clientAddress: string): Promise<void> {
    const [done] = await Promise.allSettled([this.mail(wish, typed, clientAddress), sleep(SLOWEST_USUAL_ANSWER)]);
    if (done.status === 'rejected') throw done.reason;
  }

  /** Of somebody who is signed in: the address was proven, so it counts at once. Throws NothingToTell. */
  async askOwn({ region, callId, language }: OpeningWish, personId: string): Promise<void> {
    await this.database.unit({ regions: [region], actor: personId }, async (tx) => {
      await assertOpensLater(tx, callId);
      await tx.query(ASK_OWN, [randomUUID(), region, callId, language, newSecret().hash, personId]);
    });
  }

  async own(personId: string): Promise<readonly WaitingOpening[]> {
    return this.database.ask<WaitingOpening>(OWN, [personId]);
  }

  /** What is nobody's, or somebody else's, is left as it is. */
  async endOwn(personId: string, id: string): Promise<void> {
    await this.database.ask(END_OWN, [personId, id]);
  }

  /** Empty when the link was for something that is over. */
  async byLink(token: string): Promise<readonly LinkedOpening[]> {
    return this.database.ask<LinkedOpening>(BY_LINK, [hashOfSecret(token)]);
  }

  /** As often as it is pressed; false when there is nothing to confirm any more. */
  async confirm(token: string): Promise<boolean> {
    const [answer] = await this.database.ask<{ done: boolean }>(CONFIRM, [hashOfSecret(token)]);
    return answer?.done === true;
  }

  /** As often as it is pressed. */
  async end(token: string): Promise<void> {
    await this.database.ask(END, [hashOfSecret(token)]);
  }

  private async mail({ region, callId, language }: OpeningWish, typed: string, clientAddress: string): Promise<void> {
    const email = tidyMailbox(typed);
    await this.database.unit({ regions: [region], actor: null }, async (tx) => {
      const [begun] = await tx.query<{ verdict: Verdict }>(BEGIN, [email, inetOf(clientAddress)]);
      if (begun?.verdict === 'network-throttled') throw new OpeningAskedTooOften();
      await assertOpensLater(tx, callId);
      if (begun?.verdict !== 'allowed') return;
      const { secret, hash } = newSecret();
      const [made] = await tx.query<Made>(ASK, [randomUUID(), region, callId, email, language, hash]);
      if (made !== undefined) await this.write(tx, { region, callId, language }, { ...made, email, secret });
    });
  }

  private async write(tx: Transaction, { region, callId, language }: OpeningWish, made: Asked): Promise<void> {
    const [names] = await tx.query<Pick<WaitingOpening, 'region' | 'call'>>(NAMES, [region, callId]);
    const event = randomUUID();
    const audit = { act: 'opening.ask', subjectKind: 'opening-request', subjectId: made.id, data: { event } };
    await writeAudit(tx, { region, actor: null, ...audit });
    const view = { region: names?.region[language], call: names?.call?.[language] ?? null, until: made.until };
    const notice = {
      ...{ region, eventId: event, recipientKey: made.id, template: 'opening-asked', language, forgets: true },
      ...{ to: { address: made.email, name: '' }, view, secret: { link: this.options.linkTo(made.secret) } },
    };
    await writeNotices(tx, [notice], this.options.messageIds);
  }
}

interface Made {
  readonly id: string;
  readonly until: Instant;
}

interface Asked extends Made {
  readonly email: string;
  readonly secret: string;
}

const OPENS_LATER = { name: 'opens-later', text: 'select app.opens_later($1) as later' };

/** Throws NothingToTell when the call is not one that everybody may see, or has opened. */
async function assertOpensLater(tx: Transaction, callId: string | null): Promise<void> {
  if (callId === null) return;
  const [answer] = await tx.query<{ later: boolean }>(OPENS_LATER, [callId]);
  if (answer?.later !== true || (await readCall(tx, callId)) === null) throw new NothingToTell();
}
