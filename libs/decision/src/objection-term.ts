import { dateOf, type CalendarDate, type Instant } from '#lib/kernel';
import { computeTerm, type TermReason } from '#lib/terms';

/** How a region works: under the Awb, or under rules of its own. */
export type Regime = 'AWB' | 'REGLEMENT';

/** Six weeks (Awb 6:7) from the day after the announcement (6:8); a region under its own rules keeps the same period by those rules. */
export function objectionTerm(
  announcedAt: Instant,
  regime: Regime,
): { readonly lastDay: CalendarDate; readonly because: readonly TermReason[] } {
  const source = regime === 'AWB' ? 'law' : 'own-rules';
  const { lastDay, because } = computeTerm({ start: dateOf(announcedAt), period: 'P6W', source });
  return { lastDay, because };
}
