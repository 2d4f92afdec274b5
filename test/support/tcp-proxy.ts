import { connect, createServer, type Server, type Socket } from 'node:net';

/** A server that can be cut off: stands between the product and a real PostgreSQL, Redis or SMTP server. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Lets connections through again, on the same port; to another server when its port is given. */
  mend(newTarget?: number): Promise<void>;
}

export async function openProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let server: Server = await listen(0, targetPort, sockets);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
    mend: async (newTarget = targetPort) => {
      server = await listen(port, newTarget, sockets);
    },
  };
}

function listen(port: number, targetPort: number, sockets: Set<Socket>): Promise<Server> {
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.on('close', () => target.destroy()).pipe(target);
    target.on('close', () => client.destroy()).pipe(client);
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
