import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The text that every scanner must find (EICAR, 2003), in halves so that no scanner finds this file. */
export const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$' + 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

/** A server that speaks INSTREAM as clamd does, on a real socket. */
export class FakeClamd {
  /** Answers nothing while this is set: a daemon that is stuck. */
  isStuck = false;
  scans = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** On a free port, or on a unix socket. */
  static async open(path?: string): Promise<FakeClamd> {
    const server = createServer();
    await new Promise<void>((resolve) => {
      if (path === undefined) server.listen(0, '127.0.0.1', resolve);
      else server.listen(path, resolve);
    });
    const address = server.address();
    const url = path === undefined ? `tcp://127.0.0.1:${(address as AddressInfo).port}` : `unix:${path}`;
    const made = new FakeClamd(server, url);
    server.on('connection', (socket) => made.serve(socket));
    return made;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    let got = Buffer.alloc(0);
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('data', (chunk) => {
      got = Buffer.concat([got, chunk]);
      const content = contentOf(got);
      if (content === null || this.isStuck) return;
      this.scans += 1;
      socket.end(content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
    });
  }
}

/** What was streamed, once the empty chunk has come; null before. */
function contentOf(got: Buffer): Buffer | null {
  const chunks: Buffer[] = [];
  let at = 'zINSTREAM\0'.length;
  while (at + 4 <= got.length) {
    const length = got.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(got.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}
