import { addDays, daysBetween, type CalendarDate } from '#lib/kernel';

/** Days on which a term stood still; both ends count. */
export interface Suspension {
  readonly from: CalendarDate;
  readonly until: CalendarDate;
}

/**
 * The last day of a term lengthened by the suspended days inside it (Awb 4:15). Days suspended twice count once; a suspension that
 * begins in the lengthened part counts too.
 */
export function lengthened(
  firstDay: CalendarDate,
  lastDay: CalendarDate,
  suspensions: readonly Suspension[],
): CalendarDate {
  let end = lastDay;
  let counted = addDays(firstDay, -1);
  for (const { from, until } of [...suspensions].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const begin = from > counted ? from : addDays(counted, 1);
    if (begin > end || until < begin) continue;
    end = addDays(end, daysBetween(begin, until) + 1);
    counted = until;
  }
  return end;
}
