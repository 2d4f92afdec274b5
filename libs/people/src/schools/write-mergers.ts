import type pg from 'pg';
import { NOTHING, type OpenImport, type SchoolImport } from './import-order.js';
import type { Merger } from './parse-mergers.js';
import { brake } from './safety.js';
import { SchoolFileUnusable } from './school-errors.js';

const TOLD = `jsonb_to_recordset($1::jsonb) as g("oldBrin" text, "newBrin" text, "onDate" date)`;
const KEEP = `insert into school_history (kind, key, was, until, import_id)
  select 'merger', g."oldBrin", case when m.old_brin is not null then to_jsonb(m) end, $2, $3 from ${TOLD} left join school_merger m on m.old_brin = g."oldBrin"
  where m.old_brin is null or (m.new_brin, m.on_date) is distinct from (g."newBrin", g."onDate") returning was is null as added`;
const MERGE = `insert into school_merger (old_brin, new_brin, on_date) select g."oldBrin", g."newBrin", g."onDate" from ${TOLD}
  on conflict (old_brin) do update set new_brin = excluded.new_brin, on_date = excluded.on_date`;
const CIRCLE = `with recursive chain as (select old_brin as brin, new_brin as at from school_merger
    union select c.brin, m.new_brin from chain c join school_merger m on m.old_brin = c.at)
  select brin from chain where brin = at limit 1`;
const MERGED = `school_site s join ${TOLD} on s.brin = g."oldBrin" where s.ended_on is null and g."onDate" <= current_date`;
const KEEP_ENDED = `insert into school_history (kind, key, was, until, import_id) select 'site', s.site, to_jsonb(s) - 'words', $2, $3 from ${MERGED}`;
const END = `update school_site s set ended_on = g."onDate", as_of = greatest(s.as_of, g."onDate"), import_id = $2 from ${TOLD}
  where s.brin = g."oldBrin" and s.ended_on is null and g."onDate" <= current_date`;

/** Writes down which schools went on under which number; a school that went on has ended itself. Throws TooManySchoolsEnd, SchoolFileUnusable. */
export async function writeMergers(
  owner: pg.ClientBase,
  open: OpenImport,
  { rows, file }: { readonly rows: readonly Merger[]; readonly file: string },
): Promise<Omit<SchoolImport, 'number' | 'kind' | 'rows' | 'samples' | 'faults'>> {
  const json = JSON.stringify(rows);
  const kept = (await owner.query<{ added: boolean }>(KEEP, [json, open.asOf, open.id])).rows;
  await owner.query(MERGE, [json]);
  const [circle] = (await owner.query<{ brin: string }>(CIRCLE)).rows;
  if (circle !== undefined) throw new SchoolFileUnusable([{ ...IN_ITSELF, file, value: circle.brin }]);
  const ended = (await owner.query(KEEP_ENDED, [json, open.asOf, open.id])).rowCount ?? 0;
  await brake(owner, open, ended);
  await owner.query(END, [json, open.id]);
  const added = kept.filter((row) => row.added).length;
  return { ...NOTHING, added, changed: kept.length - added, ended };
}

const IN_ITSELF = { line: 1, column: 'INSTELLINGSCODE NIEUW', message: 'A school cannot go on in itself.' };
