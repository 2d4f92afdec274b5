import type { Writable } from 'node:stream';
import type { EntityManager } from 'typeorm';
import type { ClientBase, QueryResult } from 'pg';
import { StaleTransaction } from './database-errors.js';

/** SQL text, or a named statement (prepared once per connection; one text per name per process). */
export type Statement = string | { readonly name: string; readonly text: string };

/** Whose rows a unit of work may touch and who acts. */
export interface UnitScope {
  /** Codes of the regions; never empty. */
  readonly regions: readonly string[];
  /** The acting person's id, or null for the system itself. */
  readonly actor: string | null;
  readonly readOnly?: boolean;
}

/**
 * One open transaction. Statements are sent without waiting for the one before (pg's pipeline), so several `query` calls started
 * in a row travel in one flight. Never `Promise.all` them: after a failure the rest must be awaited too.
 */
export interface Transaction {
  /** Rows of one statement. Changes are written as `with … select` or `returning`. */
  query<R>(statement: Statement, values?: readonly unknown[]): Promise<R[]>;
  /** Sends the last statement and the commit in one flight. Throws when either fails; nothing may follow. */
  queryAndCommit<R>(statement: Statement, values?: readonly unknown[]): Promise<R[]>;
  /** TypeORM's manager on this transaction, for reads and administration. */
  readonly em: EntityManager;
}

const OPEN = {
  name: 'unit-open',
  text: `select set_config('app.regions', $1, true), set_config('app.actor', $2, true)`,
};

/** The transaction on one pg client. `begin` and the scope leave with the first statement, not before it. */
export class PipelinedTransaction implements Transaction {
  private open = true;
  private gathering = false;
  private opening: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: ClientBase,
    readonly em: EntityManager,
  ) {}

  begin(scope: UnitScope): void {
    this.gather();
    const begin = this.client.query(scope.readOnly === true ? 'begin read only' : 'begin');
    const settings = this.client.query({ ...OPEN, values: [scope.regions.join(','), scope.actor ?? ''] });
    this.opening = settle([begin, settings]);
    this.opening.catch(() => undefined);
  }

  async query<R>(statement: Statement, values: readonly unknown[] = []): Promise<R[]> {
    const [, result] = await settle([this.opening, this.send(statement, values)]);
    return (result as QueryResult).rows as R[];
  }

  async queryAndCommit<R>(statement: Statement, values: readonly unknown[] = []): Promise<R[]> {
    const last = this.send(statement, values);
    this.open = false;
    const [result, commit] = await settle([last, this.client.query('commit')]);
    assertCommitted(commit as QueryResult);
    return (result as QueryResult).rows as R[];
  }

  /** Commits unless `queryAndCommit` already did. */
  async commit(): Promise<void> {
    if (!this.open) return;
    this.open = false;
    const [, commit] = await settle([this.opening, this.client.query('commit')]);
    assertCommitted(commit as QueryResult);
  }

  async rollback(): Promise<void> {
    this.open = false;
    await this.client.query('rollback');
  }

  /** Statements started in one turn leave in one write: a system call for each would cost more than the statements themselves. */
  private gather(): void {
    if (this.gathering) return;
    const { stream } = (this.client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
    this.gathering = true;
    stream.cork();
    process.nextTick(() => {
      this.gathering = false;
      stream.uncork();
    });
  }

  private send(statement: Statement, values: readonly unknown[]): Promise<QueryResult> {
    this.gather();
    const config = typeof statement === 'string' ? { text: statement } : statement;
    return this.client.query({ ...config, values: [...values] });
  }
}

/** Waits for all and then throws the first error: in a pipeline the cause is the first, the rest are 25P02. */
async function settle(promises: readonly Promise<unknown>[]): Promise<unknown[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** A commit after a failed statement resolves with command ROLLBACK. */
function assertCommitted(result: QueryResult): void {
  if (result.command !== 'COMMIT') throw new StaleTransaction(result.command);
}
