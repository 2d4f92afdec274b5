import type pg from 'pg';

/** Since when, and why, the work that nobody waits for stands still: mail, terms, commands, reminders. */
export interface WorkPause {
  readonly since: string;
  readonly because: string;
}

/** What waits, and would act at once when the work goes on. */
export interface WaitingWork {
  readonly paused: WorkPause | null;
  readonly relay: RelayRefusal | null;
  /** Mails by their state; `held` ones wait for an announcement, whatever the pause. */
  readonly mails: Readonly<Record<string, number>>;
  readonly termsDue: number;
  readonly remindersDue: number;
  readonly commandsDue: number;
}

/** The pause as (since, because); no row when the work goes on. For the application and the worker too. */
export const READ_PAUSE = {
  name: 'read-work-pause',
  text: `select app.iso(work_paused_at) as since, work_paused_because as because from installation where work_paused_at is not null`,
};
/** Since when the mail relay takes none of our mail, and why; no row when it does. */
export interface RelayRefusal {
  readonly since: string;
  readonly reason: string;
  readonly said: string;
}

export const READ_RELAY = {
  name: 'read-relay-refusal',
  text: `select app.iso(relay_refuses_since) as since, relay_reason as reason, relay_said as said from installation
    where relay_refuses_since is not null and relay_refusals > 1`,
};
const MAILS = `select status, count(*)::int as n from outbox where status in ('new', 'uncertain', 'held', 'sending') group by status order by status`;
const DUE = `select
  (select count(*)::int from term where state = 'running' and due_at <= app_now()) as "termsDue",
  (select count(*)::int from term_reminder where status = 'new' and due_at <= app_now()) as "remindersDue",
  (select count(*)::int from command where status = 'new' and next_attempt_at <= app_now()) as "commandsDue"`;

/** As the owner: it sees every region. */
export async function waitingWork(owner: pg.ClientBase): Promise<WaitingWork> {
  const [paused] = (await owner.query<WorkPause>(READ_PAUSE.text)).rows;
  const [relay] = (await owner.query<RelayRefusal>(READ_RELAY.text)).rows;
  const { rows: mails } = await owner.query<{ status: string; n: number }>(MAILS);
  const [due] = (await owner.query<Omit<WaitingWork, 'paused' | 'relay' | 'mails'>>(DUE)).rows;
  const none = { termsDue: 0, remindersDue: 0, commandsDue: 0 };
  return {
    paused: paused ?? null,
    relay: relay ?? null,
    mails: Object.fromEntries(mails.map(({ status, n }) => [status, n])),
    ...none,
    ...due,
  };
}

const CANCEL_MAIL = `update outbox set status = 'cancelled', secret = null, last_error = 'cancelled when the work was resumed'
  where status in ('new', 'uncertain')`;
const RESUME = `with resumed as (update installation set work_paused_at = null, work_paused_because = null where work_paused_at is not null returning 1)
  insert into audit_entry (region, act, subject_kind, data) select 'landelijk', 'work.resume', 'installation', $1 from resumed returning 1`;

/** Lets the work go on; with `cancelMail` what waits to be sent is dropped first. Returns whether it stood still. */
export async function resumeWork(
  owner: pg.ClientBase,
  { cancelMail }: { readonly cancelMail: boolean },
): Promise<boolean> {
  await owner.query('begin');
  try {
    const { rowCount } = await owner.query(RESUME, [JSON.stringify({ cancelMail })]);
    if (rowCount === 1 && cancelMail) await owner.query(CANCEL_MAIL);
    await owner.query('commit');
    return rowCount === 1;
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}
