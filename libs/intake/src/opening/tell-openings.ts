import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#lib/database';
import { writeAudit, writeNotices } from '#lib/engine';
import type { Instant, Language, Text } from '#lib/kernel';
import { newSecret } from '#lib/people';
import { TOLD_MOMENTS } from '#lib/regulation';
import type { OpeningOptions } from './ask-opening.js';

export interface OpeningWork extends OpeningOptions {
  readonly database: Database;
  /** Addresses told in one transaction. */
  readonly batch?: number;
}

interface Waiting {
  readonly id: string;
  readonly email: string;
  readonly language: Language;
}

interface Opened {
  readonly call: Text;
  readonly region: Text;
  readonly closesAt: Instant;
}

const BATCH = 500;
const DUE = { name: 'openings-to-tell', text: 'select id, region from app.openings_to_tell()' };
const OPENED = {
  name: 'opened-call',
  text: `select jsonb_build_object('nl', c.name_nl, 'en', c.name_en) as call, jsonb_build_object('nl', g.name_nl, 'en', g.name_en) as region, ${TOLD_MOMENTS}
    from call c join region g on g.code = c.region where c.id = $1 and app.has_opened(c)`,
};
/**
 * Takes the addresses out: who waits for this call and for the next one of the network is one address and gets one mail. Deleting is what makes it once:
 * of two workers one finds the rows gone. By id, because an address is no index where rows of other regions are hidden.
 */
const TAKE = {
  name: 'take-openings',
  text: `with told as (select array_agg(o.id) as ids from opening_request o join call c on c.id = $1 where o.region = c.region
        and (o.call_id = c.id or (o.call_id is null and o.confirmed_at < (app.moments_of(c)).opens_at))
        group by o.email having bool_or(o.confirmed_at is not null) order by o.email limit $2),
      gone as (delete from opening_request o using (select unnest(ids) as id from told) t where o.id = t.id returning o.id, o.email::text, o.language)
    select distinct on (lower(email)) id, email, language from gone order by lower(email), id`,
};
const KEEP_END = { name: 'keep-end-of-openings', text: 'select app.keep_end_of_openings($1)' };
const DROP = { name: 'drop-openings', text: 'select app.drop_openings()' };

/** Tells everybody who asked that a call has opened, once, and forgets them with it. Returns how many it told. */
export async function tellOpenings(work: OpeningWork, signal?: AbortSignal): Promise<number> {
  let told = 0;
  for (const { id, region } of await work.database.ask<{ id: string; region: string }>(DUE)) {
    if (signal?.aborted === true) break;
    told += await work.database.unit({ regions: [region], actor: null }, (tx) => tellBatch(tx, work, { id, region }));
  }
  return told;
}

/** Forgets what will never be told: not confirmed, withdrawn, or long ago. */
export async function dropOpenings(database: Database): Promise<void> {
  await database.ask(DROP);
}

async function tellBatch(
  tx: Transaction,
  { batch = BATCH, linkTo, messageIds }: OpeningWork,
  { id, region }: { readonly id: string; readonly region: string },
): Promise<number> {
  const [opened] = await tx.query<Opened>(OPENED, [id]);
  if (opened === undefined) return 0;
  const people = (await tx.query<Waiting>(TAKE, [id, batch])).map((one) => ({ ...one, link: newSecret() }));
  if (people.length === 0) return 0;
  const event = randomUUID();
  const data = { event, count: people.length };
  await writeAudit(tx, { region, actor: null, act: 'opening.tell', subjectKind: 'call', subjectId: id, data });
  await tx.query(KEEP_END, [JSON.stringify(people.map(({ email, link }) => ({ email, hash: link.hash })))]);
  const { closesAt } = opened;
  const notices = people.map(({ id: key, email, language, link }) => ({
    ...{ region, eventId: event, recipientKey: key, template: 'call-opened', language, forgets: true },
    ...{ to: { address: email, name: '' }, about: { kind: 'call', id } },
    view: { call: opened.call[language], region: opened.region[language], closesAt },
    secret: { unsubscribe: linkTo(link.secret) },
  }));
  await writeNotices(tx, notices, messageIds);
  return people.length;
}
