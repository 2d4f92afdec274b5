import { createServer } from 'node:net';

const TRIES = 20;

/** The asked port, or the next one nobody listens on; 0 (any) when twenty in a row are taken. */
export async function freePortFrom(host: string, wanted: number): Promise<number> {
  if (wanted === 0) return 0;
  for (let port = wanted; port < wanted + TRIES && port <= 65_535; port++) if (await isFree(host, port)) return port;
  return 0;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
