import { calendarDate, type CalendarDate } from '#lib/kernel';

export interface EquatedDay {
  readonly day: string;
  readonly decree: string;
}

const DECREE_2023 =
  'Besluit gelijkstelling van 28 april 2023, 19 mei 2023, 10 mei 2024, 27 december 2024 en 30 mei 2025 met een algemeen erkende feestdag';
const DECREE_2026 =
  'Besluit gelijkstelling van 2 januari 2026, 15 mei 2026, 7 mei 2027, 28 april 2028 en 26 mei 2028 met een algemeen erkende feestdag';

/** Days that royal decrees equate with a recognised holiday (Atw art. 3 lid 3). A new decree comes about every three years, and its title names them. */
export const EQUATED_DAYS: readonly EquatedDay[] = [
  { day: '2023-04-28', decree: DECREE_2023 },
  { day: '2023-05-19', decree: DECREE_2023 },
  { day: '2024-05-10', decree: DECREE_2023 },
  { day: '2024-12-27', decree: DECREE_2023 },
  { day: '2025-05-30', decree: DECREE_2023 },
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
