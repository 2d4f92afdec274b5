import { resolve } from 'node:path';
import pg from 'pg';
import { projectFolder, readSettings } from '#lib/settings';
import { OwnerAddressMissing } from './owner-address-missing.js';
import { readRunFile } from './run-lock.js';

/** The owner sees every region, so checks over all of them run on its connection: DATABASE_OWNER_URL, or the installation that runs. */
export async function withOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function ownerUrl(): string {
  const settings = readSettings(process.env);
  if (settings.DATABASE_OWNER_URL !== undefined) return settings.DATABASE_OWNER_URL;
  const run = readRunFile(resolve(projectFolder(), settings.DATA_DIR));
  if (run?.ownerUrl === undefined) throw new OwnerAddressMissing();
  return run.ownerUrl;
}
