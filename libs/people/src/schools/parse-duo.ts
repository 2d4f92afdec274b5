import { parse } from 'csv-parse/sync';
import { columnsIn, type DuoField } from './duo-columns.js';

/** One site of a school, as a DUO file tells it. */
export interface SchoolRow {
  /** BRIN with the two digits of the site. */
  readonly site: string;
  readonly name: string;
  /** Five digits. */
  readonly board: string;
  readonly boardName: string;
  readonly place: string;
  readonly municipality: string;
  readonly province: string;
}

export interface SchoolFault {
  /** Line in the file; the header is line 1. */
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly message: string;
}

export interface ParsedSchools {
  readonly rows: readonly SchoolRow[];
  readonly faults: readonly SchoolFault[];
}

/** Bytes as text: UTF-8 when they are, else Windows-1252, as DUO wrote for years. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Reads a DUO file of schools or sites. A row with a fault is left out; a row that comes twice counts once. */
export function parseSchools(text: string): ParsedSchools {
  const [names = [], ...body] = recordsOf(text);
  const columns = columnsIn(names);
  if ('missing' in columns) return { rows: [], faults: columns.missing.map(missingColumn) };
  const rows = new Map<string, SchoolRow>();
  const faults: SchoolFault[] = [];
  body.forEach((record, i) => {
    const read = rowOf(record, columns.at, i + 2);
    if ('fault' in read) faults.push(read.fault);
    else rows.set(read.row.site, read.row);
  });
  return { rows: [...rows.values()], faults };
}

function missingColumn(column: string): SchoolFault {
  return { line: 1, column, value: '', message: 'This column is missing.' };
}

/** The rows of a file, whatever its separator; the first is its header. */
export function recordsOf(text: string): readonly (readonly string[])[] {
  const plain = text.replace(/^\uFEFF/, '');
  return recordsIn(plain, separatorOf(plain.split(/\r?\n/, 1)[0] ?? ''));
}

function separatorOf(header: string): string {
  const count = (separator: string): number => header.split(separator).length;
  return [';', ',', '\t'].sort((a, b) => count(b) - count(a))[0] ?? ';';
}

function recordsIn(text: string, delimiter: string): readonly (readonly string[])[] {
  return parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true });
}

type Read = { readonly row: SchoolRow } | { readonly fault: SchoolFault };

function rowOf(record: readonly string[], at: Partial<Record<DuoField, number>>, line: number): Read {
  const value = (field: DuoField): string => record[at[field] ?? -1]?.trim() ?? '';
  const fault = (column: string, given: string, message: string): Read => ({
    fault: { line, column, value: given, message },
  });
  const site = siteOf(value('brin'), value('site'));
  if (site === null) return fault('INSTELLINGSCODE', value('site') || value('brin'), 'This is no BRIN number.');
  const board = padded(value('board'), 5);
  if (!/^\d{5}$/.test(board))
    return fault('BEVOEGD GEZAG NUMMER', value('board'), 'This is no number of a school board.');
  const name = value('name');
  if (name === '' || name.length > 300)
    return fault('INSTELLINGSNAAM', name.slice(0, 50), 'A school has a name of at most 300 characters.');
  const { boardName, place, municipality, province } = {
    boardName: value('boardName'),
    place: capitals(value('place')),
    municipality: capitals(value('municipality')),
    province: value('province'),
  };
  return { row: { site, name, board, boardName, place, municipality, province } };
}

/** BRIN and site in one; a spreadsheet may have eaten the zero in front, and a file of schools has no sites: then it is the first. */
function siteOf(brin: string, site: string): string | null {
  const whole = site.replace(/\s/g, '').toUpperCase();
  const school = brin.replace(/\s/g, '').toUpperCase();
  const joined = /^\d{1,2}$/.test(whole)
    ? `${padded(school, 4)}${whole.padStart(2, '0')}`
    : whole === ''
      ? `${padded(school, 4)}00`
      : padded(whole, 6);
  return /^\d{2}[A-Z]{2}\d{2}$/.test(joined) ? joined : null;
}

/** With the zeros in front that a spreadsheet may have eaten. */
export function padded(text: string, length: number): string {
  return text === '' ? '' : text.padStart(length, '0');
}

const SMALL = new Set(['AAN', 'DE', 'DEN', 'DER', 'HET', 'IN', 'OP', 'VAN', 'TE', 'BIJ', 'EN', 'AD']);

/** `ALPHEN AAN DEN RIJN` as people write it: `Alphen aan den Rijn`. */
function capitals(text: string): string {
  if (text !== text.toUpperCase()) return text;
  return text
    .split(' ')
    .map((word, i) =>
      i > 0 && SMALL.has(word)
        ? word.toLowerCase()
        : word
            .toLowerCase()
            .replace(/(^|[-'’])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()),
    )
    .join(' ')
    .replace(/^'S-/i, '’s-')
    .replace(/\bIj/g, 'IJ');
}

/** What is compared with what a person types: lower case, without accents. */
export function wordsOf(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
