import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { ChangedRow, ImportOrder, NamedFile, OpenImport, SchoolImport } from './import-order.js';
import { parseBoards } from './parse-boards.js';
import { parseSchools } from './parse-duo.js';
import { parseMergers } from './parse-mergers.js';
import { readTable, type SchoolFault, type SchoolTable } from './read-table.js';
import { SchoolFileUnusable } from './school-errors.js';
import { auditImport, IMPORT_LOCK } from './school-audit.js';
import { refreshWords, writeBoards } from './write-boards.js';
import { writeMergers } from './write-mergers.js';
import { writeSchools } from './write-schools.js';

/** Above this share of faulty rows something is wrong with a file as a whole. */
const MOST_FAULTS = 0.02;

const OPEN = `insert into school_import (sha256, file_name, as_of, is_complete, rows, added, changed, ended, kind, level)
  values ($1, $2, $3, $4, $5, 0, 0, 0, $6, $7) returning id, number::int`;
const CLOSE = 'update school_import set added = $2, changed = $3, ended = $4 where id = $1';
const SAMPLES = `select key, name, change, fields from (
  select h.key, coalesce(s.name, b.name, '') as name, x.change, coalesce(f.fields, '{}') as fields, row_number() over (partition by x.change order by h.key) as at
  from school_history h
    left join school_site s on h.kind = 'site' and s.site = h.key
    left join school_board b on h.kind = 'board' and b.board = h.key
    left join school_merger m on h.kind = 'merger' and m.old_brin = h.key
    cross join lateral (select case when h.was is null then 'added' when s.ended_on is not null then 'ended' else 'changed' end as change,
      coalesce(to_jsonb(s), to_jsonb(b), to_jsonb(m)) as now) x
    cross join lateral (select jsonb_object_agg(k, jsonb_build_array(h.was -> k, x.now -> k)) as fields from jsonb_object_keys(h.was) k
      where k not in ('import_id', 'as_of', 'board_name') and h.was -> k is distinct from x.now -> k) f
  where h.import_id = $1) all_of_them where at <= 5 order by change, key`;

/** What files tell, and how it is written. */
interface Told {
  readonly kind: SchoolImport['kind'];
  readonly rows: number;
  readonly faults: readonly SchoolFault[];
  write(owner: pg.ClientBase, open: OpenImport): ReturnType<typeof writeSchools>;
}

/** One file of schools, boards or mergers: as `importSchoolFiles`. */
export function importSchools(owner: pg.ClientBase, file: NamedFile & ImportOrder): Promise<SchoolImport> {
  return importSchoolFiles(owner, [file], file);
}

/**
 * Brings the registry of schools up to files of DUO, as the owner of the database, in one transaction: files of schools or sites together, or one of boards or
 * of mergers. Good rows are taken; the faults of others are told. What the rows say already is not written again. Throws SchoolFileUnusable,
 * TooManySchoolsEnd, LaterFileKnown; then nothing was changed.
 */
export async function importSchoolFiles(
  owner: pg.ClientBase,
  files: readonly NamedFile[],
  order: ImportOrder,
): Promise<SchoolImport> {
  const told = toldBy(files, order);
  const hash = createHash('sha256');
  for (const { bytes } of files) hash.update(bytes);
  const names = files.map(({ name }) => name).join(', ');
  await owner.query('begin');
  try {
    await owner.query(IMPORT_LOCK);
    const { asOf, isComplete, level } = order;
    const values = [
      hash.digest('hex'),
      names,
      asOf,
      isComplete,
      told.rows,
      told.kind,
      told.kind === 'schools' ? level : null,
    ];
    const [opened] = (await owner.query<{ id: string; number: number }>(OPEN, values)).rows;
    const { id, number } = opened ?? { id: '', number: 0 };
    const counts = await told.write(owner, { ...order, id });
    await refreshWords(owner, id);
    await owner.query(CLOSE, [id, counts.added, counts.changed, counts.ended]);
    await auditImport(owner, { act: 'school.import', id, data: { number, files: names, rows: told.rows, ...counts } });
    const samples = (await owner.query<ChangedRow>(SAMPLES, [id])).rows;
    await owner.query(order.isDryRun === true ? 'rollback' : 'commit');
    const { kind, rows, faults } = told;
    return { number: order.isDryRun === true ? null : number, kind, rows, ...counts, samples, faults };
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

function toldBy(files: readonly NamedFile[], { isComplete }: ImportOrder): Told {
  const tables = files.map(({ bytes, name }) => readTable(bytes, name));
  const alone = tables.flatMap((table) => aloneIn(table) ?? []);
  const [file = ''] = tables.map((table) => table.file);
  if (alone[0] !== undefined && tables.length === 1) return alone[0];
  if (alone.length > 0) throw new SchoolFileUnusable([wholeFault(file, ALONE)]);
  const schools = parseSchools(tables);
  // Of a line that cannot be read nobody knows which school it is: a complete import would end that school.
  if (isComplete && schools.unknown > 0) throw new SchoolFileUnusable([wholeFault(file, UNTOLD), ...schools.faults]);
  return checked('schools', schools, (owner, open) => writeSchools(owner, open, schools));
}

/** A table of mergers or of boards; null when it is of schools. */
function aloneIn(table: SchoolTable): Told | null {
  const mergers = parseMergers(table);
  if (mergers !== null)
    return checked('mergers', mergers, (owner, open) => writeMergers(owner, open, { ...mergers, file: table.file }));
  const boards = parseBoards(table);
  return boards === null ? null : checked('boards', boards, (owner, open) => writeBoards(owner, open, boards.rows));
}

const ALONE = 'Import a file of boards or of mergers by itself.';
const UNTOLD =
  'In a complete import every line must name its school. Mend the lines below, or import without --complete.';

function checked(
  kind: Told['kind'],
  { rows, faults }: { readonly rows: readonly unknown[]; readonly faults: readonly SchoolFault[] },
  write: Told['write'],
): Told {
  // A file of mergers is short: one fault in it is no sign of a wrong file.
  const most = kind === 'mergers' ? faults.length : MOST_FAULTS * (rows.length + faults.length);
  if (rows.length === 0 || faults.length > most) throw new SchoolFileUnusable(faults);
  return { kind, rows: rows.length, faults, write };
}

function wholeFault(file: string, message: string): SchoolFault {
  return { file, line: 1, column: '', value: '', message };
}
