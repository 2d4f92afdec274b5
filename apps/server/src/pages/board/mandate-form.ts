import { calendarDate, type CalendarDate, type Language } from '#lib/kernel';
import { isMailbox, MANDATE_KINDS, type BoardView, type GivenMandate } from '#lib/people';
import { textIn, type Fields } from '../form-fields.js';
import type { FieldError } from '../pages.js';

type Say = (key: string) => string;

interface Read {
  readonly given: GivenMandate;
  readonly errors: readonly FieldError[];
}

/** What a form says of a mandate for a board; the faults of what cannot be used. */
export function mandateIn(fields: Fields, board: BoardView, { language, say }: { language: Language; say: Say }): Read {
  const text = (name: string, most = 200): string => textIn(fields, name, most);
  const days = { from: dayIn(text('from')), until: dayIn(text('until')) };
  const kinds = MANDATE_KINDS.filter((kind) => fields[`kind.${kind}`] !== undefined);
  const named = board.schools.map(({ brin }) => brin).filter((brin) => fields[`school.${brin}`] !== undefined);
  const isSome = fields['scope'] === 'some';
  const errors: FieldError[] = [
    ...(text('holderName') === '' ? [{ id: 'holderName', message: say('board.error-name') }] : []),
    ...(isMailbox(text('holder', 254)) ? [] : [{ id: 'holder', message: say('board.error-email') }]),
    ...(kinds.length === 0 ? [{ id: 'kinds', message: say('board.error-kinds') }] : []),
    ...(isSome && named.length === 0 ? [{ id: 'scope', message: say('board.error-schools') }] : []),
    ...Object.entries(days).flatMap(([id, day]) => (day === 'wrong' ? [{ id, message: say('board.error-day') }] : [])),
    ...(board.byStaff && text('evidence') === '' ? [{ id: 'evidence', message: say('board.error-evidence') }] : []),
  ];
  const dayOf = (day: CalendarDate | 'wrong' | null): CalendarDate | null => (day === 'wrong' ? null : day);
  const given = {
    ...{ board: board.board, holder: text('holder', 254), holderName: text('holderName') },
    ...{ language, kinds, schools: isSome ? named : null },
    isSignatory: fields['isSignatory'] !== undefined,
    ...{ validFrom: dayOf(days.from), validUntil: dayOf(days.until) },
    evidence: board.byStaff ? text('evidence', 2000) : null,
  };
  return { given, errors };
}

/** A day as date fields send it; null when empty. */
function dayIn(text: string): CalendarDate | 'wrong' | null {
  if (text === '') return null;
  try {
    return calendarDate(text);
  } catch {
    return 'wrong';
  }
}

/** The fields of the form, with what was typed. */
export function mandateFields(fields: Fields, { schools }: BoardView, say: Say): object {
  return {
    fields,
    kinds: MANDATE_KINDS.map((value) => ({
      value,
      text: say(`board.kind-${value}`),
      on: fields[`kind.${value}`] !== undefined,
    })),
    scopes: ['all', 'some'].map((value) => ({
      value,
      text: say(`board.scope-${value}`),
      on: (fields['scope'] ?? 'all') === value,
    })),
    schools: schools.map((school) => ({ ...school, on: fields[`school.${school.brin}`] !== undefined })),
  };
}
