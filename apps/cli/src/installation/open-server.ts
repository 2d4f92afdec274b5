import { FileParts, startServer, type RunningServer } from '#app/server';
import { openRound } from '#app/worker';
import { assertSchemaLevel, assertTrueClock, Database } from '#lib/database';
import { READ_PAUSE, type MessageIdOptions, type WorkPause } from '#lib/engine';
import { FileStore } from '#lib/files';
import type { Mailbox } from '#lib/notices';
import type { PeopleOptions } from '#lib/people';
import { Bell } from '#lib/queue';
import type { Settings } from '#lib/settings';
import type { Closers } from './closers.js';
import { freePortFrom } from './free-port.js';
import { DemoNotFinished } from './prepare-database.js';
import { secretIn } from './secret.js';
import { siteLinks } from './site-links.js';

/** What every part of an installation starts with. */
export interface Start {
  readonly settings: Readonly<Settings>;
  /** Folder of the installation's own data. */
  readonly folder: string;
  readonly closers: Closers;
  readonly say: (text: string) => void;
  /** Address of the site in mails. It is read when a mail is written: a free port is known only once the server listens. */
  readonly site: { url: string | null };
}

/** What a process starts with, before its server listens. */
export function startOf(given: Omit<Start, 'site'>): Start {
  return { ...given, site: { url: given.settings.PUBLIC_URL ?? null } };
}

/** Starts the HTTP server on the next free port, with the engine of a round behind it. */
export async function openServer(start: Start, appUrl: string, mailbox: Mailbox | undefined): Promise<RunningServer> {
  const { settings, closers } = start;
  const database = await Database.open({ url: appUrl });
  closers.add(() => database.close());
  await assertFits(database);
  await assertWhole(database);
  await tellPause(database, start);
  const bell = await openBell(start, appUrl);
  const ring = (): void => {
    bell.ring('outbox');
    bell.ring('commands');
    bell.ring('terms');
  };
  const host = settings.HOST;
  const port = await freePortFrom(host, settings.PORT);
  const { site } = start;
  site.url ??= `http://${host}:${port}`;
  const people = peopleOptions(start);
  const round = openRound(database, { messageIds: people.messageIds, ring });
  const isHttps = site.url.startsWith('https:');
  const isScanned = settings.CLAMD_URL !== undefined;
  const files = new FileParts(await openFiles(start), isScanned, () => bell.ring('scans'));
  const trustedProxies = settings.TRUSTED_PROXIES?.split(',');
  const server = await startServer({
    ...{ database, host, port, isHttps, trustedProxies, people, round, files, mailbox },
    site: {
      url: site.url,
      contact: { name: settings.CONTACT_NAME, email: settings.CONTACT_EMAIL ?? settings.MAIL_FROM },
    },
  });
  closers.add(() => server.stop());
  site.url = settings.PUBLIC_URL ?? server.url;
  return server;
}

/** Whether this version may work on a database: schema and clock. Throws SchemaBehind, SchemaAhead, ClockIsShifted. */
export async function assertFits(database: Database): Promise<void> {
  await assertSchemaLevel((text) => database.ask(text));
  await assertTrueClock(database);
}

/** Where attachments lie; servers and workers that run apart share the data folder. */
export async function openFiles({ folder }: Start): Promise<FileStore> {
  return FileStore.open(folder);
}

async function assertWhole(database: Database): Promise<void> {
  const half = await database.ask(`select 1 from installation where demo = 'loading'`);
  if (half.length > 0) throw new DemoNotFinished();
}

/** A restored copy does nothing by itself; who starts it must know. */
async function tellPause(database: Database, { say }: Start): Promise<void> {
  const [paused] = await database.ask<WorkPause>(READ_PAUSE);
  if (paused === undefined) return;
  say(`Mail, terms and commands stand still since ${paused.since}: ${paused.because}.`);
  say('Look with: regioloket outbox status. Go on with: regioloket outbox resume.');
}

/** The bell of this process, on Redis or on the given role's database. */
export async function openBell({ settings, closers, say }: Start, databaseUrl: string): Promise<Bell> {
  const bell = await Bell.open({ databaseUrl, redisUrl: settings.REDIS_URL, warn: say });
  closers.add(() => bell.close());
  return bell;
}

/** Who signs the mails of this installation. */
export function messageIdsOf({ settings, folder }: Pick<Start, 'settings' | 'folder'>): MessageIdOptions {
  return { secret: secretIn(folder, settings.SECRET), domain: settings.MAIL_FROM.split('@')[1] ?? '' };
}

function peopleOptions(start: Start): PeopleOptions {
  return { messageIds: messageIdsOf(start), links: siteLinks(() => start.site.url).links };
}
