import type pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { DomainError } from '#lib/kernel';
import { restoreClock } from './clock.js';
import { withClient } from './connection.js';
import { listMigrations, type MigrationFile } from './migration-files.js';
import { ranIn, refuseUnknown } from './schema-level.js';

/** A migration did not run. What ran before it stays, of itself nothing does: mend what it says and migrate again. */
export class MigrationFailed extends DomainError {
  readonly code = 'migration-failed';
  constructor(name: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The migration libs/database/sql/${name}.up.sql failed and left nothing: ${reason}.`, { name });
    this.cause = cause;
  }
}

/** Any fixed number: one migration run at a time on a cluster. */
const LOCK = 7_120_301;

/**
 * Brings the schema up to date as its owner, or to the level of the `only` named migrations; returns the names that ran. Two at once wait
 * for each other. Whatever the clock of the database was, afterwards it is the true one. Throws MigrationWasChanged, SchemaAhead, MigrationFailed.
 */
export async function migrate(ownerUrl: string, only?: ReadonlySet<string>): Promise<string[]> {
  return withLock(ownerUrl, async (client) => {
    await restoreClock(client);
    refuseUnknown(await ranIn(async (text) => (await client.query<object>(text)).rows));
    const files = listMigrations().filter(({ name }) => only?.has(name) !== false);
    return withMigrations(ownerUrl, files, async (source) => {
      const ran = await source.runMigrations({ transaction: 'each' });
      return ran.map((m) => fileNameOf(m.name));
    });
  });
}

/** Undoes the last `steps` migrations. */
export async function migrateDown(ownerUrl: string, steps: number): Promise<void> {
  await withLock(ownerUrl, () =>
    withMigrations(ownerUrl, listMigrations(), async (source) => {
      for (let i = 0; i < steps; i++) await source.undoLastMigration({ transaction: 'each' });
    }),
  );
}

async function withLock<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    return work(client);
  });
}

async function withMigrations<T>(
  url: string,
  files: readonly MigrationFile[],
  work: (source: DataSource) => Promise<T>,
): Promise<T> {
  // Its usual logger tells of a failed migration on standard output, which carries the answer of a command.
  const source = new DataSource({ type: 'postgres', url, migrations: files.map(migrationClass), logger: 'debug' });
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

/** TypeORM wants classes whose name ends in 13 digits; 0001-foundation becomes foundation0000000000001. */
function classNameOf(file: MigrationFile): string {
  const [number, ...words] = file.name.split('-');
  return `${words.join('_')}${(number ?? '').padStart(13, '0')}`;
}

function fileNameOf(className: string): string {
  return listMigrations().find((file) => classNameOf(file) === className)?.name ?? className;
}

function migrationClass(file: MigrationFile): new () => MigrationInterface {
  const remember = 'insert into migration_file (name, sha256) values ($1, $2)';
  const isFirst = file.name.startsWith('0001-');
  return class implements MigrationInterface {
    readonly name = classNameOf(file);
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(file.up).catch((error: unknown) => {
        throw new MigrationFailed(file.name, error);
      });
      await runner.query(remember, [file.name, file.sha256]);
    }
    async down(runner: QueryRunner): Promise<void> {
      await runner.query(file.down);
      if (!isFirst) await runner.query('delete from migration_file where name = $1', [file.name]);
    }
  };
}
