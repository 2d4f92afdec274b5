import { isCalendarDate } from '#lib/kernel';
import { headerOf } from './duo-columns.js';
import { padded, recordsOf, type SchoolFault } from './parse-duo.js';

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

/** The mergers that a file tells; null when its header says that it tells of schools. A row with a fault is left out. */
export function parseMergers(
  text: string,
): { readonly mergers: readonly Merger[]; readonly faults: readonly SchoolFault[] } | null {
  const [names = [], ...body] = recordsOf(text);
  const header = headerOf(names);
  const at = (field: keyof typeof NAMES): number =>
    header.findIndex((name) => (NAMES[field] as readonly string[]).includes(name));
  if (at('oldBrin') < 0 || at('newBrin') < 0 || at('onDate') < 0) return null;
  const faults: SchoolFault[] = [];
  const mergers = body.flatMap((record, i): Merger[] => {
    const brin = (field: 'oldBrin' | 'newBrin'): string => padded((record[at(field)] ?? '').trim().toUpperCase(), 4);
    const merger = { oldBrin: brin('oldBrin'), newBrin: brin('newBrin'), onDate: dayIn(record[at('onDate')] ?? '') };
    const wrong = faultOf(merger);
    if (wrong === null) return [merger];
    faults.push({ line: i + 2, ...wrong });
    return [];
  });
  return { mergers: [...new Map(mergers.map((one) => [one.oldBrin, one])).values()], faults };
}

const BRIN = /^\d{2}[A-Z]{2}$/;

function faultOf({ oldBrin, newBrin, onDate }: Merger): Omit<SchoolFault, 'line'> | null {
  for (const [column, value] of [
    ['INSTELLINGSCODE OUD', oldBrin],
    ['INSTELLINGSCODE NIEUW', newBrin],
  ] as const)
    if (!BRIN.test(value)) return { column, value, message: 'This is no BRIN number.' };
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
