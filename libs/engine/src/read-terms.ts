import type { Transaction } from '#lib/database';
import type { CalendarDate, Instant } from '#lib/kernel';

/** A term of a subject that is running now. */
export interface RunningTerm {
  readonly name: string;
  readonly lastDay: CalendarDate;
  /** The instant after its last day, or the closing of its call, without its grace. */
  readonly dueAt: Instant;
}

const RUNNING = {
  name: 'running-terms',
  text: `select name, case when period = 'P0D' then (app.told_due(t) at time zone 'Europe/Amsterdam')::date else last_day end::text as "lastDay",
      app.told_due(t) as "dueAt" from (
      select distinct on (name) * from term where subject_id = $1 order by name, created_at desc, state = 'running' desc) t
    where state = 'running' or state = 'ended' and name = any ($2) and due_at > app_now() order by due_at`,
};

/**
 * Terms of a subject that run now, soonest first; whoever may read the subject may read them. `ended`: those that are told also when they
 * ended, because their ending would tell what may not be known yet.
 */
export async function readRunningTerms(
  tx: Transaction,
  subjectId: string,
  ended: readonly string[] = [],
): Promise<readonly RunningTerm[]> {
  return tx.query<RunningTerm>(RUNNING, [subjectId, ended]);
}
