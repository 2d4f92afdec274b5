import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { DomainError } from '#lib/kernel';
import { projectFolder, type Settings } from '#lib/settings';
import { loadDemo, type LoadedDemo } from '../demo/load-demo.js';
import { Closers } from './closers.js';
import { keepAccounts } from './demo-accounts.js';
import { keepLetters } from './demo-letters.js';
import { openDatabase } from './open-database.js';
import { messageIdsOf, openFiles, startOf, type Start } from './open-server.js';
import { OwnerAddressMissing } from './owner-address-missing.js';
import { prepareForDemo } from './prepare-database.js';
import { RunLock } from './run-lock.js';

/** Examples are never mixed with work. Give an empty database. */
export class DemoNeedsEmptyDatabase extends DomainError {
  readonly code = 'demo-needs-empty-database';
  constructor() {
    super('The database is not empty, and examples are never mixed with work. Give an empty one.');
  }
}

/** Examples have passwords that are printed; they have no place in production. */
export class NoDemoInProduction extends DomainError {
  readonly code = 'no-demo-in-production';
  constructor() {
    super('Examples are never loaded with NODE_ENV=production.');
  }
}

/** Loads the examples into a migrated, empty database and remembers their passwords and last mails. */
export async function fillWithDemo(
  start: Start,
  { ownerUrl, appUrl, workerUrl = appUrl }: { ownerUrl: string; appUrl: string; workerUrl?: string | undefined },
): Promise<LoadedDemo> {
  const { settings, folder } = start;
  const files = await openFiles(start);
  const place = { ownerUrl, appUrl, workerUrl, messageIds: messageIdsOf(start), from: settings.MAIL_FROM, files };
  return loadDemo(place, ({ accounts, letters }) => {
    keepAccounts(folder, accounts);
    keepLetters(folder, letters);
  });
}

/** The command `demo`: into the database of the settings or of the data folder. Throws DemoNeedsEmptyDatabase, NoDemoInProduction. */
export async function demoInstallation(settings: Readonly<Settings>, say: (text: string) => void): Promise<LoadedDemo> {
  if (settings.NODE_ENV === 'production') throw new NoDemoInProduction();
  const closers = new Closers();
  const folder = resolve(projectFolder(), settings.DATA_DIR);
  mkdirSync(folder, { recursive: true });
  const start = startOf({ settings, folder, closers, say });
  try {
    const lock = RunLock.take(folder);
    closers.add(() => lock.release());
    const { ownerUrl, appUrl, workerUrl } = await openDatabase(start);
    if (ownerUrl === undefined) throw new OwnerAddressMissing();
    if ((await prepareForDemo(ownerUrl, say)) !== 'empty') throw new DemoNeedsEmptyDatabase();
    return await fillWithDemo(start, { ownerUrl, appUrl, workerUrl });
  } finally {
    await closers.closeAll();
  }
}
