/** One column of a table on a terminal. */
export interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  /** Numbers stand right. */
  readonly align?: 'left' | 'right';
  /** A longer text is cut off with an ellipsis; without it the column is as wide as its longest cell. */
  readonly most?: number;
}

const GAP = '  ';
const SEGMENTER = new Intl.Segmenter('nl');

/** Lines of a table, without spaces at their ends: the head, a rule, and a line for each cell of the first column. */
export function tableLines(columns: readonly Column[]): readonly string[] {
  const shown = columns.map((column) => {
    const cells = [column.head, ...column.cells].map((cell) => cut(printable(cell), column.most ?? Infinity));
    const width = Math.max(...cells.map(lengthOf));
    return { width, cells: cells.map((cell) => pad(cell, width, column.align ?? 'left')) };
  });
  const lines = (shown[0]?.cells ?? []).map((_, row) =>
    shown
      .map(({ cells }) => cells[row] ?? '')
      .join(GAP)
      .trimEnd(),
  );
  const rule = '─'.repeat(shown.reduce((sum, { width }) => sum + width, GAP.length * (shown.length - 1)));
  return [lines[0] ?? '', rule, ...lines.slice(1)];
}

/** A text of an input, without anything that would move a terminal's cursor or turn its direction. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

function cut(text: string, most: number): string {
  const characters = charactersOf(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(width - lengthOf(text));
  return align === 'left' ? text + space : space + text;
}

/** What a reader counts as one: a letter with its accents. */
function charactersOf(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

function lengthOf(text: string): number {
  return charactersOf(text).length;
}
