import { brinOf, isCalendarDate } from '#lib/kernel';
import type { SchoolFault, SchoolTable } from './read-table.js';

/** A school that went on under another number. */
export interface Merger {
  readonly oldBrin: string;
  readonly newBrin: string;
  /** `2024-08-01`. */
  readonly onDate: string;
}

/** Names of the columns, the newest first. */
const NAMES = {
  oldBrin: ['INSTELLINGSCODE OUD', 'OUDE INSTELLINGSCODE', 'BRIN NUMMER OUD', 'BRIN OUD', 'OUD BRIN', 'OUDE BRIN'],
  newBrin: [
    'INSTELLINGSCODE NIEUW',
    'NIEUWE INSTELLINGSCODE',
    'BRIN NUMMER NIEUW',
    'BRIN NIEUW',
    'NIEUW BRIN',
    'NIEUWE BRIN',
  ],
  onDate: ['DATUM FUSIE', 'FUSIEDATUM', 'INGANGSDATUM', 'DATUM'],
} as const;

/** The mergers that a table tells; null when its header says that it tells of something else. A row with a fault is left out. */
export function parseMergers({
  file,
  header,
  records,
  faults: broken,
}: SchoolTable): { readonly rows: readonly Merger[]; readonly faults: readonly SchoolFault[] } | null {
  const at = (field: keyof typeof NAMES): number =>
    header.findIndex((name) => (NAMES[field] as readonly string[]).includes(name));
  if (at('oldBrin') < 0 || at('newBrin') < 0 || at('onDate') < 0) return null;
  const faults = [...broken];
  const mergers = records.flatMap(({ line, values }): Merger[] => {
    const brin = (field: 'oldBrin' | 'newBrin'): string => {
      const typed = values[at(field)] ?? '';
      return brinOf(typed) ?? typed;
    };
    const merger = { oldBrin: brin('oldBrin'), newBrin: brin('newBrin'), onDate: dayIn(values[at('onDate')] ?? '') };
    const wrong = faultOf(merger);
    if (wrong === null) return [merger];
    faults.push({ file, line, ...wrong });
    return [];
  });
  return { rows: [...new Map(mergers.map((one) => [one.oldBrin, one])).values()], faults };
}

function faultOf({ oldBrin, newBrin, onDate }: Merger): Omit<SchoolFault, 'file' | 'line'> | null {
  for (const [column, value] of [
    ['INSTELLINGSCODE OUD', oldBrin],
    ['INSTELLINGSCODE NIEUW', newBrin],
  ] as const)
    if (brinOf(value) === null) return { column, value, message: 'This is no BRIN number.' };
  if (oldBrin === newBrin)
    return { column: 'INSTELLINGSCODE NIEUW', value: newBrin, message: 'A school goes on under another number.' };
  return isCalendarDate(onDate) ? null : { column: 'DATUM FUSIE', value: onDate, message: 'This is no date.' };
}

/** `01-08-2024` and `2024-08-01` as `2024-08-01`. */
function dayIn(text: string): string {
  return text
    .trim()
    .replace(/^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/, (_, day: string, month: string, year: string) =>
      [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
    );
}
