import type { Database, Statement, Transaction } from '#lib/database';
import { ActionNotNow, ActionUnknown, MoveRefused } from '#lib/workflow';
import { failpoint } from '#lib/settings';
import type { Engine } from './engine.js';
import { AlreadySettled, SubjectNotFound } from './engine-errors.js';
import type { Actor, SubjectRef } from './move-context.js';

/** Who claims and what the claims are for. */
export interface DueWork {
  readonly engine: Engine;
  /** Connected as the role worker. */
  readonly database: Database;
  /** Name of the process, as leases remember it. */
  readonly worker: string;
  /** How long a claim holds, in seconds. */
  readonly leaseSeconds?: number | undefined;
  /** Rows per claim; design: at most 500. */
  readonly most?: number;
}

interface Claim {
  readonly id: string;
  readonly region: string;
}

const MOST = 500;
/** Long enough for a full batch of moves; after a crash others take over when it has passed. */
const LEASE_SECONDS = 30;

type Kind = 'terms' | 'commands' | 'reminders';

const CLAIM: Readonly<Record<Kind, Statement>> = {
  terms: { name: 'claim-terms', text: 'select id, region from app.claim_terms($1, $2, make_interval(secs => $3))' },
  commands: {
    name: 'claim-commands',
    text: 'select id, region from app.claim_commands($1, $2, make_interval(secs => $3))',
  },
  reminders: {
    name: 'claim-reminders',
    text: 'select id, region from app.claim_reminders($1, $2, make_interval(secs => $3))',
  },
};

/** Takes due rows of all regions, grouped by region; several workers get disjoint rows. */
export async function claim(work: DueWork, kind: Kind): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await work.database.ask<Claim>(CLAIM[kind], [
    work.worker,
    work.most ?? MOST,
    work.leaseSeconds ?? LEASE_SECONDS,
  ]);
  failpoint(`${kind}.claimed`);
  const regions = new Map<string, string[]>();
  for (const { id, region } of rows) regions.set(region, [...(regions.get(region) ?? []), id]);
  return regions;
}

interface DueTerm {
  readonly id: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly name: string;
  readonly on_expiry: { readonly action?: string; readonly task?: string; readonly for?: string };
}

const READ_TERMS: Statement = {
  name: 'read-due-terms',
  text: `select id, subject_kind, subject_id, name, on_expiry from term where id = any ($1) and state = 'running' order by due_at, id`,
};
/** All terms that only raise a task, in one statement: 50,000 due at once must not mean 50,000 transactions. */
const EXPIRE_WITH_TASK: Statement = {
  name: 'expire-terms-with-task',
  text: `with expired as (
      update term set state = 'expired', ended_at = app_now(), lease_until = null
      where id = any ($1) and state = 'running' and on_expiry ? 'task' returning *),
    raised as (
      insert into task (region, kind, for_role, subject_kind, subject_id, data)
      select region, on_expiry ->> 'task', on_expiry ->> 'for', subject_kind, subject_id, jsonb_build_object('term', name, 'lastDay', last_day)
      from expired on conflict do nothing),
    audited as (
      insert into audit_entry (region, act, subject_kind, subject_id, data)
      select region, 'term.expire', subject_kind, subject_id, jsonb_build_object('term', id, 'name', name) from expired)
    select count(*)::int as count from expired`,
};
const EXPIRED = `update term set state = 'expired', ended_at = app_now(), lease_until = null where id = $1 and state = 'running' returning id`;
const POSTPONE = `update term set due_at = greatest($2::timestamptz, app_now() + interval '1 minute'),
    last_day = greatest(last_day, ($2::timestamptz at time zone 'Europe/Amsterdam')::date), lease_until = null where id = $1 and state = 'running'`;

/** Ends the terms that are due: raises their task or makes their move as `system`. Returns how many rows it took on. */
export async function expireDueTerms(work: DueWork): Promise<number> {
  let handled = 0;
  for (const [region, ids] of await claim(work, 'terms')) {
    const scope = { regions: [region], actor: null };
    const terms = await work.database.unit(scope, async (tx) => {
      await tx.query(EXPIRE_WITH_TASK, [ids]);
      return tx.query<DueTerm>(READ_TERMS, [ids]);
    });
    for (const term of terms) await expireByMove(work, region, term);
    handled += ids.length;
  }
  return handled;
}

async function expireByMove(work: DueWork, region: string, term: DueTerm): Promise<void> {
  const actor: Actor = { id: null, regions: [region], system: true };
  const subject: SubjectRef = { kind: term.subject_kind, id: term.subject_id };
  const receivedAt = await work.database.now();
  try {
    const settles = { what: 'term', sql: EXPIRED, values: [term.id] };
    await work.engine.act({ subject, action: term.on_expiry.action ?? '', actor, receivedAt, settles });
  } catch (error) {
    if (error instanceof AlreadySettled) return;
    if (!isRefusal(error)) throw error;
    // The moment moved (a call was extended): wait for the new one. Otherwise look again in a minute.
    const due = await work.engine.reader.termDue(subject, term.name, actor, receivedAt);
    await work.database.unit({ regions: [region], actor: null }, (tx) =>
      tx.query(POSTPONE, [term.id, due ?? receivedAt]),
    );
  }
}

interface DueCommand {
  readonly id: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly action: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const READ_COMMANDS: Statement = {
  name: 'read-due-commands',
  text: `select id, subject_kind, subject_id, action, payload from command where id = any ($1) and status = 'new' order by created_at, id`,
};
const DONE = `update command set status = 'done', lease_until = null where id = $1 and status = 'new' returning id`;
const REFUSED = `update command set status = 'refused', lease_until = null, outcome = $2 where id = $1 and status = 'new'`;

/** Makes the moves that other moves asked for, each once. Returns how many rows it took on. */
export async function runDueCommands(work: DueWork): Promise<number> {
  let handled = 0;
  for (const [region, ids] of await claim(work, 'commands')) {
    const scope = { regions: [region], actor: null };
    const commands = await work.database.unit(scope, (tx: Transaction) => tx.query<DueCommand>(READ_COMMANDS, [ids]));
    for (const command of commands) await runCommand(work, region, command);
    handled += ids.length;
  }
  return handled;
}

async function runCommand(work: DueWork, region: string, command: DueCommand): Promise<void> {
  const actor: Actor = { id: null, regions: [region], system: true };
  const { subject_kind: kind, subject_id: id, action, payload } = command;
  const receivedAt = await work.database.now();
  try {
    const settles = { what: 'command', sql: DONE, values: [command.id] };
    await work.engine.act({ subject: { kind, id }, action, payload, actor, receivedAt, settles });
  } catch (error) {
    if (error instanceof AlreadySettled) return;
    if (!isRefusal(error)) throw error;
    const outcome = JSON.stringify({ refusal: error.code, ...error.facts });
    await work.database.unit({ regions: [region], actor: null }, (tx) => tx.query(REFUSED, [command.id, outcome]));
  }
}

type Refusal = MoveRefused | ActionNotNow | ActionUnknown | SubjectNotFound;

function isRefusal(error: unknown): error is Refusal {
  return [MoveRefused, ActionNotNow, ActionUnknown, SubjectNotFound].some((kind) => error instanceof kind);
}
