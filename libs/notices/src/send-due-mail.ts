import type { Database, Statement, Transaction } from '#lib/database';
import type { Language, Text } from '#lib/kernel';
import { failpoint } from '#lib/settings';
import { fateOf } from './fate.js';
import type { Templates } from './render.js';

/** The one thing asked of a mail transport: nodemailer's own shape. */
export interface MailTransport {
  sendMail(mail: Readonly<Record<string, unknown>>): Promise<unknown>;
}

export interface MailWork {
  /** Connected as the role worker. */
  readonly database: Database;
  readonly transport: MailTransport;
  readonly templates: Templates;
  /** Sender's address. */
  readonly from: string;
  /** The address of the page on which the recipient goes on; null when there is none. */
  readonly pageOf?: (template: string, about: About | undefined) => string | null;
  /** Name of the process, as leases remember it. */
  readonly worker: string;
  /** How long a claim holds, in seconds. */
  readonly leaseSeconds?: number | undefined;
  /** Mails in flight at once. */
  readonly inFlight?: number;
}

/** The subject of a mail, as its writer named it. */
interface About {
  readonly kind: string;
  readonly id: string;
}

interface Mail {
  readonly id: string;
  readonly region: string;
  readonly template: string;
  readonly language: Language;
  readonly to_address: string;
  readonly to_name: string;
  readonly view: Readonly<Record<string, unknown>>;
  readonly secret: Readonly<Record<string, unknown>> | null;
  readonly message_id: string;
  readonly subject: string | null;
  readonly html: string | null;
  readonly text: string | null;
  readonly attempts: number;
  /** The network in whose name it is sent, in the mail's language. */
  readonly sender: string;
  /** Where the desk of the mail's region is reached; null when nothing says it. */
  readonly desk: { readonly name: Text; readonly address: string | null; readonly email: string } | null;
}

const BATCH = 100;
/** As many as the transport has connections: a mail that only waits for one is not begun. */
const IN_FLIGHT = 5;
/** Longer than a slow server takes for a whole batch; after a crash others take over when it has passed. */
const LEASE_SECONDS = 30;
const CLAIM: Statement = {
  name: 'claim-mail',
  text: 'select id, region from app.claim_outbox($1, $2, make_interval(secs => $3))',
};
const READ: Statement = {
  name: 'read-mail',
  text: `select o.id, o.region, template, language, to_address, to_name, view, secret, message_id, subject, html, text, attempts,
      case language when 'nl' then name_nl else name_en end as sender,
      (select jsonb_build_object('name', d.name, 'address', d.address, 'email', d.email) from app.desks() d where d.region = o.region and d.email is not null) as desk
    from outbox o join region on code = o.region
    where o.id = any ($1) and status = 'sending' and leased_by = $2 order by next_attempt_at, o.id`,
};
/** From here on the mail may have left; its text is fixed, so that a second copy is byte for byte the same. */
const BEGIN: Statement = {
  name: 'begin-mail',
  text: `update outbox set begun = true, subject = coalesce($3, subject), html = coalesce($4, html), text = coalesce($5, text)
    where id = $1 and status = 'sending' and leased_by = $2 returning id`,
};
const MARK: Statement = {
  name: 'mark-mail',
  text: `update outbox set status = $3, sent_at = case when $3 = 'sent' then app_now() end, last_error = $4, lease_until = null, leased_by = null,
      next_attempt_at = app_now() + make_interval(secs => $5), secret = case when $3 = 'new' then secret end
    where id = $1 and status = 'sending' and leased_by = $2 returning id`,
};
/** Somebody must look: the address is wrong, or the server refuses us. */
const RAISE: Statement = {
  name: 'raise-mail-task',
  text: `insert into task (region, kind, for_role, subject_kind, subject_id, data)
    values ($1, 'mail-not-delivered', 'secretary', 'mail', $2, jsonb_build_object('template', $3::text, 'status', $4::text))
    on conflict do nothing`,
};

/** Sends what is due, several at once, each by itself: one bad recipient delays nobody. Returns how many it took on. */
export async function sendDueMail(work: MailWork, signal?: AbortSignal): Promise<number> {
  if (signal?.aborted === true) return 0;
  const rows = await work.database.ask<{ id: string; region: string }>(CLAIM, [
    ...[work.worker, BATCH, work.leaseSeconds ?? LEASE_SECONDS],
  ]);
  failpoint('mail.claimed');
  const regions = new Map<string, string[]>();
  for (const { id, region } of rows) regions.set(region, [...(regions.get(region) ?? []), id]);
  for (const [region, ids] of regions) {
    const mails = await inRegion(work, region, (tx) => tx.query<Mail>(READ, [ids, work.worker]));
    await atOnce(mails, { width: work.inFlight ?? IN_FLIGHT, signal }, (mail) => deliver(work, mail));
  }
  return rows.length;
}

async function deliver(work: MailWork, mail: Mail): Promise<void> {
  let failure: unknown;
  try {
    const message = await begin(work, mail);
    // Another worker has it: the lease ran out while this one waited.
    if (message === null) return;
    failpoint('mail.begun');
    await work.transport.sendMail(message);
    failpoint('mail.sent');
  } catch (error) {
    failure = error;
  }
  const { status, error, retrySeconds } = fateOf(failure, mail.attempts);
  await inRegion(work, mail.region, async (tx) => {
    const marked = await tx.query(MARK, [mail.id, work.worker, status, error, retrySeconds]);
    const isLost = status === 'bounced' || status === 'failed';
    if (marked.length === 1 && isLost) await tx.query(RAISE, [mail.region, mail.id, mail.template, status]);
  });
}

/** Renders the mail and notes that its attempt begins; null when it is no longer this worker's. A text with a secret is never stored. */
async function begin(work: MailWork, mail: Mail): Promise<Readonly<Record<string, unknown>> | null> {
  const stored = mail.subject !== null && mail.html !== null && mail.text !== null;
  const page = work.pageOf?.(mail.template, mail.view['aboutSubject'] as About | undefined) ?? null;
  const { sender } = mail;
  const desk = mail.desk === null ? null : { ...mail.desk, name: mail.desk.name[mail.language] };
  const view = { ...mail.view, page, sender, desk, ...(mail.secret === null ? {} : { secret: mail.secret }) };
  const rendered = stored ? mail : work.templates.render(mail.template, mail.language, view);
  const { subject, html, text } = rendered;
  const kept = mail.secret === null ? [subject, html, text] : [null, null, null];
  const begun = await inRegion(work, mail.region, (tx) => tx.query(BEGIN, [mail.id, work.worker, ...kept]));
  return begun.length === 0 ? null : messageOf(work, mail, { subject, html, text });
}

function messageOf(
  work: MailWork,
  mail: Mail,
  written: Pick<Mail, 'subject' | 'html' | 'text'>,
): Readonly<Record<string, unknown>> {
  return {
    from: { name: 'Regioloket', address: work.from },
    to: { name: mail.to_name, address: mail.to_address },
    ...{ ...written, messageId: mail.message_id },
    // RFC 3834: nobody's absence message answers it.
    headers: { 'auto-submitted': 'auto-generated', 'content-language': mail.language },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function inRegion<T>(work: MailWork, region: string, act: (tx: Transaction) => Promise<T>): Promise<T> {
  return work.database.unit({ regions: [region], actor: null }, act);
}

interface Lanes {
  readonly width: number;
  readonly signal: AbortSignal | undefined;
}

/** At most `width` at once, and none begun once the signal is aborted; all end before the first failure is thrown. */
async function atOnce<T>(
  items: readonly T[],
  { width, signal }: Lanes,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (const item of queue) {
      if (signal?.aborted === true) return;
      await act(item);
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: width }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
}
