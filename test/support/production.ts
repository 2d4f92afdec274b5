import { spawn } from 'node:child_process';
import { main } from '../../apps/cli/src/main.js';
import type { TestDatabase } from '#lib/testing';
import { aFolder, watch, type Started } from './installations.js';

/** What an operator sets, on a machine where no relay answers yet. */
export function productionOf(test: TestDatabase, more: Record<string, string> = {}): Record<string, string> {
  return {
    ...{ NODE_ENV: 'production', NODE_OPTIONS: '', DATA_DIR: aFolder(), PORT: '0' },
    ...{ DATABASE_OWNER_URL: test.ownerUrl, DATABASE_URL: test.appUrl, DATABASE_WORKER_URL: test.workerUrl },
    ...{ DATABASE_SEALER_URL: test.sealerUrl, SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'loket@netwerk.example' },
    ...{ PUBLIC_URL: 'https://loket.example/', SECRET: 'a secret of the tests, long enough for it' },
    ...more,
  };
}

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command to its end, in this process: starting another one for each takes seconds. */
export async function run(settings: Record<string, string>, ...words: string[]): Promise<Said> {
  const before = { ...process.env };
  const said = { out: '', err: '' };
  Object.assign(process.env, settings);
  try {
    const terminal = {
      read: () => Promise.reject(new Error('nothing to read')),
      out: (text: string) => void (said.out += `${text}\n`),
      err: (text: string) => void (said.err += `${text}\n`),
    };
    const code = await main(words, terminal);
    return { code, ...said };
  } finally {
    for (const name of Object.keys(settings)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}

/** Starts a part that runs until it is ended. */
export function startPart(settings: Record<string, string>, name: 'server' | 'worker'): Started {
  const env = { ...process.env, ...settings };
  return watch(spawn(process.execPath, ['bin/regioloket.mjs', name], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** Where a part listens. */
export function addressOf({ text }: Started): string {
  return /http:\/\/[\w.:]+?(?=\.?\s)/.exec(text)?.[0] ?? '';
}

/** The sentence of a command that did nothing. */
export function sentenceOf({ code, err }: Said): string {
  if (code !== 2) throw new Error(`ended with ${code}: ${err}`);
  const { errors } = JSON.parse(err) as { errors: { message: string }[] };
  return errors.map(({ message }) => message).join(' ');
}
