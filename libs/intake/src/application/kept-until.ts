import { addMonths, dateOf, type CalendarDate, type Instant } from '#lib/kernel';

const MONTHS = 12;

/**
 * Until when who wrote it can surely read and copy what was typed: a year after it ended or came late. Nothing deletes a proposal; whoever makes
 * something that does, waits for this date.
 */
export function keptUntil(since: Instant): CalendarDate {
  return addMonths(dateOf(since), MONTHS);
}
