import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { startCluster, type Cluster } from './cluster.js';
import { ensureDatabase, ensureRoles, newPasswords, roleUrls, type RolePasswords, type RoleUrls } from './roles.js';
import { canReach, ownFolder, runtimeFolder, serverUser, type ServerUser } from './server-user.js';

export interface EmbeddedDatabase extends RoleUrls {
  readonly superUrl: string;
  readonly adopted: boolean;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Where the installation keeps its data; PostgreSQL gets a folder of its own in it, or under /var/lib when it cannot reach it. */
  readonly dataFolder: string;
  readonly database?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts or adopts the embedded PostgreSQL and makes sure of its roles and database. Migrations are the caller's. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const user = serverUser();
  const folder = placeFor(user, options.dataFolder);
  const cluster: Cluster = await startCluster({
    folder,
    user,
    ...(options.settings ? { settings: options.settings } : {}),
  });
  const passwords = rolePasswords(folder);
  const database = options.database ?? 'regioloket';
  await ensureRoles(cluster.superUrl, passwords);
  await ensureDatabase(cluster.superUrl, database);
  const urls = roleUrls(cluster.superUrl, database, passwords);
  return { ...urls, superUrl: cluster.superUrl, adopted: cluster.adopted, stop: () => cluster.stop() };
}

/** Whether this folder's PostgreSQL was made before. */
export function hasEmbedded(dataFolder: string): boolean {
  return existsSync(dataFolder) && existsSync(join(placeFor(serverUser(), dataFolder), 'data', 'PG_VERSION'));
}

function placeFor(user: ServerUser, dataFolder: string): string {
  if (user.ids.uid === undefined || canReach(user, dataFolder)) return join(dataFolder, 'postgres');
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  const folder = join(runtimeFolder(), name);
  ownFolder(user, folder);
  return folder;
}

function rolePasswords(folder: string): RolePasswords {
  const file = join(folder, 'roles.json');
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(newPasswords()), { mode: 0o600 });
  return JSON.parse(readFileSync(file, 'utf8')) as RolePasswords;
}
