/**
 * SQL for a column of the term in which review `r` is asked for. A term that passed still counts while the review waits, because its
 * writer must be told that it is late; null when nothing is asked any more.
 */
export function askedTerm(column: 'last_day::text' | 'due_at'): string {
  return `(select t.${column} from term t where t.subject_id = r.id and t.name = 'review' and t.state in ('running', 'expired')
    and r.phase in ('preparing', 'in-review') order by t.created_at desc limit 1)`;
}
