import type pg from 'pg';
import { auditImport, IMPORT_LOCK } from './school-audit.js';
import { ImportTouchedLater, SchoolImportNotThere } from './school-errors.js';
import { refreshWords } from './write-boards.js';

const FIND = `select id, kind, undone_at is not null as undone, file_name as file from school_import where number = $1`;
const LATER = `select i.number::int, i.file_name as file, count(*)::int as rows from school_history h
    join school_history l on (l.kind, l.key) = (h.kind, h.key) join school_import i on i.id = l.import_id
  where h.import_id = $1 and i.number > $2 and i.undone_at is null group by i.number, i.file_name order by i.number desc limit 10`;
const WAS = (table: string, kind: string): string =>
  `school_history h cross join lateral jsonb_populate_record(null::${table}, h.was) w where h.import_id = $1 and h.kind = '${kind}'`;
const SITES = `update school_site s set name = w.name, level = w.level, board = w.board, place = w.place, municipality = w.municipality, province = w.province,
    ended_on = w.ended_on, as_of = w.as_of, import_id = w.import_id from ${WAS('school_site', 'site')} and h.was is not null and s.site = h.key`;
const BOARDS = `update school_board b set name = w.name, as_of = w.as_of, import_id = w.import_id
  from ${WAS('school_board', 'board')} and h.was is not null and b.board = h.key`;
const MERGERS = `update school_merger m set new_brin = w.new_brin, on_date = w.on_date
  from ${WAS('school_merger', 'merger')} and h.was is not null and m.old_brin = h.key`;
/** What an import added is taken out: there was nothing before it. */
const ADDED = [
  ['school_site', 'site', 'site'],
  ['school_board', 'board', 'board'],
  ['school_merger', 'merger', 'old_brin'],
].map(
  ([table, kind, key]) =>
    `delete from ${table} t using school_history h where h.import_id = $1 and h.kind = '${kind}' and h.was is null and t.${key} = h.key`,
);
const COUNT = `select count(*) filter (where was is null)::int as removed, count(*) filter (where was is not null)::int as restored
  from school_history where import_id = $1`;
const CLOSE = 'update school_import set undone_at = app_now() where id = $1';

export interface UndoneImport {
  readonly number: number;
  readonly files: string;
  /** Rows that the import had added. */
  readonly removed: number;
  readonly restored: number;
}

/**
 * Takes an import back, as the owner of the database, in one transaction: every row is again what it was before. Throws SchoolImportNotThere,
 * ImportTouchedLater.
 */
export async function undoSchoolImport(owner: pg.ClientBase, number: number, isDryRun = false): Promise<UndoneImport> {
  await owner.query('begin');
  try {
    await owner.query(IMPORT_LOCK);
    const { id, files } = await undoable(owner, number);
    const [counts] = (await owner.query<{ removed: number; restored: number }>(COUNT, [id])).rows;
    for (const restore of [SITES, BOARDS, MERGERS, ...ADDED]) await owner.query(restore, [id]);
    await refreshWords(owner, id);
    await owner.query(CLOSE, [id]);
    const done = { number, files, removed: counts?.removed ?? 0, restored: counts?.restored ?? 0 };
    await auditImport(owner, { act: 'school.undo-import', id, data: done });
    await owner.query(isDryRun ? 'rollback' : 'commit');
    return done;
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

interface Found {
  readonly id: string;
  readonly kind: string | null;
  readonly undone: boolean;
  readonly file: string;
}

async function undoable(
  owner: pg.ClientBase,
  number: number,
): Promise<{ readonly id: string; readonly files: string }> {
  const [found] = (await owner.query<Found>(FIND, [number])).rows;
  if (found === undefined) throw new SchoolImportNotThere(number, 'unknown');
  if (found.undone) throw new SchoolImportNotThere(number, 'undone');
  if (found.kind === null) throw new SchoolImportNotThere(number, 'too-old');
  const later = (await owner.query<{ number: number; file: string; rows: number }>(LATER, [found.id, number])).rows;
  if (later.length > 0) throw new ImportTouchedLater(number, later);
  return { id: found.id, files: found.file };
}
