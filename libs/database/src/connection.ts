import pg from 'pg';
import { connectionFault } from './connection-fault.js';

/** One client for one piece of work, closed after it. Throws DatabaseAway, DatabaseRefuses with a sentence that says what to look at. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect().catch((error: unknown) => {
    throw connectionFault(error, url);
  });
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
