import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { CATALOGUES } from '#app/worker';
import { migrate, startEmbedded } from '#lib/database';
import { loadActors } from '#lib/people';
import { migrateQueue } from '#lib/queue';
import { loadConfiguration } from '#lib/regulation';
import { projectFolder, type Settings } from '#lib/settings';
import { startWork } from './chores.js';
import { Closers } from './closers.js';
import { demoAccounts, type DemoAccount } from './demo-accounts.js';
import { demoSchools } from './demo-schools.js';
import { openServer, type Start } from './open-server.js';
import { OwnerAddressMissing } from './owner-address-missing.js';
import { RunLock } from './run-lock.js';

/** Addresses of the database, one per role; owner and sealer are absent when the operator keeps them elsewhere. */
interface Addresses {
  readonly appUrl: string;
  readonly workerUrl?: string | undefined;
  readonly ownerUrl?: string | undefined;
  readonly sealerUrl?: string | undefined;
  /** Whether the database is this installation's own, which may get demo accounts. */
  readonly isEmbedded: boolean;
}

export interface Installation {
  readonly url: string;
  /** Whether mail is kept in the development mailbox. */
  readonly hasMailbox: boolean;
  /** Accounts for trying things out, with their passwords; only on the installation's own database. */
  readonly accounts: readonly DemoAccount[];
  /** Ends the server, then what it stands on. */
  stop(): Promise<void>;
}

/**
 * Starts database (embedded unless DATABASE_URL is set), schema, server and chores in this process.
 * Throws AlreadyRunning, PostgresCannotRun, MigrationWasChanged, DatabaseAway; whatever had started by then is ended again.
 */
export async function startInstallation(
  settings: Readonly<Settings>,
  say: (text: string) => void,
): Promise<Installation> {
  const closers = new Closers();
  const folder = resolve(projectFolder(), settings.DATA_DIR);
  try {
    const parts = await startParts({ settings, folder, closers, say });
    return { ...parts, stop: () => closers.closeAll() };
  } catch (error) {
    await closers.closeAll().catch(() => undefined);
    throw error;
  }
}

/** Brings the schema of an existing database up to date; returns the names of the migrations that ran. */
export async function migrateInstallation(settings: Readonly<Settings>): Promise<readonly string[]> {
  const ownerUrl = settings.DATABASE_OWNER_URL;
  if (ownerUrl === undefined) throw new OwnerAddressMissing();
  return bringUpToDate(ownerUrl);
}

/** Schema, queue and the first load of config/; what is there already stays. Returns the names of the migrations that ran. */
async function bringUpToDate(ownerUrl: string): Promise<readonly string[]> {
  const ran = await migrate(ownerUrl);
  await migrateQueue(ownerUrl);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const config = join(projectFolder(), 'config');
    await loadConfiguration(owner, config, CATALOGUES);
    await loadActors(owner, readFileSync(join(config, 'registry', 'actors.yaml'), 'utf8'));
  } finally {
    await owner.end();
  }
  return ran;
}

async function startParts(start: Start): Promise<Omit<Installation, 'stop'>> {
  const { folder, closers } = start;
  mkdirSync(folder, { recursive: true });
  const lock = RunLock.take(folder);
  closers.add(() => lock.release());
  const addresses = await openDatabase(start);
  const { ownerUrl } = addresses;
  if (ownerUrl !== undefined) await bringUpToDate(ownerUrl);
  const mailbox = await startWork(start, addresses);
  const server = await openServer(start, addresses.appUrl, mailbox);
  if (addresses.isEmbedded && ownerUrl !== undefined) await demoSchools(ownerUrl, start);
  const accounts = addresses.isEmbedded ? await demoAccounts(addresses.appUrl, start) : [];
  lock.announce({ url: server.url, pid: process.pid, accounts, ...(ownerUrl === undefined ? {} : { ownerUrl }) });
  return { url: server.url, hasMailbox: mailbox !== undefined, accounts };
}

async function openDatabase({ settings, folder, closers, say }: Start): Promise<Addresses> {
  const { DATABASE_URL: appUrl, DATABASE_WORKER_URL: workerUrl } = settings;
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_SEALER_URL: sealerUrl } = settings;
  if (appUrl !== undefined) return { appUrl, workerUrl, ownerUrl, sealerUrl, isEmbedded: false };
  const embedded = await startEmbedded({ dataFolder: folder });
  // Only the holder of the lock runs on this folder, so a server that still ran was left behind by one that was killed.
  if (embedded.adopted) say('Took over the database of an installation that had not ended properly.');
  closers.add(() => embedded.stop());
  return { ...embedded, isEmbedded: true };
}
