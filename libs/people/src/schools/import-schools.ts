import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { CalendarDate } from '#lib/kernel';
import { DomainError } from '#lib/kernel';
import { parseSchools, textOf, wordsOf, type SchoolFault, type SchoolRow } from './parse-duo.js';

/** The file cannot be used: a column is missing, or too many rows have a fault. */
export class SchoolFileUnusable extends DomainError {
  readonly code = 'school-file-unusable';
  constructor(readonly faults: readonly SchoolFault[]) {
    super('This file of schools cannot be used.', { faults });
  }
}

export interface SchoolFile {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** The day for which the file holds. */
  readonly asOf: CalendarDate;
  readonly level: 'PO' | 'VO' | 'VMBO';
  /** Whether it names all schools of this level: what it does not name has ended. */
  readonly isComplete: boolean;
}

export interface SchoolImport {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly ended: number;
  readonly faults: readonly SchoolFault[];
  /** This very file was imported before; nothing was done now. */
  readonly repeated: boolean;
}

/** Above this share of faulty rows something is wrong with the file as a whole. */
const MOST_FAULTS = 0.02;

const SEEN = 'select rows, added, changed, ended from school_import where sha256 = $1';
const LOCK = 'select pg_advisory_xact_lock(7120320)';
const OPEN = `insert into school_import (sha256, file_name, as_of, is_complete, rows, added, changed, ended) values ($1, $2, $3, $4, $5, 0, 0, 0) returning id`;
const GIVEN = `jsonb_to_recordset($1::jsonb) as g(site text, name text, board text, "boardName" text, place text, municipality text, province text, words text)`;
const KEEP = `insert into school_history (site, was, until, import_id)
  select s.site, to_jsonb(s) - 'words', $3, $2 from school_site s join ${GIVEN} on g.site = s.site
  where (s.name, s.board, s.place, s.province) is distinct from (g.name, g.board, g.place, g.province) or s.ended_on is not null returning 1`;
const WRITE = `insert into school_site (site, name, level, board, board_name, place, municipality, province, first_seen, words, import_id)
  select g.site, g.name, $4, g.board, g."boardName", g.place, g.municipality, g.province, $3, g.words, $2 from ${GIVEN}
  on conflict (site) do update set name = excluded.name, board = excluded.board, board_name = excluded.board_name, place = excluded.place,
    municipality = excluded.municipality, province = excluded.province, words = excluded.words, import_id = excluded.import_id, ended_on = null
  returning (xmax = 0) as added`;
const END = `update school_site set ended_on = $2 where import_id <> $1 and level = $3 and ended_on is null returning 1`;
const CLOSE = 'update school_import set added = $2, changed = $3, ended = $4 where id = $1';

/**
 * Brings the registry of schools up to a DUO file, as the owner of the database, in one transaction. Good rows are taken; the faults of
 * others are told. Throws SchoolFileUnusable; then nothing was changed.
 */
export async function importSchools(owner: pg.ClientBase, file: SchoolFile): Promise<SchoolImport> {
  const { rows, faults } = parseSchools(textOf(file.bytes));
  if (rows.length === 0 || faults.length > MOST_FAULTS * (rows.length + faults.length))
    throw new SchoolFileUnusable(faults);
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  await owner.query('begin');
  try {
    await owner.query(LOCK);
    const [seen] = (await owner.query<Omit<SchoolImport, 'faults' | 'repeated'>>(SEEN, [sha256])).rows;
    const done = seen === undefined ? await write(owner, file, { rows, sha256 }) : seen;
    await owner.query('commit');
    return { ...done, faults, repeated: seen !== undefined };
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

interface Given {
  readonly rows: readonly SchoolRow[];
  readonly sha256: string;
}

async function write(
  owner: pg.ClientBase,
  file: SchoolFile,
  { rows, sha256 }: Given,
): Promise<Omit<SchoolImport, 'faults' | 'repeated'>> {
  const { asOf, level, isComplete, name } = file;
  const [opened] = (await owner.query<{ id: string }>(OPEN, [sha256, name, asOf, isComplete, rows.length])).rows;
  const id = opened?.id ?? '';
  const json = JSON.stringify(
    rows.map((row) => ({ ...row, words: wordsOf(`${row.site} ${row.name} ${row.place} ${row.boardName}`) })),
  );
  const changed = (await owner.query(KEEP, [json, id, asOf])).rowCount ?? 0;
  const written = await owner.query<{ added: boolean }>(WRITE, [json, id, asOf, level]);
  const ended = isComplete ? ((await owner.query(END, [id, asOf, level])).rowCount ?? 0) : 0;
  const added = written.rows.filter((row) => row.added).length;
  await owner.query(CLOSE, [id, added, changed, ended]);
  return { rows: rows.length, added, changed, ended };
}
