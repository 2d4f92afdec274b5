import type { Database } from '#lib/database';
import type { Text } from '#lib/kernel';

/** The desk of a network, or the national one, and where it is reached. */
export interface Desk {
  readonly region: string;
  readonly name: Text;
  /** The provinces it is for; empty at the national desk. */
  readonly provinces: readonly string[];
  /** Null while nothing says it. */
  readonly address: string | null;
  readonly email: string | null;
}

const READ = { name: 'desks', text: 'select * from app.desks()' };

/** Every desk, by region; public. */
export async function readDesks(database: Database): Promise<readonly Desk[]> {
  return database.ask<Desk>(READ);
}
