import type { MoveContext } from '#lib/engine';
import { dateOf, type CalendarDate } from '#lib/kernel';
import { computeTerm, type TermSource } from '#lib/terms';

/** The last day for an applicant to complete or to give a view, as the engine counts the term that begins with this move. */
export function applicantsLastDay({ opened, receivedAt }: MoveContext): CalendarDate {
  const { completionTerm: period, completionTermSource: source } = opened.facts['regulation'] as {
    readonly completionTerm: string;
    readonly completionTermSource: TermSource;
  };
  return computeTerm({ start: dateOf(receivedAt), period, source }).lastDay;
}
