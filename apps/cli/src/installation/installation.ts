import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { startServer } from '#app/server';
import { Database, migrate, startEmbedded } from '#lib/database';
import type { PeopleOptions } from '#lib/people';
import { migrateQueue } from '#lib/queue';
import { projectFolder, type Settings } from '#lib/settings';
import { startChores } from './chores.js';
import { Closers } from './closers.js';
import { freePortFrom } from './free-port.js';
import { OwnerAddressMissing } from './owner-address-missing.js';
import { RunLock } from './run-lock.js';
import { secretIn } from './secret.js';

/** Addresses of the database, one per role; owner and sealer are absent when the operator keeps them elsewhere. */
interface Addresses {
  readonly appUrl: string;
  readonly workerUrl?: string | undefined;
  readonly ownerUrl?: string | undefined;
  readonly sealerUrl?: string | undefined;
}

export interface Installation {
  readonly url: string;
  /** Whether mail is kept in the development mailbox. */
  readonly hasMailbox: boolean;
  /** Ends the server, then what it stands on. */
  stop(): Promise<void>;
}

interface Start {
  readonly settings: Readonly<Settings>;
  readonly folder: string;
  readonly closers: Closers;
  readonly say: (text: string) => void;
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
  const ran = await migrate(ownerUrl);
  await migrateQueue(ownerUrl);
  return ran;
}

async function startParts(start: Start): Promise<Omit<Installation, 'stop'>> {
  const { settings, folder, closers, say } = start;
  mkdirSync(folder, { recursive: true });
  const lock = RunLock.take(folder);
  closers.add(() => lock.release());
  const { appUrl, workerUrl, ownerUrl, sealerUrl } = await openDatabase(start);
  if (ownerUrl !== undefined) {
    await migrate(ownerUrl);
    await migrateQueue(ownerUrl);
  }
  const database = await Database.open({ url: appUrl });
  closers.add(() => database.close());
  const { SMTP_URL: smtpUrl, MAIL_FROM: mailFrom, HOST: host } = settings;
  const mailbox = await startChores({ workerUrl, sealerUrl, smtpUrl, mailFrom, closers, say });
  const port = await freePortFrom(host, settings.PORT);
  const site = { url: settings.PUBLIC_URL ?? `http://${host}:${port}` };
  const people = peopleOptions(start, site);
  const isHttps = site.url.startsWith('https:');
  const server = await startServer({ database, host, port, isHttps, people, mailbox });
  closers.add(() => server.stop());
  site.url = settings.PUBLIC_URL ?? server.url;
  lock.announce({ url: server.url, pid: process.pid, ...(ownerUrl === undefined ? {} : { ownerUrl }) });
  return { url: server.url, hasMailbox: mailbox !== undefined };
}

/** `site` is read when a mail is written: a free port is known only once the server listens. */
function peopleOptions({ settings, folder }: Start, site: { readonly url: string }): PeopleOptions {
  const domain = settings.MAIL_FROM.split('@')[1] ?? '';
  return {
    messageIds: { secret: secretIn(folder, settings.SECRET), domain },
    links: {
      invitation: (token) => `${site.url}/invitation#${token}`,
      signIn: (token) => `${site.url}/sign-in#${token}`,
    },
  };
}

async function openDatabase({ settings, folder, closers, say }: Start): Promise<Addresses> {
  const { DATABASE_URL: appUrl, DATABASE_WORKER_URL: workerUrl } = settings;
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_SEALER_URL: sealerUrl } = settings;
  if (appUrl !== undefined) return { appUrl, workerUrl, ownerUrl, sealerUrl };
  const embedded = await startEmbedded({ dataFolder: folder });
  // Only the holder of the lock runs on this folder, so a server that still ran was left behind by one that was killed.
  if (embedded.adopted) say('Took over the database of an installation that had not ended properly.');
  closers.add(() => embedded.stop());
  return embedded;
}
