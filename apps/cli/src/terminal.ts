import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { DomainError } from '#lib/kernel';
import type { Terminal } from './command.js';

/** A file that was named cannot be read. */
export class FileCannotBeRead extends DomainError {
  readonly code = 'file-cannot-be-read';
  constructor(file: string) {
    super(`The file ${file} cannot be read.`, { file });
  }
}

/** The process's own streams. npm runs scripts in the project's folder and remembers the caller's in INIT_CWD. */
export const processTerminal: Terminal = {
  async read(file) {
    if (file === '-') return text(process.stdin);
    try {
      return await readFile(resolve(process.env['INIT_CWD'] ?? process.cwd(), file), 'utf8');
    } catch {
      throw new FileCannotBeRead(file);
    }
  },
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
};
