import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#lib/kernel';
import type { DemoAccount } from './demo-accounts.js';

/** Where a running installation is found; readable by its own account only. */
export interface RunFile {
  readonly url: string;
  readonly pid: number;
  /** Accounts for trying things out; the commands sign in with them. */
  readonly accounts: readonly DemoAccount[];
  /** For commands that check the database as its owner. */
  readonly ownerUrl?: string;
}

/** An installation already runs on this data folder. Use it, or stop it first. */
export class AlreadyRunning extends DomainError {
  readonly code = 'already-running';
  constructor(readonly where: string) {
    super(`Regioloket already runs on this data folder: ${where}.`, { where });
  }
}

/** One installation per data folder: `run.lock` names the process that holds it, `run.json` says where it listens. */
export class RunLock {
  private constructor(private readonly folder: string) {}

  /** Takes the lock, also from a process that died with it. Throws AlreadyRunning. */
  static take(folder: string): RunLock {
    const file = join(folder, 'run.lock');
    for (;;) {
      try {
        writeFileSync(file, identityOf(process.pid), { flag: 'wx', mode: 0o600 });
        return new RunLock(folder);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      clearAbandoned(folder, file);
    }
  }

  /** Says where this installation runs. */
  announce(run: RunFile): void {
    const file = join(this.folder, 'run.json');
    writeFileSync(`${file}.new`, JSON.stringify(run, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  release(): void {
    rmSync(join(this.folder, 'run.json'), { force: true });
    rmSync(join(this.folder, 'run.lock'), { force: true });
  }
}

/** Where the installation of a data folder runs; undefined when none does. */
export function readRunFile(folder: string): RunFile | undefined {
  const file = join(folder, 'run.json');
  const run = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RunFile) : undefined;
  return run !== undefined && isAlive(run.pid) ? run : undefined;
}

function clearAbandoned(folder: string, file: string): void {
  if (!existsSync(file)) return;
  const holder = readFileSync(file, 'utf8');
  const pid = Number(holder.split(' ')[0]);
  if (pid > 0 && holder === identityOf(pid)) throw new AlreadyRunning(whereOf(folder, pid));
  rmSync(file, { force: true });
}

/** The process number with its start time where the system tells it: a number is used again after a restart. */
function identityOf(pid: number): string {
  if (!isAlive(pid)) return 'gone';
  const stat = `/proc/${pid}/stat`;
  // The second field is the program's name in brackets and may hold spaces; the start time is the 20th field behind it.
  const started = existsSync(stat) ? (readFileSync(stat, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '') : '';
  return `${pid} ${started}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function whereOf(folder: string, pid: number): string {
  const file = join(folder, 'run.json');
  if (!existsSync(file)) return `process ${pid}, still starting`;
  return `${(JSON.parse(readFileSync(file, 'utf8')) as RunFile).url} (process ${pid})`;
}
