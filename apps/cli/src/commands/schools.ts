import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { calendarDate, DomainError, isCalendarDate } from '#lib/kernel';
import {
  ImportTouchedLater,
  importSchoolFiles,
  LaterFileKnown,
  SchoolFileUnusable,
  SchoolImportNotThere,
  TooManySchoolsEnd,
  undoSchoolImport,
  type ImportOrder,
  type NamedFile,
  type SchoolFault,
} from '#lib/people';
import type { Command, ExitCode, Terminal } from '../command.js';
import { withOwner } from '../installation/owner-connection.js';
import { readArguments, type Arguments } from '../pure/arguments.js';
import { unusable, type InputFault } from '../unusable-input.js';

const TODAY = `select (app_now() at time zone 'Europe/Amsterdam')::date::text as day`;
const MOST_TOLD = 100;
const LEVELS = ['PO', 'VO', 'VMBO'] as const;
const OPTIONS = {
  ...({ on: 'text', level: LEVELS, complete: 'flag', confirm: 'text', older: 'flag', 'dry-run': 'flag' } as const),
};

/** Brings the registry of schools up to files of DUO. */
export const schoolsImportCommand: Command = {
  words: ['schools', 'import'],
  summary: 'reads DUO files of schools, boards or mergers',
  help: `regioloket schools import FILE… [--on YYYY-MM-DD] [--level PO|VO|VMBO] [--complete [--confirm N]] [--older] [--dry-run]
  Reads DUO's files of schools or sites, several as one, or a file of boards (names) or of mergers (INSTELLINGSCODE OUD, INSTELLINGSCODE NIEUW,
  DATUM FUSIE): UTF-8, UTF-16 or Windows-1252, any separator, older column names, lost leading zeros. Rows with a fault are left out and told; with
  more than 2 % of them nothing is imported (exit 2). What a file does not say stays as it was. What the rows say already is not written again.
  --complete: schools of this level that no file names have ended; when that is more than 50 or 5 %, nothing is done (exit 1) unless --confirm
  names the exact number. --older: a file of an earlier day than what is known counts all the same. --dry-run: counts and samples, nothing is written.
  Out: {number, kind, rows, added, changed, ended, boards, samples, faults}; the number is for: regioloket schools undo NUMBER.
  Example: regioloket schools import vestigingen-bo.csv vestigingen-sbo.csv vestigingen-so.csv --on 2026-11-01 --complete --dry-run`,
  async run(args, terminal) {
    const given = readArguments(args, OPTIONS);
    if ('faults' in given) return unusable(terminal, given.faults);
    const files = given.files.map(fileAt);
    const faults = [...files.flatMap((file) => ('message' in file ? [file] : [])), ...optionFaults(given)];
    if (faults.length > 0) return unusable(terminal, faults);
    const named = files.flatMap((file) => ('bytes' in file ? [file] : []));
    return told(terminal, () =>
      withOwner(async (owner) => {
        const [now] = (await owner.query<{ day: string }>(TODAY)).rows;
        const done = await importSchoolFiles(owner, named, orderIn(given, now?.day ?? ''));
        return { ...done, faults: done.faults.slice(0, MOST_TOLD) };
      }),
    );
  },
};

/** Takes an import of schools back. */
export const schoolsUndoCommand: Command = {
  words: ['schools', 'undo'],
  summary: 'takes an import of schools back',
  help: `regioloket schools undo NUMBER [--dry-run]
  Every row that the import changed is again what it was before; rows that it added are taken out. Refused (exit 1) when a later import changed the same
  rows: those are named, and must be undone first. The number is what schools import printed. Out: {number, files, removed, restored}.
  Example: regioloket schools undo 12`,
  async run(args, terminal) {
    const given = readArguments(args, { 'dry-run': 'flag' });
    if ('faults' in given) return unusable(terminal, given.faults);
    const [number = ''] = given.files;
    if (!/^\d{1,9}$/.test(number))
      return unusable(terminal, [{ pointer: '/number', message: 'Name the number of an import.' }]);
    return told(terminal, () => withOwner((owner) => undoSchoolImport(owner, Number(number), given.has('dry-run'))));
  },
};

function fileAt(name: string): NamedFile | InputFault {
  try {
    return { name: basename(name), bytes: readFileSync(resolve(process.env['INIT_CWD'] ?? process.cwd(), name)) };
  } catch {
    return { pointer: `/${name}`, message: 'This file cannot be read.' };
  }
}

function optionFaults(given: Arguments): readonly InputFault[] {
  const fault = (isWrong: boolean, pointer: string, message: string): readonly InputFault[] =>
    isWrong ? [{ pointer, message }] : [];
  return [
    ...fault(given.files.length === 0, '/file', 'Name the file.'),
    ...fault(!isCalendarDate(given.text('on') ?? '2026-01-01'), '/on', 'Give a day as YYYY-MM-DD.'),
    ...fault(!/^\d{1,9}$/.test(given.text('confirm') ?? '0'), '/confirm', 'Give the exact number of schools.'),
  ];
}

function orderIn(given: Arguments, today: string): ImportOrder {
  const confirmed = given.text('confirm');
  return {
    asOf: calendarDate(given.text('on') ?? today),
    level: LEVELS.find((level) => level === given.text('level')) ?? 'PO',
    isComplete: given.has('complete'),
    mayBeOlder: given.has('older'),
    isDryRun: given.has('dry-run'),
    ...(confirmed === undefined ? {} : { confirmed: Number(confirmed) }),
  };
}

const REFUSALS = [TooManySchoolsEnd, LaterFileKnown, SchoolImportNotThere, ImportTouchedLater];

/** Prints what was done, or why it was not. */
async function told(terminal: Terminal, work: () => Promise<object>): Promise<ExitCode> {
  try {
    terminal.out(JSON.stringify(await work(), null, 2));
    return 0;
  } catch (error) {
    if (error instanceof SchoolFileUnusable) return unusable(terminal, error.faults.slice(0, MOST_TOLD).map(faultOf));
    if (!(error instanceof DomainError) || !REFUSALS.some((refusal) => error instanceof refusal)) throw error;
    terminal.out(JSON.stringify({ refused: error.code, message: error.message, ...error.facts }, null, 2));
    return 1;
  }
}

function faultOf({ file, line, column, value, message }: SchoolFault): InputFault {
  const place = [file, line, column].filter((part) => part !== '').join('/');
  return { pointer: `/${place}`, message: value === '' ? message : `${message} (${value})` };
}
