import type pg from 'pg';
import { wordsOf } from '../schools/parse-duo.js';
import { readActors, writeActors } from './actors-file.js';
import type { WrittenOrganisation } from './organisation.js';

export interface ActorImport {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
}

const GIVEN = `jsonb_to_recordset($1::jsonb) as g(code text, name text, kind text, kvk text, place text, province text, regions text[],
  "endedOn" date, words text)`;
const COLUMNS = 'code, name, kind, kvk, place, province, regions, ended_on, words';
const VALUES = 'g.code, g.name, g.kind, g.kvk, g.place, g.province, g.regions, g."endedOn", g.words';
const ADD = `insert into organisation (${COLUMNS}) select ${VALUES} from ${GIVEN} on conflict do nothing returning 1`;
const BRING_UP = `insert into organisation as o (${COLUMNS}) select ${VALUES} from ${GIVEN}
  on conflict (code) do update set name = excluded.name, kind = excluded.kind, kvk = excluded.kvk, place = excluded.place,
    province = excluded.province, regions = excluded.regions, ended_on = excluded.ended_on, words = excluded.words,
    revision = o.revision + 1, changed_by = null, changed_at = app_now()
  where (o.name, o.kind, o.kvk, o.place, o.province, o.regions, o.ended_on) is distinct from
    (excluded.name, excluded.kind, excluded.kvk, excluded.place, excluded.province, excluded.regions, excluded.ended_on)
  returning (xmax = 0) as added`;
const ALL = `select code, name, kind, kvk, place, province, regions, ended_on::text as "endedOn" from organisation order by code`;

/** Brings the registry of actors up to a file; what the file does not name stays. Throws ActorFileUnusable; then nothing was changed. */
export async function importActors(owner: pg.ClientBase, source: string): Promise<ActorImport> {
  const actors = readActors(source);
  const { rows } = await owner.query<{ added: boolean }>(BRING_UP, [jsonOf(actors)]);
  const added = rows.filter((row) => row.added).length;
  return { rows: actors.length, added, changed: rows.length - added };
}

/** The first load: what the registry has already stays as it is. Throws ActorFileUnusable. */
export async function loadActors(owner: pg.ClientBase, source: string): Promise<void> {
  await owner.query(ADD, [jsonOf(readActors(source))]);
}

/** The whole registry as a file that can be imported. */
export async function exportActors(owner: pg.ClientBase): Promise<string> {
  return writeActors((await owner.query<WrittenOrganisation>(ALL)).rows);
}

function jsonOf(actors: readonly WrittenOrganisation[]): string {
  return JSON.stringify(actors.map((actor) => ({ ...actor, words: organisationWords(actor) })));
}

/** What a person types is looked for in this. */
export function organisationWords({ name, place, kvk }: WrittenOrganisation): string {
  return wordsOf(`${name} ${place} ${kvk ?? ''}`);
}
