import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** A table of results with what was measured beside it. */
export interface Results {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly (readonly string[])[];
}

/** Markdown of all tables, with the machine and the commit. */
export function report(results: readonly Results[]): string {
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim();
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? '?'}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
  return [`Machine: ${machine}. Commit ${commit}.`, ...results.map(section)].join('\n\n') + '\n';
}

function section({ title, about, rows }: Results): string {
  const [head = [], ...rest] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`### ${title}`, '', about, '', line(head), line(head.map(() => '---')), ...rest.map(line)].join('\n');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

export const per = (value: number): string => Math.round(value).toLocaleString('en');
export const ratio = (value: number, of: number): string => (value / of).toFixed(2);
