import { withoutAccents } from '#lib/kernel';
import { columnOf, columnsIn, missingIn } from './duo-columns.js';
import { rowOf, type SchoolRow } from './parse-row.js';
import type { SchoolFault, SchoolTable } from './read-table.js';

export interface ParsedSchools {
  readonly rows: readonly SchoolRow[];
  readonly faults: readonly SchoolFault[];
  /** Sites of rows that were left out for a fault: they are known to be there still. */
  readonly left: readonly string[];
  /** Faulty lines of which nobody can tell the school. */
  readonly unknown: number;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

/** Reads tables of schools or sites as one. A row with a fault is left out; a row that comes twice counts once. */
export function parseSchools(tables: readonly SchoolTable[]): ParsedSchools {
  const reading = new Reading();
  for (const table of tables) reading.add(table);
  return reading.result();
}

class Reading {
  private readonly found = new Map<string, Place & { readonly row: SchoolRow }>();
  private readonly faults: SchoolFault[] = [];
  private readonly left = new Set<string>();
  private unknown = 0;

  add({ file, header, records, faults }: SchoolTable): void {
    this.faults.push(...faults);
    this.unknown += faults.length;
    const at = columnsIn(header);
    const missing = header.length === 0 ? [] : missingIn(at);
    this.faults.push(...missing.map((column) => ({ ...NO_COLUMN, file, column })));
    if (missing.length > 0) return;
    for (const { line, values } of records) {
      const read = rowOf(values, at);
      if ('row' in read) this.take(read.row, { file, line });
      else this.refuse({ file, line }, read.site, read.wrong);
    }
  }

  result(): ParsedSchools {
    const kept = [...this.found.values()].flatMap(({ row }) => (this.left.has(row.site) ? [] : [row]));
    return { rows: kept, faults: this.faults, left: [...this.left], unknown: this.unknown };
  }

  /** Of two rows for one site that say different things nobody knows which is right: neither counts. */
  private take(row: SchoolRow, place: Place): void {
    const earlier = this.found.get(row.site);
    if (earlier === undefined) this.found.set(row.site, { ...place, row });
    else if (JSON.stringify(earlier.row) !== JSON.stringify(row)) {
      const message = `Line ${earlier.line} of ${earlier.file} says something else of this site; neither was taken.`;
      this.refuse(place, row.site, ['site', row.site, message]);
    }
  }

  private refuse(
    { file, line }: Place,
    site: string | null,
    [field, value, message]: readonly [Parameters<typeof columnOf>[0], string, string],
  ): void {
    this.faults.push({ file, line, column: columnOf(field), value, message });
    if (site === null) this.unknown += 1;
    else this.left.add(site);
  }
}

const NO_COLUMN = { line: 1, value: '', message: 'This column is missing.' };

/** What is compared with what a person types: lower case, without accents, with one kind of apostrophe. */
export function wordsOf(text: string): string {
  return withoutAccents(text).replace(/[‘’`´]/g, "'");
}
