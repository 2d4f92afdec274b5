import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { DomainError } from '#lib/kernel';
import { projectFolder, type Settings } from '#lib/settings';
import { startWork } from './chores.js';
import { Closers } from './closers.js';
import { openServer, startOf, type Start } from './open-server.js';

/** Servers and workers that run apart share one PostgreSQL, so its addresses must be given. */
export class DatabaseAddressMissing extends DomainError {
  readonly code = 'database-address-missing';
  constructor(setting: string) {
    super(`${setting} must be set: servers and workers that run apart share one database.`, { setting });
  }
}

/** A process of a larger installation. */
export interface RunningPart {
  readonly url: string | null;
  stop(): Promise<void>;
}

/** One of any number of servers on a shared database. Throws DatabaseAddressMissing, DatabaseAway. */
export async function startServerPart(settings: Readonly<Settings>, say: (text: string) => void): Promise<RunningPart> {
  const { DATABASE_URL: appUrl } = settings;
  if (appUrl === undefined) throw new DatabaseAddressMissing('DATABASE_URL');
  return started(settings, say, async (start) => (await openServer(start, appUrl, undefined)).url);
}

/** One of any number of workers; the one that knows the sealer's address seals too. Throws DatabaseAddressMissing, DatabaseAway. */
export async function startWorkerPart(settings: Readonly<Settings>, say: (text: string) => void): Promise<RunningPart> {
  const { DATABASE_WORKER_URL: workerUrl, DATABASE_SEALER_URL: sealerUrl } = settings;
  if (workerUrl === undefined) throw new DatabaseAddressMissing('DATABASE_WORKER_URL');
  return started(settings, say, async (start) => {
    await startWork(start, { workerUrl, sealerUrl });
    return null;
  });
}

async function started(
  settings: Readonly<Settings>,
  say: (text: string) => void,
  open: (start: Start) => Promise<string | null>,
): Promise<RunningPart> {
  const closers = new Closers();
  const folder = resolve(projectFolder(), settings.DATA_DIR);
  mkdirSync(folder, { recursive: true });
  try {
    return { url: await open(startOf({ settings, folder, closers, say })), stop: () => closers.closeAll() };
  } catch (error) {
    await closers.closeAll().catch(() => undefined);
    throw error;
  }
}
