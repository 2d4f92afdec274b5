import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';

/** Runs a script beside this file in a process of its own, so that its memory can be told, and reads the JSON that it prints. */
export function inOwnProcess(script: string, args: readonly (string | number)[]): unknown {
  const file = join(projectFolder(), 'dist', 'test', 'bench', script);
  const run = spawnSync(process.execPath, ['--expose-gc', file, ...args.map(String)], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as unknown;
}
