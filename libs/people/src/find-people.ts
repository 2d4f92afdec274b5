import { Injectable } from '@nestjs/common';
import { NotForThisViewer, regionsOf, type Page, type PageRequest, type StaffRole, type Viewer } from '#lib/access';
import { Database } from '#lib/database';
import { SubjectNotFound } from '#lib/engine';
import type { Instant } from '#lib/kernel';

export interface HeldRole {
  readonly id: string;
  readonly region: string;
  readonly role: StaffRole;
}

/** Somebody with an account, and the roles that the reader may know of. */
export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly disabledAt: Instant | null;
  readonly roles: readonly HeldRole[];
}

/** What who administers the platform knows besides. */
export interface PersonView extends PersonRow {
  /** Null for who keeps the roles of a region alone, as the counts are. */
  readonly disabledReason: string | null;
  readonly sessions: number | null;
  readonly tokens: number | null;
}

const HOLDS = 'r.person_id = p.id and (r.valid_until is null or r.valid_until > app_now())';
const COLUMNS = `p.id, p.name, p.email::text as email, p.disabled_at as "disabledAt", coalesce((
    select jsonb_agg(jsonb_build_object('id', r.id, 'region', r.region, 'role', r.role) order by r.region, r.role)
    from role_assignment r where ${HOLDS}), '[]') as roles`;
/** $1: whether everybody is seen, else who holds a role in the regions of the transaction. */
const SEEN = `($1 or exists (select 1 from role_assignment r where ${HOLDS}))`;
const KEY = `lower(p.name) || ' ' || p.id`;
const SEARCH = {
  name: 'search-people',
  text: `select ${COLUMNS}, ${KEY} as key from person p where ${SEEN} and (p.name || ' ' || p.email::text) ilike all ($2::text[])
    and ($3::text is null or ${KEY} > $3) order by ${KEY} limit $4`,
};
const READ = {
  name: 'read-person',
  text: `select ${COLUMNS}, case when $1 then p.disabled_reason end as "disabledReason", case when $1 then k.sessions end as sessions,
      case when $1 then k.tokens end as tokens
    from person p left join lateral app.keys_of(p.id) k on $1 where ${SEEN} and p.id = $2`,
};

/** People with an account: all of them for who administers the platform, those with a role for who gives roles. */
@Injectable()
export class FindPeople {
  constructor(private readonly database: Database) {}

  /** Those whose name or address has every word, by name. Throws NotForThisViewer. */
  async search(viewer: Viewer, text: string, page: PageRequest): Promise<Page<PersonRow>> {
    const { seesAll, regions } = await this.sightOf(viewer);
    const words = text.trim().slice(0, 100).split(/\s+/);
    const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
    const rows = await this.database.unit({ regions, actor: viewer.id, readOnly: true }, (tx) =>
      tx.query<PersonRow & { key: string }>(SEARCH, [seesAll, patterns, page.after, page.size + 1]),
    );
    const { items, next } = page.of(rows, ({ key }) => key);
    return { items: items.map(({ key: _, ...person }) => person), next };
  }

  /** Throws NotForThisViewer, SubjectNotFound. */
  async read(viewer: Viewer, id: string): Promise<PersonView> {
    const { seesAll, regions } = await this.sightOf(viewer);
    const [person] = await this.database.unit({ regions, actor: viewer.id, readOnly: true }, (tx) =>
      tx.query<PersonView>(READ, [seesAll, id]),
    );
    if (person === undefined) throw new SubjectNotFound('person', id);
    return person;
  }

  private async sightOf(viewer: Viewer): Promise<{ readonly seesAll: boolean; readonly regions: readonly string[] }> {
    const seesAll = regionsOf(viewer, ['platform-admin']).length > 0;
    if (seesAll || regionsOf(viewer, ['national-office']).length > 0) {
      const rows = await this.database.ask<{ code: string }>('select code from region order by code');
      return { seesAll, regions: rows.map(({ code }) => code) };
    }
    const regions = regionsOf(viewer, ['secretary', 'coordinator']);
    if (regions.length === 0) throw new NotForThisViewer();
    return { seesAll, regions };
  }
}
