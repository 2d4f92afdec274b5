import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { CalendarDate } from '#lib/kernel';
import { DomainError } from '#lib/kernel';
import { parseMergers, type Merger } from './parse-mergers.js';
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
const TOLD = `jsonb_to_recordset($1::jsonb) as g("oldBrin" text, "newBrin" text, "onDate" date)`;
const MERGE = `insert into school_merger (old_brin, new_brin, on_date) select g."oldBrin", g."newBrin", g."onDate" from ${TOLD}
  on conflict (old_brin) do update set new_brin = excluded.new_brin, on_date = excluded.on_date
    where (school_merger.new_brin, school_merger.on_date) is distinct from (excluded.new_brin, excluded.on_date) returning (xmax = 0) as added`;
const CIRCLE = `with recursive chain as (select old_brin as brin, new_brin as at from school_merger
    union select c.brin, m.new_brin from chain c join school_merger m on m.old_brin = c.at)
  select brin from chain where brin = at limit 1`;
const END_MERGED = `update school_site s set ended_on = g."onDate" from ${TOLD} where s.brin = g."oldBrin" and s.ended_on is null and g."onDate" <= current_date
  returning 1`;
const CLOSE = 'update school_import set added = $2, changed = $3, ended = $4 where id = $1';

interface Mergers {
  readonly mergers: readonly Merger[];
  readonly faults: readonly SchoolFault[];
}

/** Writes down which schools went on under which number; a school that went on has ended itself. */
async function importMergers(owner: pg.ClientBase, { mergers, faults }: Mergers): Promise<SchoolImport> {
  if (mergers.length === 0) throw new SchoolFileUnusable(faults);
  const json = JSON.stringify(mergers);
  await owner.query('begin');
  try {
    await owner.query(LOCK);
    const { rows } = await owner.query<{ added: boolean }>(MERGE, [json]);
    const [circle] = (await owner.query<{ brin: string }>(CIRCLE)).rows;
    if (circle !== undefined)
      throw new SchoolFileUnusable([
        { line: 1, column: 'INSTELLINGSCODE NIEUW', value: circle.brin, message: 'A school cannot go on in itself.' },
      ]);
    const ended = (await owner.query(END_MERGED, [json])).rowCount ?? 0;
    await owner.query('commit');
    const added = rows.filter((row) => row.added).length;
    return { rows: mergers.length, added, changed: rows.length - added, ended, faults, repeated: false };
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

/**
 * Brings the registry of schools up to a DUO file, of schools or of mergers, as the owner of the database, in one transaction. Good rows are taken; the faults of
 * others are told. Throws SchoolFileUnusable; then nothing was changed.
 */
export async function importSchools(owner: pg.ClientBase, file: SchoolFile): Promise<SchoolImport> {
  const text = textOf(file.bytes);
  const told = parseMergers(text);
  if (told !== null) return importMergers(owner, told);
  const { rows, faults } = parseSchools(text);
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
