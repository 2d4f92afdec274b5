import { withClient } from './connection.js';

/** Everything of ours in one transaction: cut off, it leaves all as it was. The queue's schema only rings the bell and may stay. */
const EMPTY = `begin;
  drop schema if exists app cascade; drop schema public cascade;
  create schema public; grant usage on schema public to public;
  commit`;

/** Throws away every table and function of a database, as its owner. For examples that were cut off while they were made; never for work. */
export async function emptyDatabase(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, (client) => client.query(EMPTY));
}
