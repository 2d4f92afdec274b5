import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { CATALOGUES } from '#app/worker';
import { emptyDatabase, migrate, withClient } from '#lib/database';
import { DomainError } from '#lib/kernel';
import { loadActors } from '#lib/people';
import { migrateQueue } from '#lib/queue';
import { loadConfiguration } from '#lib/regulation';
import { projectFolder } from '#lib/settings';

/** The examples were being loaded and it was cut off, so what is there is not whole. Run `regioloket demo` again: it begins anew. */
export class DemoNotFinished extends DomainError {
  readonly code = 'demo-not-finished';
  constructor() {
    super(
      'The examples of this database were cut off while they were loaded. Run regioloket demo again: it begins anew.',
    );
  }
}

/** What a database holds: nothing, examples that were cut off, or something. */
export type DatabaseContent = 'empty' | 'half-a-demo' | 'something';

const CONTENT = `select case when i.demo = 'loading' then 'half-a-demo'
  when exists (select from programme) or exists (select from person) then 'something' else 'empty' end as content from installation i`;

/** As the owner, on a migrated database. */
export async function contentOf(ownerUrl: string): Promise<DatabaseContent> {
  return withClient(ownerUrl, async (owner) => {
    const [row] = (await owner.query<{ content: DatabaseContent }>(CONTENT)).rows;
    return row?.content ?? 'something';
  });
}

/** Whether anybody has an account; a restored copy has people of its own, and gets no fictitious schools or accounts. */
export async function isInhabited(ownerUrl: string): Promise<boolean> {
  return withClient(ownerUrl, async (owner) => (await owner.query('select 1 from person limit 1')).rowCount === 1);
}

/** Schema and queue; examples that were cut off are thrown away first. Returns what the database holds. */
export async function prepareForDemo(
  ownerUrl: string,
  say: (text: string) => void,
): Promise<Exclude<DatabaseContent, 'half-a-demo'>> {
  await migrate(ownerUrl);
  let content = await contentOf(ownerUrl);
  if (content === 'half-a-demo') {
    say('The examples were cut off while they were loaded; they begin anew.');
    await emptyDatabase(ownerUrl);
    await migrate(ownerUrl);
    content = 'empty';
  }
  await migrateQueue(ownerUrl);
  return content;
}

/** Schema, queue and the first load of config/; what is there already stays. Returns the names of the migrations that ran. Throws DemoNotFinished. */
export async function bringUpToDate(ownerUrl: string): Promise<readonly string[]> {
  const ran = await migrate(ownerUrl);
  if ((await contentOf(ownerUrl)) === 'half-a-demo') throw new DemoNotFinished();
  await migrateQueue(ownerUrl);
  await withClient(ownerUrl, loadFirst);
  return ran;
}

/** The first load of config/, with the registry of organisations; what is there already stays. */
export async function loadFirst(owner: pg.ClientBase): Promise<void> {
  const config = join(projectFolder(), 'config');
  await loadConfiguration(owner, config, CATALOGUES);
  await loadActors(owner, readFileSync(join(config, 'registry', 'actors.yaml'), 'utf8'));
}
