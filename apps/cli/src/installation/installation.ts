import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { withClient } from '#lib/database';
import { projectFolder, type Settings } from '#lib/settings';
import { startWork } from './chores.js';
import { Closers } from './closers.js';
import { demoAccounts, openFirstAccounts, type DemoAccount } from './demo-accounts.js';
import { deliverLetters } from './demo-letters.js';
import { demoSchools } from './demo-schools.js';
import { fillWithDemo } from './fill-with-demo.js';
import { openDatabase, type Addresses } from './open-database.js';
import { openServer, startOf, type Start } from './open-server.js';
import { OwnerAddressMissing } from './owner-address-missing.js';
import { bringUpToDate, isInhabited, prepareForDemo } from './prepare-database.js';
import { RunLock } from './run-lock.js';

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
    const parts = await startParts(startOf({ settings, folder, closers, say }));
    return { ...parts, stop: () => closers.closeAll() };
  } catch (error) {
    await closers.closeAll().catch(() => undefined);
    throw error;
  }
}

/** Brings the schema of an existing database up to date; returns the names of the migrations that ran. Throws DemoNotFinished. */
export async function migrateInstallation(settings: Readonly<Settings>): Promise<readonly string[]> {
  const ownerUrl = settings.DATABASE_OWNER_URL;
  if (ownerUrl === undefined) throw new OwnerAddressMissing();
  return bringUpToDate(ownerUrl);
}

async function startParts(start: Start): Promise<Omit<Installation, 'stop'>> {
  const { folder, closers } = start;
  mkdirSync(folder, { recursive: true });
  const lock = RunLock.take(folder);
  closers.add(() => lock.release());
  const addresses = await openDatabase(start);
  const { ownerUrl, appUrl, isEmbedded } = addresses;
  await firstLoad(start, addresses);
  const mailbox = await startWork(start, addresses);
  const server = await openServer(start, appUrl, mailbox);
  const accounts = isEmbedded ? demoAccounts(start) : [];
  if (isEmbedded && mailbox !== undefined) await deliverLetters(start, mailbox);
  lock.announce({ url: server.url, pid: process.pid, accounts, ...(ownerUrl === undefined ? {} : { ownerUrl }) });
  return { url: server.url, hasMailbox: mailbox !== undefined, accounts };
}

/** Schema and configuration, on a new database of its own with examples. */
async function firstLoad(start: Start, { ownerUrl, isEmbedded, ...urls }: Addresses): Promise<void> {
  const { settings, say } = start;
  if (ownerUrl === undefined) return;
  const isForTrying = isEmbedded && settings.NODE_ENV !== 'production';
  if (isForTrying && settings.DEMO === 'on' && (await prepareForDemo(ownerUrl, say)) === 'empty') {
    say('Loading the examples of seven networks …');
    await fillWithDemo(start, { ownerUrl, ...urls });
    return;
  }
  await bringUpToDate(ownerUrl);
  if (!isForTrying || (await isInhabited(ownerUrl))) return;
  await withClient(ownerUrl, demoSchools);
  await openFirstAccounts(urls.appUrl, start);
}
