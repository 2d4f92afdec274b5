import { mkdirSync } from 'node:fs';
import { Database } from '#lib/database';
import { DomainError } from '#lib/kernel';
import type { PeopleOptions } from '#lib/people';
import { readSettings } from '#lib/settings';
import { assertFits, messageIdsOf } from './open-server.js';
import { atOwner } from './owner-connection.js';
import { readRunFile } from './run-lock.js';
import { siteLinks } from './site-links.js';

/** A mail must lead to the pages, and nothing says where they are. */
export class SiteAddressMissing extends DomainError {
  readonly code = 'site-address-missing';
  constructor() {
    super('Set PUBLIC_URL to the address of the site: the link in the mail leads there.');
  }
}

/** What the operator's commands about people work with. */
export interface PeoplePlace {
  readonly database: Database;
  /** Asking for a link throws SiteAddressMissing where nothing says the address of the site. */
  readonly people: PeopleOptions;
  /** Codes of all regions. */
  readonly regions: readonly string[];
}

/** Acts on accounts beside the servers, as the owner of the database. Throws OwnerAddressMissing, SchemaBehind, SchemaAhead. */
export async function atPeople<T>(work: (place: PeoplePlace) => Promise<T>): Promise<T> {
  const settings = readSettings(process.env);
  return atOwner(async ({ ownerUrl, folder }) => {
    const database = await Database.open({ url: ownerUrl, poolSize: 2, applicationName: 'regioloket-account' });
    try {
      await assertFits(database);
      mkdirSync(folder, { recursive: true });
      const rows = await database.ask<{ code: string }>('select code from region order by code');
      const site = (): string => {
        const url = settings.PUBLIC_URL ?? readRunFile(folder)?.url;
        if (url === undefined) throw new SiteAddressMissing();
        return url;
      };
      const people = { messageIds: messageIdsOf({ settings, folder }), links: siteLinks(site).links };
      return await work({ database, people, regions: rows.map(({ code }) => code) });
    } finally {
      await database.close();
    }
  });
}
