import { calendarDate, type CalendarDate } from '#lib/kernel';

export interface EquatedDay {
  readonly day: string;
  readonly decree: string;
}

const DECREE_2024 = 'koninklijk besluit over 2024 en 2025';
const DECREE_2026 = 'koninklijk besluit over 2026 tot en met 2028';

/** Days that royal decrees equate with a recognised holiday (Atw art. 3 lid 3). A new decree comes about every three years. */
export const EQUATED_DAYS: readonly EquatedDay[] = [
  { day: '2024-05-10', decree: DECREE_2024 },
  { day: '2024-12-27', decree: DECREE_2024 },
  { day: '2025-05-30', decree: DECREE_2024 },
  { day: '2026-01-02', decree: DECREE_2026 },
  { day: '2026-05-15', decree: DECREE_2026 },
  { day: '2027-05-07', decree: DECREE_2026 },
  { day: '2028-04-28', decree: DECREE_2026 },
  { day: '2028-05-26', decree: DECREE_2026 },
];

/** The last day for which the table above is complete. */
export const EQUATED_DAYS_HORIZON: CalendarDate = calendarDate('2028-12-31');

/** Whether a computed day lies where equated days are not known yet: it may still move, and the table must be extended. */
export function isBeyondHorizon(day: CalendarDate): boolean {
  return day > EQUATED_DAYS_HORIZON;
}
