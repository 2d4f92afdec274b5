import type { Fields } from './form-fields.js';

/** One thing that was found, and the button that takes it. */
interface Found {
  readonly action: string;
  readonly name: string;
  readonly sub: string;
}

/** A box inside a larger form in which one looks something up. */
export interface SearchBox {
  readonly sought: string;
  /** What came of the search, in words; null before anything was looked for. */
  readonly told: string | null;
  readonly found: readonly Found[];
}

export const NOT_SOUGHT: SearchBox = { sought: '', told: null, found: [] };

/** The box with what was found; `none` says what to do when that is nothing. */
export function foundBox(
  { sought, found }: Pick<SearchBox, 'sought' | 'found'>,
  say: (key: string, values?: Readonly<Record<string, unknown>>) => string,
  none: string,
): SearchBox {
  if (sought.trim() === '') return { sought, found: [], told: say('form.search-empty') };
  return { sought, found, told: found.length === 0 ? say(none) : say('form.search-found', { count: found.length }) };
}

/**
 * The button that was pressed. Enter in any field presses the first button of a form, whose value is `enter`: with words in a search box
 * it searches, first for what was not looked for yet. `searches` names the button of each box by its field.
 */
export function pressedIn(fields: Fields, searches: Readonly<Record<string, string>>): string {
  const { _action: action = '' } = fields;
  if (action !== 'enter') return action;
  const filled = Object.entries(searches).filter(([field]) => (fields[field] ?? '').trim() !== '');
  const isNew = ([field]: readonly [string, string]): boolean => fields[field] !== fields[`_sought.${field}`];
  return (filled.find(isNew) ?? filled[0])?.[1] ?? action;
}
