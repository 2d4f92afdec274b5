import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { DomainError } from '#lib/kernel';

/** The scanner gave no answer that can be used; the file waits. */
export class ScannerAway extends DomainError {
  readonly code = 'scanner-away';
  constructor(reason: string) {
    super(`The virus scanner gave no answer: ${reason}`, { reason });
  }
}

export type ScannerAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/** What a scanner found: null is nothing. */
export interface Verdict {
  readonly found: string | null;
}

const TIMEOUT_MS = 60_000;
const LONGEST_ANSWER = 4_096;

/** `tcp://host:port` or `unix:/path`, as the settings check it. */
export function scannerAddress(url: string): ScannerAddress {
  if (url.startsWith('unix:')) return { path: url.slice('unix:'.length) };
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
}

/** Has ClamAV's daemon look at a stream: INSTREAM of its protocol (clamd(8)), chunks with their length before them. Throws ScannerAway. */
export async function scanWithClamd(address: ScannerAddress, file: Readable, ms = TIMEOUT_MS): Promise<Verdict> {
  const socket = connect(address);
  socket.setTimeout(ms, () => socket.destroy(new Error('timeout')));
  // It may fail before anything is read of it: a file that is not there.
  file.once('error', (error) => socket.destroy(error));
  const answer = answerOf(socket);
  try {
    const sent = send(socket, file);
    // A scanner that has heard enough answers early and hangs up; its answer counts, not our broken pipe.
    sent.catch(() => undefined);
    return verdictIn(await answer);
  } catch (error) {
    if (error instanceof ScannerAway) throw error;
    throw new ScannerAway((error as Error).message);
  } finally {
    file.destroy();
    socket.destroy();
  }
}

async function send(socket: Socket, file: Readable): Promise<void> {
  const write = (bytes: Buffer): Promise<void> =>
    new Promise((resolve, reject) => socket.write(bytes, (error) => (error == null ? resolve() : reject(error))));
  try {
    await write(Buffer.from('zINSTREAM\0'));
    for await (const chunk of file as AsyncIterable<Buffer>) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(chunk.length);
      await write(Buffer.concat([length, chunk]));
    }
    await write(Buffer.alloc(4));
  } catch (error) {
    socket.destroy(error as Error);
  }
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\0') || text.length > LONGEST_ANSWER) resolve(text.split('\0')[0] ?? '');
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('hung up')));
  });
}

function verdictIn(answer: string): Verdict {
  if (/^stream: OK$/.test(answer)) return { found: null };
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (found === undefined) throw new ScannerAway(answer);
  return { found: found.slice(0, 200) };
}
