import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { calendarDate } from '#lib/kernel';
import { importSchools, SchoolFileUnusable } from '#lib/people';
import type { Command, Terminal, ExitCode } from '../command.js';
import { withOwner } from '../installation/owner-connection.js';
import { unusable } from '../unusable-input.js';

const TODAY = 'select current_date::text as day';
const MOST_TOLD = 100;

/** Brings the registry of schools up to a file of DUO. */
export const schoolsImportCommand: Command = {
  words: ['schools', 'import'],
  summary: 'reads a DUO file of schools',
  help: `regioloket schools import FILE [--on YYYY-MM-DD] [--level PO|VO|VMBO] [--complete]
  Reads DUO's files of schools or sites: UTF-8 or Windows-1252, any separator, older column names, lost leading zeros. Rows with a fault are
  left out and told; with more than 2 % of them nothing is imported (exit 2). --complete: schools that the file does not name have ended.
  A file of mergers (INSTELLINGSCODE OUD, INSTELLINGSCODE NIEUW, DATUM FUSIE) says under which number a school went on.
  The same file twice changes nothing. Out: {rows, added, changed, ended, repeated, faults}.
  Example: regioloket schools import vestigingen-bo.csv --on 2026-11-01 --complete`,
  async run(args, terminal) {
    const [file] = args;
    if (file === undefined) return unusable(terminal, [{ pointer: '/file', message: 'Name the file.' }]);
    const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
    return importFile(path, args, terminal);
  },
};

async function importFile(path: string, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const option = (name: string): string | undefined => args[args.indexOf(name) + 1 || args.length];
  const level = option('--level') ?? 'PO';
  if (level !== 'PO' && level !== 'VO' && level !== 'VMBO')
    return unusable(terminal, [{ pointer: '/level', message: 'Choose PO, VO or VMBO.' }]);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return unusable(terminal, [{ pointer: '/file', message: 'This file cannot be read.' }]);
  }
  try {
    const done = await withOwner(async (owner) => {
      const [now] = (await owner.query<{ day: string }>(TODAY)).rows;
      const asOf = calendarDate(option('--on') ?? now?.day ?? '');
      return importSchools(owner, {
        bytes,
        name: basename(path),
        asOf,
        level,
        isComplete: args.includes('--complete'),
      });
    });
    terminal.out(JSON.stringify({ ...done, faults: done.faults.slice(0, MOST_TOLD) }, null, 2));
    return 0;
  } catch (error) {
    if (!(error instanceof SchoolFileUnusable)) throw error;
    const told = error.faults.slice(0, MOST_TOLD);
    return unusable(
      terminal,
      told.map(({ line, column, value, message }) => ({
        pointer: `/${line}/${column}`,
        message: `${message} (${value})`,
      })),
    );
  }
}
