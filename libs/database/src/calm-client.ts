import pg from 'pg';

/**
 * A connection whose end is never an unhandled event. The pool listens while a connection is idle and a query learns of it by its own
 * rejection; between the two (checked out, nothing asked yet) nobody listens, and a shutdown of the server would end the process.
 */
export class CalmClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
