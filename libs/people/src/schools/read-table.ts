import { csvRecords, type CsvRecord } from './csv-records.js';
import { fileText } from './file-text.js';

/** What is wrong on a line of a file. */
export interface SchoolFault {
  readonly file: string;
  /** Line in the file; the header is on line 1 when nothing stands before it. */
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly message: string;
}

/** A file of DUO: its header as we compare names of columns, and the records under it. */
export interface SchoolTable {
  readonly file: string;
  readonly header: readonly string[];
  readonly records: readonly CsvRecord[];
  /** Lines that are no record of this table. */
  readonly faults: readonly SchoolFault[];
}

/** Reads a table, whatever its separator and letters; a file that is none has no header and one fault. */
export function readTable(bytes: Uint8Array, file: string): SchoolTable {
  const read = fileText(bytes);
  if ('fault' in read) return { file, header: [], records: [], faults: [faultOn(file, 1, read.fault)] };
  const { records, faults } = csvRecords(read.text, separatorOf(read.text));
  const [header = { line: 1, values: [] }, ...body] = records;
  const width = header.values.length;
  const uneven = body.filter(({ values }) => values.length !== width);
  return {
    ...{ file, header: header.values.map(columnName) },
    records: body.filter(({ values }) => values.length === width),
    faults: [
      ...faults.map(({ line, value, message }) => ({ ...faultOn(file, line, message), value })),
      ...uneven.map(({ line, values }) =>
        faultOn(file, line, `This line has ${values.length} values under ${width} columns.`),
      ),
    ],
  };
}

function faultOn(file: string, line: number, message: string): SchoolFault {
  return { file, line, column: '', value: '', message };
}

/** The separator that the first line has most of. */
function separatorOf(text: string): string {
  const first = text.split(/[\r\n]+/).find((line) => line.trim() !== '') ?? '';
  const count = (separator: string): number => first.split(separator).length;
  return [';', ',', '\t'].sort((a, b) => count(b) - count(a))[0] ?? ';';
}

/** A name of a column as we compare it. */
function columnName(name: string): string {
  return name
    .trim()
    .toUpperCase()
    .replace(/[_\s]+/g, ' ');
}
