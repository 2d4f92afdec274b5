import type { CalendarDate } from '#lib/kernel';
import { claim, type DueWork } from './due-work.js';
import type { Actor } from './move-context.js';

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly term: string;
  readonly lastDay: CalendarDate;
  readonly isRunning: boolean;
}

const READ = {
  name: 'read-due-reminders',
  text: `select r.id, t.subject_kind as kind, t.subject_id as "subjectId", t.name as term, t.last_day::text as "lastDay",
      t.state = 'running' as "isRunning"
    from term_reminder r join term t on t.id = r.term_id where r.id = any ($1) and r.status = 'new' order by r.due_at, r.id for update of r`,
};
const MARK = {
  name: 'mark-reminder',
  text: 'update term_reminder set status = $2, lease_until = null where id = $1',
};

/** Reminds whoever must act before a term ends, each reminder once. Returns how many rows it took on. */
export async function remindOfDueTerms(work: DueWork): Promise<number> {
  let handled = 0;
  for (const [region, ids] of await claim(work, 'reminders')) {
    const actor: Actor = { id: null, regions: [region], system: true };
    for (const id of ids) {
      await work.database.unit({ regions: [region], actor: null }, async (tx) => {
        const [row] = await tx.query<Row>(READ, [[id]]);
        if (row === undefined) return;
        const { kind, subjectId, term, lastDay, isRunning } = row;
        if (isRunning) await work.engine.remind(tx, { id, subject: { kind, id: subjectId }, term, lastDay }, actor);
        await tx.query(MARK, [id, isRunning ? 'done' : 'cancelled']);
      });
    }
    handled += ids.length;
  }
  return handled;
}
