import type pg from 'pg';
import { NOTHING, type OpenImport, type SchoolImport } from './import-order.js';
import type { BoardRow } from './parse-boards.js';
import { wordsOf } from './parse-duo.js';
import { assertNoneLater } from './safety.js';

const GIVEN = `jsonb_to_recordset($1::jsonb) as g(board text, name text)`;
const LATER = `select count(*)::int as rows, max(b.as_of)::text as day from school_board b join ${GIVEN} on g.board = b.board
  where b.name <> g.name and b.as_of > $2`;
const KEEP = `insert into school_history (kind, key, was, until, import_id)
  select 'board', g.board, case when b.board is not null then to_jsonb(b) end, $2, $3 from ${GIVEN} left join school_board b on b.board = g.board
  where b.board is null or b.name <> g.name returning was is null as added`;
const WRITE = `insert into school_board as b (board, name, as_of, import_id) select g.board, g.name, $2, $3 from ${GIVEN}
  on conflict (board) do update set name = excluded.name, as_of = greatest(b.as_of, excluded.as_of),
    import_id = case when b.name = excluded.name then b.import_id else excluded.import_id end`;
/** Sites whose words for the search no longer fit them or their board. */
const STALE = `select s.site, s.name, s.place, coalesce(b.name, '') as "boardName" from school_site s left join school_board b on b.board = s.board
  where s.board_name <> coalesce(b.name, '') or s.site in (select key from school_history where import_id = $1 and kind = 'site')`;
const REFRESH = `update school_site s set words = g.words, board_name = g."boardName"
  from jsonb_to_recordset($1::jsonb) as g(site text, words text, "boardName" text) where g.site = s.site`;

/** Brings the names of boards up to what a file says. Throws LaterFileKnown. */
export async function writeBoards(
  owner: pg.ClientBase,
  open: OpenImport,
  rows: readonly BoardRow[],
): Promise<Omit<SchoolImport, 'number' | 'kind' | 'rows' | 'samples' | 'faults'>> {
  const { id, asOf } = open;
  const json = JSON.stringify(rows);
  assertNoneLater(open, (await owner.query<{ rows: number; day: string }>(LATER, [json, asOf])).rows[0]);
  const kept = (await owner.query<{ added: boolean }>(KEEP, [json, asOf, id])).rows;
  await owner.query(WRITE, [json, asOf, id]);
  const added = kept.filter((row) => row.added).length;
  return { ...NOTHING, added, changed: kept.length - added, boards: kept.length };
}

/** Writes anew what is looked for, of the sites that an import changed and of those of its boards. */
export async function refreshWords(owner: pg.ClientBase, importId: string): Promise<void> {
  const { rows } = await owner.query<{ site: string; name: string; place: string; boardName: string }>(STALE, [
    importId,
  ]);
  const words = rows.map(({ site, name, place, boardName }) => ({
    ...{ site, boardName, words: wordsOf(`${site} ${name} ${place} ${boardName}`) },
  }));
  await owner.query(REFRESH, [JSON.stringify(words)]);
}
