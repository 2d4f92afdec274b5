import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '#lib/access';
import { Database } from '#lib/database';
import { SubjectNotFound } from '#lib/engine';
import { wordsOf } from '../schools/parse-duo.js';
import type { Organisation } from './organisation.js';

const COLUMNS = 'id, revision, code, name, kind, kvk, place, province, regions, ended_on::text as "endedOn"';
const SEARCH = {
  name: 'search-organisations',
  text: `select ${COLUMNS} from organisation where words like all ($1::text[]) and ($2::text[] is null or kind = any ($2))
    and (ended_on is null or ended_on > (app_now() at time zone 'Europe/Amsterdam')::date) and ($3::text is null or code > $3)
    order by code limit $4`,
};
const BY_CODE = { name: 'organisation-by-code', text: `select ${COLUMNS} from organisation where code = $1` };
const BY_ID = { name: 'organisation-by-id', text: `select ${COLUMNS} from organisation where id = $1` };

/** Which organisations are looked for. */
export interface OrganisationFilter {
  /** Words of name, place or Chamber of Commerce number; empty: all. */
  readonly text: string;
  /** Empty: every kind. */
  readonly kinds: readonly string[];
}

/** Finds organisations of the registry by name, place or number, as people type them. */
@Injectable()
export class FindOrganisations {
  constructor(private readonly database: Database) {}

  /** Those that have every word, by code, without those that have ended. */
  async search({ text, kinds }: OrganisationFilter, page: PageRequest): Promise<Page<Organisation>> {
    const words = wordsOf(text).trim().slice(0, 100).split(/\s+/);
    const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
    const values = [patterns, kinds.length === 0 ? null : kinds, page.after, page.size + 1];
    return page.of(await this.database.ask<Organisation>(SEARCH, values), ({ code }) => code);
  }

  /** Null when there is none. */
  async byCode(code: string): Promise<Organisation | null> {
    const [found] = await this.database.ask<Organisation>(BY_CODE, [code]);
    return found ?? null;
  }

  /** Also one that has ended. Throws SubjectNotFound. */
  async read(id: string): Promise<Organisation> {
    const [found] = await this.database.ask<Organisation>(BY_ID, [id]);
    if (found === undefined) throw new SubjectNotFound('organisation', id);
    return found;
  }
}
