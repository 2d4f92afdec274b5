import { boardNumberOf } from '#lib/kernel';
import { columnOf, columnsIn, isOfBoards } from './duo-columns.js';
import type { SchoolFault, SchoolTable } from './read-table.js';

/** The name of a school board by its number. */
export interface BoardRow {
  readonly board: string;
  readonly name: string;
}

const LONGEST = 300;

/** The boards that a table names, when it tells of boards; null when it tells of something else. A row with a fault is left out. */
export function parseBoards(
  table: SchoolTable,
): { readonly rows: readonly BoardRow[]; readonly faults: readonly SchoolFault[] } | null {
  const at = columnsIn(table.header);
  if (!isOfBoards(at)) return null;
  const rows = new Map<string, BoardRow>();
  const faults = [...table.faults];
  for (const { line, values } of table.records) {
    const [number = '', name = ''] = [values[at.board ?? -1], values[at.boardName ?? -1]];
    const board = boardNumberOf(number);
    const refuse = (field: 'board' | 'boardName', value: string, message: string): void => {
      faults.push({ file: table.file, line, column: columnOf(field), value: value.slice(0, 50), message });
    };
    if (board === null) refuse('board', number, 'This is no number of a school board.');
    else if (name === '' || name.length > LONGEST) refuse('boardName', name, `A name has 1 to ${LONGEST} characters.`);
    else rows.set(board, { board, name });
  }
  return { rows: [...rows.values()], faults };
}
