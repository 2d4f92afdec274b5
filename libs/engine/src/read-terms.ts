import type { Transaction } from '#lib/database';
import type { CalendarDate, Instant } from '#lib/kernel';

/** A term of a subject that is running now. */
export interface RunningTerm {
  readonly name: string;
  readonly lastDay: CalendarDate;
  /** The instant after its last day. */
  readonly dueAt: Instant;
}

const RUNNING = {
  name: 'running-terms',
  text: `select name, last_day::text as "lastDay", due_at as "dueAt" from term where subject_id = $1 and state = 'running' order by due_at`,
};

/** Terms of a subject that run now, soonest first; whoever may read the subject may read them. */
export async function readRunningTerms(tx: Transaction, subjectId: string): Promise<readonly RunningTerm[]> {
  return tx.query<RunningTerm>(RUNNING, [subjectId]);
}
