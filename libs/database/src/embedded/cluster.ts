import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries, PostgresCannotRun, type Binaries } from './binaries.js';
import { ownFolder, type ServerUser } from './server-user.js';

export interface Cluster {
  readonly port: number;
  readonly superUrl: string;
  /** True when a server that outlived its starter was found running and taken over. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Folder of the data directory; made when it does not exist. */
  readonly folder: string;
  readonly user: ServerUser;
  /** Extra server settings, as for throw-away test clusters (`fsync=off`). */
  readonly settings?: Readonly<Record<string, string>>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

/** Starts the server of a data directory, making the directory first when needed, or adopts the one that still runs on it. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const data = join(options.folder, 'data');
  const password = passwordIn(options);
  const running = await runningServer(data, password);
  if (running !== undefined) return { ...running, adopted: true, stop: () => stopByPid(data) };
  const binaries = await findBinaries(options.user);
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(binaries, options, data);
  const port = await freePort();
  const child = launch(binaries, options, { data, port });
  const superUrl = urlFor(port, password);
  await untilAnswering(superUrl, child);
  return { port, superUrl, adopted: false, stop: () => stopByPid(data) };
}

function urlFor(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** One random password per installation, readable by the server's account and root only. */
function passwordIn(options: ClusterOptions): string {
  ownFolder(options.user, options.folder);
  const file = join(options.folder, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
    ownFile(options.user, file);
  }
  return readFileSync(file, 'utf8').trim();
}

function ownFile(user: ServerUser, file: string): void {
  const { uid, gid } = user.ids;
  if (uid !== undefined && gid !== undefined) spawnSync('chown', [`${uid}:${gid}`, file]);
}

function initialise(binaries: Binaries, options: ClusterOptions, data: string): void {
  // A directory without PG_VERSION is what an interrupted initdb left behind.
  rmSync(data, { recursive: true, force: true });
  const args = ['-D', data, '-U', 'postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8'];
  const pwfile = `--pwfile=${join(options.folder, 'password')}`;
  const made = spawnSync(binaries.initdb, [...args, pwfile], {
    ...options.user.ids,
    cwd: options.folder,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new PostgresCannotRun(`initdb failed: ${made.stderr.trim().split('\n').at(-1) ?? ''}`);
}

function launch(
  binaries: Binaries,
  options: ClusterOptions,
  place: { readonly data: string; readonly port: number },
): ChildProcess {
  const settings = {
    port: String(place.port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', place.data, ...flags], {
    ...options.user.ids,
    cwd: options.folder,
    stdio: 'ignore',
    // Ctrl-C reaches every process of the terminal; the server must outlive it until its users have closed their connections.
    detached: true,
  });
  child.unref();
  return child;
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  const attempts = START_TIMEOUT_MS / 50;
  for (let i = 0; i < attempts; i++) {
    if (child.exitCode !== null) throw new PostgresCannotRun(`the server ended with code ${child.exitCode}`);
    if (await answers(url)) return;
    await sleep(50);
  }
  throw new PostgresCannotRun('the server does not answer');
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** postmaster.pid: line 1 the pid, line 2 the data directory, line 4 the port. */
function readPidFile(data: string): { pid: number; port: number } | undefined {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

/** The server that still runs on this directory and accepts our password; a stale pid file of a dead one is left to PostgreSQL. */
async function runningServer(data: string, password: string): Promise<{ port: number; superUrl: string } | undefined> {
  const found = readPidFile(data);
  if (found === undefined || !isAlive(found.pid)) return undefined;
  const superUrl = urlFor(found.port, password);
  for (let i = 0; i < 40; i++) {
    if (await answers(superUrl)) return { port: found.port, superUrl };
    if (!isAlive(found.pid)) return undefined;
    await sleep(50);
  }
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** SIGINT is the fast shutdown: sessions are ended, data is flushed. */
async function stopByPid(data: string): Promise<void> {
  const found = readPidFile(data);
  if (found === undefined || !isAlive(found.pid)) return;
  process.kill(found.pid, 'SIGINT');
  for (let waited = 0; waited < STOP_TIMEOUT_MS && isAlive(found.pid); waited += 25) await sleep(25);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
