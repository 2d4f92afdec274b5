import type pg from 'pg';
import { NOTHING, type OpenImport, type SchoolImport } from './import-order.js';
import type { SchoolRow } from './parse-row.js';
import { assertNoneLater, brake } from './safety.js';
import { writeBoards } from './write-boards.js';

const GIVEN = `jsonb_to_recordset($1::jsonb) as g(site text, name text, board text, place text, municipality text, province text)`;
/** Whether a row says something else than is known; a column that the file does not have says nothing. */
const DIFFERS = `(s.ended_on is not null or (s.name, s.level, s.board, s.place, s.province) is distinct from (g.name, $2, g.board, g.place, g.province)
  or g.municipality <> s.municipality)`;
const LATER = `select count(*)::int as rows, max(s.as_of)::text as day from school_site s join ${GIVEN} on g.site = s.site where ${DIFFERS} and s.as_of > $3`;
const RELEVELLED = `select count(*)::int as n from school_site s join ${GIVEN} on g.site = s.site where s.level <> $2 and s.ended_on is null`;
const KEEP = `insert into school_history (kind, key, was, until, import_id)
  select 'site', g.site, case when s.site is not null then to_jsonb(s) - 'words' end, $3, $4 from ${GIVEN} left join school_site s on s.site = g.site
  where s.site is null or ${DIFFERS} returning was is null as added`;
const WRITE = `insert into school_site as s (site, name, level, board, place, municipality, province, first_seen, as_of, words, import_id)
  select g.site, g.name, $2, g.board, g.place, coalesce(g.municipality, ''), g.province, $3, $3, '', $4 from ${GIVEN}
    join school_history h on h.import_id = $4 and h.kind = 'site' and h.key = g.site
  on conflict (site) do update set name = excluded.name, level = excluded.level, board = excluded.board, place = excluded.place,
    municipality = case when excluded.municipality = '' then s.municipality else excluded.municipality end, province = excluded.province,
    import_id = excluded.import_id, ended_on = null`;
const NAMED = 'update school_site set as_of = $2 where site = any ($1) and as_of < $2';
/** Schools of a level that a complete import does not name. */
const UNNAMED = `s.level = $1 and s.ended_on is null and not s.site = any ($2)`;
const TO_END = `select count(*)::int as ends, max(s.as_of)::text as day, count(*) filter (where s.as_of > $3)::int as later from school_site s where ${UNNAMED}`;
const KEEP_ENDED = `insert into school_history (kind, key, was, until, import_id) select 'site', s.site, to_jsonb(s) - 'words', $3, $4 from school_site s where ${UNNAMED}`;
const END = `update school_site s set ended_on = $3, as_of = greatest(s.as_of, $3), import_id = $4 where ${UNNAMED}`;

interface Given {
  readonly rows: readonly SchoolRow[];
  /** Sites of rows that were left out for a fault: a complete import does not end them. */
  readonly left: readonly string[];
}

/** Brings the sites up to what files say of them. Throws TooManySchoolsEnd, LaterFileKnown. */
export async function writeSchools(
  owner: pg.ClientBase,
  open: OpenImport,
  { rows, left }: Given,
): Promise<Omit<SchoolImport, 'number' | 'kind' | 'rows' | 'samples' | 'faults'>> {
  const { id, level, asOf } = open;
  const json = JSON.stringify(rows);
  const sites = rows.map(({ site }) => site);
  assertNoneLater(open, (await owner.query<{ rows: number; day: string }>(LATER, [json, level, asOf])).rows[0]);
  const ended = await end(owner, open, { json, named: [...sites, ...left] });
  const kept = (await owner.query<{ added: boolean }>(KEEP, [json, level, asOf, id])).rows;
  await owner.query(WRITE, [json, level, asOf, id]);
  await owner.query(NAMED, [sites, asOf]);
  const names = rows.flatMap(({ board, boardName }) => (boardName === null ? [] : [{ board, name: boardName }]));
  const { boards } = await writeBoards(owner, open, [...new Map(names.map((one) => [one.board, one])).values()]);
  const added = kept.filter((row) => row.added).length;
  return { ...NOTHING, added, changed: kept.length - added, ended, boards };
}

/** Ends what a complete import does not name; returns how many. */
async function end(
  owner: pg.ClientBase,
  open: OpenImport,
  { json, named }: { readonly json: string; readonly named: readonly string[] },
): Promise<number> {
  const { id, level, asOf, isComplete } = open;
  const [moved] = (await owner.query<{ n: number }>(RELEVELLED, [json, level])).rows;
  const [unnamed] = (await owner.query<{ ends: number; day: string; later: number }>(TO_END, [level, named, asOf]))
    .rows;
  const ends = isComplete ? (unnamed?.ends ?? 0) : 0;
  await brake(owner, open, ends + (moved?.n ?? 0));
  if (ends === 0) return 0;
  assertNoneLater(open, { rows: unnamed?.later ?? 0, day: unnamed?.day ?? '' });
  await owner.query(KEEP_ENDED, [level, named, asOf, id]);
  await owner.query(END, [level, named, asOf, id]);
  return ends;
}
