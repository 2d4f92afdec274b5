import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { DataSource, type EntitySchema, type EntityTarget, type MixedList, type ObjectLiteral } from 'typeorm';
import { CalmClient } from './calm-client.js';
import { connectionFault } from './connection-fault.js';
import {
  DatabaseAway,
  StandsAsAnnounced,
  UnitOfWorkNested,
  isDatabaseAway,
  standsAsAnnounced,
} from './database-errors.js';
import { isoInstants } from './instants.js';
import { PipelinedTransaction, type Statement, type Transaction, type UnitScope } from './transaction.js';

export interface DatabaseOptions {
  readonly url: string;
  /** Connections for units of work; a small reserved pool of two comes beside it. */
  readonly poolSize?: number;
  readonly entities?: MixedList<string | EntitySchema>;
  readonly applicationName?: string;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** A statement that takes longer than this holds locks that others wait for. */
const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * The application's way to PostgreSQL. Tenant tables are reachable only through `unit`, which sets the regions and the actor for
 * one transaction; the reserved pool answers what must not wait behind a full pool: the clock and the session.
 */
export class Database {
  private readonly nesting = new AsyncLocalStorage<true>();

  private constructor(
    private readonly source: DataSource,
    private readonly reserved: pg.Pool,
  ) {}

  /** Opens the pools. Throws DatabaseAway when PostgreSQL does not answer, DatabaseRefuses when it lets us not in. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const connection = { connectionTimeoutMillis: CONNECT_TIMEOUT_MS, types: isoInstants, options: '-c TimeZone=UTC' };
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      poolSize: options.poolSize ?? 16,
      applicationName: options.applicationName ?? 'regioloket',
      entities: (options.entities ?? []) as MixedList<string>,
      extra: { ...connection, Client: CalmClient, pipeline: true, statement_timeout: STATEMENT_TIMEOUT_MS },
      poolErrorHandler: () => undefined,
    });
    const reserved = new pg.Pool({ ...connection, Client: CalmClient, connectionString: options.url, max: 2 });
    // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
    reserved.on('error', () => undefined);
    await source.initialize().catch((error: unknown) => {
      throw connectionFault(error, options.url);
    });
    return new Database(source, reserved);
  }

  /**
   * Runs `work` in one transaction that sees only the scope's regions. Commits when it returns, rolls back when it throws.
   * Throws UnitOfWorkNested inside another unit, DatabaseAway when the connection fails.
   */
  async unit<T>(scope: UnitScope, work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (this.nesting.getStore() === true) throw new UnitOfWorkNested();
    const runner = this.source.createQueryRunner();
    try {
      const client = (await reaching(() => runner.connect())) as pg.PoolClient;
      const tx = new PipelinedTransaction(client, runner.manager);
      return await this.nesting.run(true, () => reaching(() => inTransaction(tx, scope, work)));
    } finally {
      await runner.release();
    }
  }

  /** One statement on the reserved pool: SECURITY DEFINER functions and tables that belong to no region. */
  async ask<R>(statement: Statement, values: readonly unknown[] = []): Promise<R[]> {
    const config = typeof statement === 'string' ? { text: statement } : statement;
    const result = await reaching(() => this.reserved.query({ ...config, values: [...values] }));
    return result.rows as R[];
  }

  /** The database clock as ISO text with microseconds, in UTC. */
  async now(): Promise<string> {
    const rows = await this.ask<{ now: string }>({ name: 'app-now', text: 'select app_now() as now' });
    return rows[0]?.now ?? '';
  }

  /** Metadata of an entity, for tools and tests. */
  tableOf<E extends ObjectLiteral>(entity: EntityTarget<E>): string {
    return this.source.getMetadata(entity).tableName;
  }

  async close(): Promise<void> {
    await this.source.destroy();
    await this.reserved.end();
  }
}

async function inTransaction<T>(
  tx: PipelinedTransaction,
  scope: UnitScope,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  tx.begin(scope);
  try {
    const result = await work(tx);
    await tx.commit();
    return result;
  } catch (error) {
    // When the connection itself is gone, the rollback fails too and the first error is the one to tell.
    await tx.rollback().catch(() => undefined);
    throw error;
  }
}

async function reaching<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (standsAsAnnounced(error)) throw new StandsAsAnnounced(error);
    throw isDatabaseAway(error) && !(error instanceof DatabaseAway) ? new DatabaseAway(error) : error;
  }
}
