import type { Statement } from '#lib/database';
import { failpoint } from '#lib/settings';
import { Lanes } from './lanes.js';
import { inRegion, type Mail, type MailWork } from './mail-work.js';
import { CONNECTIONS } from './transport.js';
import type { Blame } from './verdict.js';

const BATCH = 100;
const LEASE_SECONDS = 30;
/** When the process stops, a conversation gets this long to end by itself: the whole stop may last ten seconds. */
const PATIENCE_MS = 5_000;
const CLAIM: Statement = {
  name: 'claim-mail',
  text: 'select id, region from app.claim_outbox($1, $2, make_interval(secs => $3))',
};
const RENEW: Statement = {
  name: 'renew-mail',
  text: 'select app.renew_outbox($1, $2, make_interval(secs => $3))',
};
const READ: Statement = {
  name: 'read-mail',
  text: `select o.id, o.region, template, language, to_address, to_name, view, secret, message_id, subject, html, text, attempts, lost_leases,
      i.relay_probe_at is not null as "isProbe", coalesce(o.refused_at < i.relay_took_again_at, false) as "isRefusedAlone",
      case language when 'nl' then name_nl else name_en end as sender,
      (select jsonb_build_object('name', d.name, 'address', d.address, 'email', d.email) from app.desks() d where d.region = o.region and d.email is not null) as desk
    from outbox o join region on code = o.region cross join installation i
    where o.id = any ($1) and status = 'sending' and leased_by = $2 order by next_attempt_at, o.id`,
};

/** What was claimed and not begun is as new, and needs to wait for no lease. */
const RELEASE: Statement = { name: 'release-mail', text: 'select app.release_outbox($1, $2)' };

interface Row {
  readonly id: string;
  readonly region: string;
}

/** What an attempt knows of the room. */
export interface Attempt {
  /** Breaks the conversation off. */
  readonly stop: AbortSignal;
  /** No more than one connection is used, because the relay had too many. */
  readonly isAlone: boolean;
}

type Deliver = (work: MailWork, mail: Mail, attempt: Attempt) => Promise<Blame | 'none'>;

/**
 * Where mails are sent, as many at once as there are connections: a mail that only waits for one is not begun. A mail to which the relay
 * gives no answer for ten minutes holds one connection and nothing else. What is here stays claimed: leases are renewed, so that they are
 * short for a worker that dies, and outlast the slowest relay for one that lives.
 */
export class MailRoom {
  private readonly claimed = new Set<string>();
  private readonly inFlight = new Set<Promise<void>>();
  private readonly breaking = new AbortController();
  private readonly lanes: Lanes;
  private readonly leaseSeconds: number;
  /** The relay refuses us: what was claimed beside it waits with the others. */
  private isHalted = false;
  private stop: AbortSignal | undefined;
  private patience: NodeJS.Timeout | undefined;
  private heart: NodeJS.Timeout | undefined;
  private onChange: () => void = () => undefined;
  private failure: Error | undefined;

  constructor(
    private readonly work: MailWork,
    private readonly deliver: Deliver,
  ) {
    this.lanes = new Lanes(work.inFlight ?? CONNECTIONS);
    this.leaseSeconds = work.leaseSeconds ?? LEASE_SECONDS;
  }

  /** Takes on what is due and begins all of it; returns how many that were. What is in flight by then goes on. */
  async run(signal?: AbortSignal): Promise<number> {
    this.watch(signal);
    this.throwFailure();
    if (this.stop?.aborted === true || this.inFlight.size >= this.lanes.width) return 0;
    this.isHalted = false;
    const { work } = this;
    const rows = await work.database.ask<Row>(CLAIM, [work.worker, BATCH, this.leaseSeconds]);
    failpoint('mail.claimed');
    for (const { id } of rows) this.claimed.add(id);
    this.heart ??= setInterval(() => void this.renew(), (this.leaseSeconds * 1_000) / 3);
    const waiting = new Set(rows.map(({ id }) => id));
    try {
      for (const mail of await this.read(rows)) {
        if (!(await this.hasRoom())) break;
        waiting.delete(mail.id);
        this.begin(mail);
      }
    } finally {
      await this.release(waiting);
    }
    return rows.length;
  }

  /** Resolves when nothing is in flight any more. */
  async settle(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
    clearTimeout(this.patience);
    this.throwFailure();
  }

  private watch(signal: AbortSignal | undefined): void {
    if (this.stop !== undefined || signal === undefined) return;
    this.stop = signal;
    const onStop = (): void => {
      this.patience = setTimeout(() => this.breaking.abort(), PATIENCE_MS);
      this.onChange();
    };
    if (!signal.aborted) signal.addEventListener('abort', onStop, { once: true });
  }

  private async read(rows: readonly Row[]): Promise<Mail[]> {
    const regions = new Map<string, string[]>();
    for (const { id, region } of rows) regions.set(region, [...(regions.get(region) ?? []), id]);
    const mails: Mail[] = [];
    for (const [region, ids] of regions)
      mails.push(...(await inRegion(this.work, region, (tx) => tx.query<Mail>(READ, [ids, this.work.worker]))));
    return mails;
  }

  /** Waits until a mail can be begun; false when none should be any more. */
  private async hasRoom(): Promise<boolean> {
    const isOver = (): boolean => this.isHalted || this.stop?.aborted === true || this.failure !== undefined;
    while (!isOver() && this.inFlight.size >= this.lanes.width)
      await new Promise<void>((resolve) => (this.onChange = resolve));
    return !isOver();
  }

  private begin(mail: Mail): void {
    const attempt = { stop: this.breaking.signal, isAlone: this.lanes.width === 1 };
    const ended = this.deliver(this.work, mail, attempt)
      .then((blame) => {
        this.isHalted ||= blame === 'relay';
        this.lanes.heard(blame);
      })
      .catch((error: unknown) => (this.failure ??= error as Error))
      .then(() => {
        this.inFlight.delete(ended);
        this.leave([mail.id]);
        this.onChange();
      });
    this.inFlight.add(ended);
  }

  private leave(ids: Iterable<string>): void {
    for (const id of ids) this.claimed.delete(id);
    if (this.claimed.size > 0) return;
    clearInterval(this.heart);
    this.heart = undefined;
  }

  /** A beat that fails is not the last one: the database may be back before the lease runs out. */
  private async renew(): Promise<void> {
    const { work, claimed, leaseSeconds } = this;
    await work.database.ask(RENEW, [[...claimed], work.worker, leaseSeconds]).catch(() => undefined);
  }

  private async release(waiting: ReadonlySet<string>): Promise<void> {
    this.leave(waiting);
    if (waiting.size === 0) return;
    // Should this fail, they are free when their lease has passed.
    await this.work.database.ask(RELEASE, [[...waiting], this.work.worker]).catch(() => undefined);
  }

  private throwFailure(): void {
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }
}
