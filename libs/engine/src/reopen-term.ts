import type { Transaction } from '#lib/database';

const REOPEN = {
  name: 'reopen-term',
  text: `with again as (update term set state = 'running', ended_at = null where id = (select id from term where subject_id = $1 and name = $2
      and state = 'ended' order by created_at desc limit 1) returning id)
    update term_reminder r set status = 'new' from again where r.term_id = again.id and r.status = 'cancelled' and r.due_at > app_now()`,
};

/** A term runs on that had ended with what was taken back, to the day it had, with the reminders that still lie ahead. */
export async function reopenTerm(tx: Transaction, subjectId: string, name: string): Promise<void> {
  await tx.query(REOPEN, [subjectId, name]);
}
