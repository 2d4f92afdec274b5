import { endOfDay, instantOf, type CalendarDate } from '#lib/kernel';
import type { Transaction } from '#lib/database';
import { computeTerm, remindersOf, type TermSource } from '#lib/terms';

export interface TermRestart {
  readonly region: string;
  /** Ids of the subjects whose terms begin anew. */
  readonly subjects: readonly string[];
  /** Only terms that were counted from this day; all when absent. */
  readonly countedFrom?: CalendarDate;
  readonly from: CalendarDate;
  /** Names of terms that move although they ended: what was decided and is not told yet reads as the others do. */
  readonly alsoEnded?: readonly string[];
}

interface Row {
  readonly id: string;
  readonly period: string;
  readonly source: TermSource;
  readonly remind: readonly string[];
  readonly suspensions: readonly { readonly from: CalendarDate; readonly until: CalendarDate }[];
}

const READ = {
  name: 'terms-to-restart',
  text: `select t.id, t.period, t.source, t.remind, coalesce((select jsonb_agg(jsonb_build_object('from', s.from_day, 'until', s.until_day))
      from term_suspension s where s.term_id = t.id and s.until_day is not null), '[]') as suspensions
    from term t where t.subject_id = any ($1) and (t.state in ('running', 'suspended') or t.state = 'ended' and t.name = any ($3)) and t.period <> 'P0D'
      and ($2::date is null or t.started_on = $2) order by t.id for update`,
};
const WRITE = {
  name: 'restart-terms',
  text: `with given as (select * from jsonb_to_recordset($1::jsonb)
      as g(id uuid, started_on date, last_day date, due_at timestamptz, because jsonb, reminders jsonb)),
    moved as (update term t set started_on = g.started_on, last_day = g.last_day, due_at = g.due_at, because = g.because
      from given g where t.id = g.id),
    asked as (select g.id, r.code, r.due_at from given g, jsonb_to_recordset(g.reminders) as r(code text, due_at timestamptz))
    update term_reminder r set due_at = a.due_at from asked a where r.term_id = a.id and r.code = a.code and r.status = 'new'`,
};

/**
 * Counts running terms from another day, with their ledger of suspensions: the moment they hang on turned out to be another one. In one
 * statement for all of them, because a call has hundreds.
 */
export async function restartTerms(tx: Transaction, restart: TermRestart): Promise<void> {
  const rows = await tx.query<Row>(READ, [restart.subjects, restart.countedFrom ?? null, restart.alsoEnded ?? []]);
  if (rows.length === 0) return;
  const terms = rows.map(({ id, period, source, remind, suspensions }) => {
    const { lastDay, because } = computeTerm({ start: restart.from, period, source, suspensions });
    const reminders = remindersOf(lastDay, remind).map(({ code, day }) => ({
      code,
      due_at: instantOf(`${day}T09:00`),
    }));
    return { id, started_on: restart.from, last_day: lastDay, due_at: endOfDay(lastDay), because, reminders };
  });
  await tx.query(WRITE, [JSON.stringify(terms)]);
}
