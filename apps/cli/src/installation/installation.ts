import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import { startServer } from '#app/server';
import { Database, migrate, startEmbedded } from '#lib/database';
import { sealAudit } from '#lib/engine';
import { DomainError } from '#lib/kernel';
import { ChoreRunner, migrateQueue, type Chore } from '#lib/queue';
import { projectFolder, type Settings } from '#lib/settings';
import { freePortFrom } from './free-port.js';
import { RunLock } from './run-lock.js';

/** What was started and how to end it, the last first. */
class Closers {
  private readonly list: (() => Promise<void> | void)[] = [];

  add(close: () => Promise<void> | void): void {
    this.list.push(close);
  }

  /** Ends everything, also when one of them fails; the first failure is thrown at the end. */
  async closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.list.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

/** Migrations need the owner's address beside the application's own. */
export class OwnerAddressMissing extends DomainError {
  readonly code = 'owner-address-missing';
  constructor() {
    super('Set DATABASE_OWNER_URL: migrations run as the owner of the database.');
  }
}

/** Addresses of the database, one per role; owner and sealer are absent when the operator keeps them elsewhere. */
interface Addresses {
  readonly appUrl: string;
  readonly ownerUrl?: string | undefined;
  readonly sealerUrl?: string | undefined;
}

export interface Installation {
  readonly url: string;
  /** Ends the server, then what it stands on. */
  stop(): Promise<void>;
}

const SEAL_EVERY_MS = 1_000;
const DRAIN_MS = 8_000;

/**
 * Starts database (embedded unless DATABASE_URL is set), schema, server and chores in this process.
 * Throws AlreadyRunning, PostgresCannotRun, MigrationWasChanged, DatabaseAway; whatever had started by then is ended again.
 */
export async function startInstallation(
  settings: Readonly<Settings>,
  say: (text: string) => void,
): Promise<Installation> {
  const closers = new Closers();
  try {
    const url = await startParts(settings, closers, say);
    return { url, stop: () => closers.closeAll() };
  } catch (error) {
    await closers.closeAll().catch(() => undefined);
    throw error;
  }
}

/** Brings the schema of an existing database up to date; returns the names of the migrations that ran. */
export async function migrateInstallation(settings: Readonly<Settings>): Promise<readonly string[]> {
  const ownerUrl = settings.DATABASE_OWNER_URL;
  if (ownerUrl === undefined) throw new OwnerAddressMissing();
  const ran = await migrate(ownerUrl);
  await migrateQueue(ownerUrl);
  return ran;
}

async function startParts(
  settings: Readonly<Settings>,
  closers: Closers,
  say: (text: string) => void,
): Promise<string> {
  const folder = resolve(projectFolder(), settings.DATA_DIR);
  mkdirSync(folder, { recursive: true });
  const lock = RunLock.take(folder);
  closers.add(() => lock.release());
  const addresses = await openDatabase(settings, { folder, closers, say });
  if (addresses.ownerUrl !== undefined) {
    await migrate(addresses.ownerUrl);
    await migrateQueue(addresses.ownerUrl);
  }
  const database = await Database.open({ url: addresses.appUrl });
  closers.add(() => database.close());
  if (addresses.sealerUrl !== undefined) startSealing(addresses.sealerUrl, closers, say);
  const port = await freePortFrom(settings.HOST, settings.PORT);
  const isHttps = settings.PUBLIC_URL?.startsWith('https:') === true;
  const server = await startServer({ database, host: settings.HOST, port, isHttps });
  closers.add(() => server.stop());
  lock.announce({ url: server.url, pid: process.pid });
  return server.url;
}

async function openDatabase(
  settings: Readonly<Settings>,
  place: { readonly folder: string; readonly closers: Closers; readonly say: (text: string) => void },
): Promise<Addresses> {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, DATABASE_SEALER_URL: sealerUrl } = settings;
  if (appUrl !== undefined) return { appUrl, ownerUrl, sealerUrl };
  const embedded = await startEmbedded({ dataFolder: place.folder });
  // Only the holder of the lock runs on this folder, so a server that still ran was left behind by one that was killed.
  if (embedded.adopted) place.say('Took over the database of an installation that had not ended properly.');
  place.closers.add(() => embedded.stop());
  return embedded;
}

/** Chains new audit entries each second under the sealer's own role. */
function startSealing(sealerUrl: string, closers: Closers, say: (text: string) => void): void {
  const pool = new pg.Pool({ connectionString: sealerUrl, max: 1 });
  pool.on('error', () => undefined);
  const seal: Chore = {
    name: 'audit',
    run: async () => {
      const client = await pool.connect();
      try {
        return await sealAudit(client);
      } finally {
        client.release();
      }
    },
  };
  const onError = (chore: string, error: unknown): void => say(`${chore}: ${String(error)}`);
  const runner = new ChoreRunner({ chores: [seal], everyMs: SEAL_EVERY_MS, onError });
  runner.start();
  closers.add(async () => {
    await runner.drain(DRAIN_MS);
    await pool.end();
  });
}
