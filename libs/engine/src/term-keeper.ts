import { randomUUID } from 'node:crypto';
import { addDays, dateOf, endOfDay, instantOf, type CalendarDate, type Instant } from '#lib/kernel';
import type { Statement } from '#lib/database';
import { computeTerm, remindersOf, type Suspension, type TermSource } from '#lib/terms';
import type { TermDefinition, TermInState } from '#lib/workflow';
import type { Facts } from './facts.js';
import type { MoveContext } from './move-context.js';
import type { OpenTerm } from './subject.js';

/** What of a move the terms depend on. */
type TermContext = Pick<MoveContext, 'tx' | 'opened' | 'subject' | 'receivedAt' | 'writes' | 'action'>;

const END = {
  name: 'end-term',
  text: `with ended as (update term set state = 'ended', ended_at = app_now(), lease_until = null where id = $1 and state in ('running', 'suspended')),
    closed as (update term_suspension set until_day = greatest($2::date, from_day) where term_id = $1 and until_day is null)
    update term_reminder set status = 'cancelled' where term_id = $1 and status = 'new'`,
};
const SUSPEND = {
  name: 'suspend-term',
  text: `with suspended as (update term set state = 'suspended' where id = $1)
    insert into term_suspension (region, term_id, from_day, reason) values ($2, $1, $3, $4)`,
};
const RESUME = {
  name: 'resume-term',
  text: `with closed as (update term_suspension set until_day = greatest($2::date, from_day) where term_id = $1 and until_day is null),
    moved as (update term_reminder r set due_at = m.due_at from jsonb_to_recordset($7::jsonb) as m(code text, due_at timestamptz)
      where r.term_id = $1 and r.code = m.code and r.status = 'new')
    update term set state = 'running', started_on = $3, last_day = $4, due_at = $5, because = $6 where id = $1`,
};
const BEGIN = {
  name: 'begin-term',
  text: `with begun as (insert into term (id, region, subject_kind, subject_id, name, started_on, period, source, last_day, due_at, on_expiry,
      remind, because) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))
    insert into term_reminder (region, term_id, code, due_at)
    select $2, $1, r.code, r.due_at from jsonb_to_recordset($14::jsonb) as r(code text, due_at timestamptz)`,
};

/** Begins, suspends, resumes and ends the terms of the subject as the state it enters says. The statements leave with the move's last flight. */
export function keepTerms(
  context: TermContext,
  terms: readonly TermInState[],
  known: { readonly facts: Facts; readonly open: readonly OpenTerm[] },
): void {
  for (const term of terms) {
    const open = known.open.find(({ name }) => name === term.name);
    if (open === undefined) {
      if (term.begins && !term.ends) begin(context, term, known.facts);
    } else if (term.ends) send(context, END, [open.id, today(context)]);
    else if (term.stands && open.state === 'running') suspend(context, open);
    else if (!term.stands && open.state === 'suspended') {
      resume(context, term, { open, until: lastSuspendedDay(context, terms, known.open) });
    }
  }
}

/** When a term of this definition is due, by today's facts; null when the fact it hangs on is absent. */
export function dueOf(definition: TermDefinition, facts: Facts, receivedAt: Instant): Instant | null {
  return lengthOf(definition, facts, receivedAt)?.dueAt ?? null;
}

interface Length {
  readonly startedOn: CalendarDate;
  readonly period: string;
  readonly source: TermSource;
  readonly lastDay: CalendarDate;
  readonly dueAt: Instant;
  readonly because: unknown;
}

function lengthOf(definition: TermDefinition, facts: Facts, receivedAt: Instant): Length | undefined {
  const start = definition.from === undefined ? receivedAt : factText(facts, definition.from);
  if (definition.due !== undefined) return atInstant(factText(facts, definition.due), receivedAt);
  const period = literalOr(facts, definition.period);
  const source = literalOr(facts, definition.source) as TermSource | undefined;
  if (start === undefined || period === undefined || source === undefined) return undefined;
  const startedOn = dateOf(start);
  const { lastDay, because } = computeTerm({ start: startedOn, period, source });
  return { startedOn, period, source, lastDay, dueAt: endOfDay(lastDay), because };
}

function atInstant(dueAt: Instant | undefined, receivedAt: Instant): Length | undefined {
  if (dueAt === undefined) return undefined;
  return {
    startedOn: dateOf(receivedAt),
    period: 'P0D',
    source: 'own-rules',
    lastDay: dateOf(dueAt),
    dueAt,
    because: [],
  };
}

function begin(context: TermContext, { name, definition }: TermInState, facts: Facts): void {
  const length = lengthOf(definition, facts, context.receivedAt);
  if (length === undefined) return;
  const { startedOn, period, source, lastDay, dueAt, because } = length;
  const id = randomUUID();
  const reminders = reminderRows(lastDay, definition).filter((reminder) => reminder.due_at > context.receivedAt);
  const { kind, id: subjectId } = context.subject;
  const row = [id, context.opened.region, kind, subjectId, name, startedOn, period, source, lastDay, dueAt];
  const json = [definition['on-expiry'], definition.remind ?? [], because, reminders].map((value) =>
    JSON.stringify(value),
  );
  send(context, BEGIN, [...row, ...json]);
}

/** A suspension begins on the day after the invitation to complete (Awb 4:15 lid 1). */
function suspend(context: TermContext, open: OpenTerm): void {
  send(context, SUSPEND, [open.id, context.opened.region, addDays(today(context), 1), context.action]);
}

/**
 * A suspension lasts until the day of completion, or until the last day of the term that passed unused (Awb 4:15 lid 1), however late a
 * worker comes to end it.
 */
function lastSuspendedDay(
  context: TermContext,
  terms: readonly TermInState[],
  open: readonly OpenTerm[],
): CalendarDate {
  const ending = open.filter(({ name, state }) => state === 'running' && terms.some((t) => t.ends && t.name === name));
  const lastDays = ending
    .filter(({ period }) => period !== 'P0D')
    .map(({ started_on: start, period, source }) => computeTerm({ start, period, source }).lastDay);
  return [today(context), ...lastDays].reduce((first, day) => (day < first ? day : first));
}

interface Suspended {
  readonly open: OpenTerm;
  /** The last suspended day. */
  readonly until: CalendarDate;
}

/** The due day is computed anew from start, period and ledger, and its reminders with it. */
function resume(context: TermContext, { definition }: TermInState, { open, until }: Suspended): void {
  const suspensions = open.suspensions
    .map(({ from, until: end }): Suspension => ({ from, until: end ?? until }))
    .filter((suspension) => suspension.from <= suspension.until);
  const { period, source } = open;
  const start = definition['counts-anew'] === true ? until : open.started_on;
  const { lastDay, because } = computeTerm({ start, period, source, suspensions });
  const json = [because, reminderRows(lastDay, definition)].map((value) => JSON.stringify(value));
  send(context, RESUME, [open.id, until, start, lastDay, endOfDay(lastDay), ...json]);
}

function reminderRows(lastDay: CalendarDate, { remind = [] }: TermDefinition): readonly ReminderRow[] {
  return remindersOf(lastDay, remind).map(({ code, day }) => ({ code, due_at: instantOf(`${day}T09:00`) }));
}

interface ReminderRow {
  readonly code: string;
  readonly due_at: Instant;
}

function send(context: TermContext, statement: Statement, values: readonly unknown[]): void {
  context.writes.send(context.tx.query(statement, values));
}

function today(context: TermContext): CalendarDate {
  return dateOf(context.receivedAt);
}

/** A word with a dot is the path of a fact, anything else stands for itself. */
function literalOr(facts: Facts, word: string | undefined): string | undefined {
  return word?.includes('.') === true ? factText(facts, word) : word;
}

function factText(facts: Facts, path: string): string | undefined {
  const [group = '', field = ''] = path.split('.');
  const record = facts[group];
  const value: unknown =
    typeof record === 'object' && record !== null ? (record as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : undefined;
}
