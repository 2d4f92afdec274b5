import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type pg from 'pg';
import { assertSchemaLevel, hasEmbedded, startEmbedded, withClient } from '#lib/database';
import { projectFolder, readSettings } from '#lib/settings';
import { OwnerAddressMissing } from './owner-address-missing.js';
import { readRunFile, RunLock } from './run-lock.js';

/** The database of an installation as its owner, and the folder beside it. */
export interface OwnerPlace {
  readonly ownerUrl: string;
  readonly folder: string;
}

interface Wanted {
  /** Another data folder than that of the settings, always with a database of its own. */
  readonly folder?: string | undefined;
  /** A database of its own is made when the folder has none yet. */
  readonly mayCreate?: boolean;
}

/**
 * The owner sees every region, so what looks at all of them runs on its connection: DATABASE_OWNER_URL, the installation that runs, or the
 * database of one that is stopped, which is started for as long as the work takes. Throws OwnerAddressMissing, AlreadyRunning.
 */
export async function atOwner<T>(work: (place: OwnerPlace) => Promise<T>, wanted: Wanted = {}): Promise<T> {
  const settings = readSettings(process.env);
  const folder = wanted.folder ?? resolve(projectFolder(), settings.DATA_DIR);
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: appUrl } = settings;
  if (wanted.folder === undefined && ownerUrl !== undefined) return work({ ownerUrl, folder });
  const run = readRunFile(folder);
  if (run?.ownerUrl !== undefined) return work({ ownerUrl: run.ownerUrl, folder });
  if (wanted.folder === undefined && appUrl !== undefined) throw new OwnerAddressMissing();
  if (wanted.mayCreate !== true && !hasEmbedded(folder)) throw new OwnerAddressMissing();
  return whileStopped(folder, work);
}

/** A client on the owner's connection, on a schema that this version knows. Throws SchemaBehind, SchemaAhead too. */
export async function withOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  return atOwner(({ ownerUrl }) =>
    withClient(ownerUrl, async (client) => {
      await assertSchemaLevel(async (text) => (await client.query<object>(text)).rows);
      return work(client);
    }),
  );
}

async function whileStopped<T>(folder: string, work: (place: OwnerPlace) => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const lock = RunLock.take(folder);
  try {
    const { ownerUrl, stop } = await startEmbedded({ dataFolder: folder });
    try {
      return await work({ ownerUrl, folder });
    } finally {
      await stop();
    }
  } finally {
    lock.release();
  }
}
