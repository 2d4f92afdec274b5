/** One record of a file, with the line on which it begins; the header is on line 1. */
export interface CsvRecord {
  readonly line: number;
  readonly values: readonly string[];
}

/** A line that cannot be read as values. */
export interface CsvFault {
  readonly line: number;
  readonly value: string;
  readonly message: string;
}

export interface CsvRecords {
  readonly records: readonly CsvRecord[];
  readonly faults: readonly CsvFault[];
}

const BREAK = /\r\n|\n|\r/g;
const CLOSED = /^"((?:[^"]|"")*)"[ \u00a0]*/;

/**
 * Reads delimited text (RFC 4180) line by line, whatever ends each line. A value between quotes may hold separators, or a line break, never
 * both: a quote that nobody closed would else swallow lines until the next quote. After a faulty line reading goes on with the next, so no
 * line is lost without a word.
 */
export function csvRecords(text: string, separator: string): CsvRecords {
  const lines = text.split(BREAK);
  const records: CsvRecord[] = [];
  const faults: CsvFault[] = [];
  for (let at = 0; at < lines.length;) {
    const line = at + 1;
    if ((lines[at] ?? '').trim() === '') {
      at += 1;
      continue;
    }
    const read = recordAt(lines, at, separator);
    if ('fault' in read) faults.push({ line, value: (lines[at] ?? '').slice(0, 50), message: read.fault });
    else records.push({ line, values: read.values });
    at += 'fault' in read ? 1 : read.lines;
  }
  return { records, faults };
}

type ReadRecord = { readonly values: readonly string[]; readonly lines: number } | { readonly fault: string };

function recordAt(lines: readonly string[], at: number, separator: string): ReadRecord {
  const values: string[] = [];
  let [rest, taken] = [lines[at] ?? '', 1];
  for (;;) {
    const open = rest.trimStart();
    if (!open.startsWith('"')) {
      const [value = '', ...others] = rest.split(separator);
      values.push(value.trim());
      if (others.length === 0) return { values, lines: taken };
      rest = others.join(separator);
      continue;
    }
    const quoted = quotedAt(open, lines.slice(at + taken, at + taken + MOST_BREAKS), separator);
    if ('fault' in quoted) return quoted;
    values.push(quoted.value.trim());
    taken += quoted.more;
    if (quoted.rest === '') return { values, lines: taken };
    if (!quoted.rest.startsWith(separator)) return { fault: 'Something stands behind the closing quote of a value.' };
    rest = quoted.rest.slice(separator.length);
  }
}

/** Line breaks that one value may hold. */
const MOST_BREAKS = 5;

type Quoted = { readonly value: string; readonly rest: string; readonly more: number } | { readonly fault: string };

function quotedAt(open: string, following: readonly string[], separator: string): Quoted {
  for (let more = 0; more <= following.length; more += 1) {
    const text = [open, ...following.slice(0, more)].join('\n');
    const [whole, inner = ''] = CLOSED.exec(text) ?? [];
    if (whole === undefined) continue;
    if (more > 0 && inner.includes(separator)) break;
    return { value: inner.replaceAll('""', '"'), rest: text.slice(whole.length), more };
  }
  return { fault: 'A quote is not closed on its line.' };
}
