import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { DomainError } from '#lib/kernel';
import type { Terminal } from './command.js';

/** A file that was named cannot be read. */
export class FileCannotBeRead extends DomainError {
  readonly code = 'file-cannot-be-read';
  constructor(file: string) {
    super(`The file ${file} cannot be read.`, { file });
  }
}

/** An input is longer than its command accepts. */
export class InputTooLong extends DomainError {
  readonly code = 'input-too-long';
  constructor(mostBytes: number) {
    super(`The input is longer than ${Math.floor(mostBytes / 1_000_000)} MB.`, { mostBytes });
  }
}

/** The process's own streams. npm runs scripts in the project's folder and remembers the caller's in INIT_CWD. */
export const processTerminal: Terminal = {
  async read(file, mostBytes = Infinity) {
    if (file === '-') return boundedText(process.stdin, mostBytes);
    try {
      return await boundedText(createReadStream(resolve(process.env['INIT_CWD'] ?? process.cwd(), file)), mostBytes);
    } catch (error) {
      if (error instanceof InputTooLong) throw error;
      throw new FileCannotBeRead(file);
    }
  },
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),

  columns: process.stdout.isTTY ? process.stdout.columns : 80,
};

/** Counts while it reads: a pipe or a device has no size to look at beforehand. */
async function boundedText(stream: AsyncIterable<Buffer>, mostBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    parts.push(part);
    length += part.length;
    if (length > mostBytes) throw new InputTooLong(mostBytes);
  }
  return Buffer.concat(parts).toString('utf8');
}
