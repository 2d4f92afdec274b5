import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A process that was started, and what it said. */
export interface Started {
  readonly child: ChildProcess;
  text: string;
  code: number | null;
}

const folders: string[] = [];
const children: ChildProcess[] = [];

/** A new folder, gone after `endAll`. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'regioloket-start-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

/** Lets `endAll` remove this folder too. */
export function removeLater(folder: string): void {
  folders.push(folder);
}

/** Starts an installation on a folder, without examples unless they are asked for. */
export function start(folder: string, more: Record<string, string> = {}): Started {
  const own = { NODE_ENV: 'development', NODE_OPTIONS: '', DATA_DIR: folder, PORT: '0', DEMO: 'off' };
  const env = { ...process.env, ...own, ...more };
  return watch(spawn(process.execPath, ['bin/regioloket.mjs', 'start'], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** Keeps what a process says. */
export function watch(child: ChildProcess): Started {
  children.push(child);
  const started: Started = { child, text: '', code: null };
  child.stdout?.on('data', (chunk: Buffer) => (started.text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (started.text += chunk.toString()));
  child.on('exit', (code) => (started.code = code ?? -1));
  return started;
}

/** The JSON that a command prints on standard output. */
export async function ask(folder: string, words: string[]): Promise<unknown> {
  const env = { ...process.env, NODE_OPTIONS: '', DATA_DIR: folder };
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/regioloket.mjs', ...words], { env });
  return JSON.parse(stdout);
}

export async function until(what: () => boolean, started: Started): Promise<void> {
  for (let i = 0; i < 6_000 && !what(); i++) await sleep(50);
  if (!what()) throw new Error(`waited in vain; it said: ${started.text}`);
}

export function ready(started: Started): Promise<void> {
  return until(() => started.text.includes('Ctrl-C'), started);
}

export function ended(started: Started): Promise<void> {
  return until(() => started.code !== null, started);
}

export function urlOf({ text }: Started): string {
  return /http:\S+/.exec(text)?.[0] ?? '';
}

export async function stop(started: Started): Promise<void> {
  started.child.kill('SIGINT');
  await ended(started);
}

/** The process number of the database of a folder. */
export function serverPid(folder: string): number {
  const file = join(folder, 'postgres', 'data', 'postmaster.pid');
  return Number(/^\d+/.exec(readFileSync(file, 'utf8'))?.[0]);
}

export function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

/** Ends what still runs and removes the folders. */
export async function endAll(): Promise<void> {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGINT');
  await sleep(50);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
}
