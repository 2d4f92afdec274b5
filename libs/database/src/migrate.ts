import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { DomainError } from '#lib/kernel';
import { projectFolder } from '#lib/settings';
import { restoreClock } from './clock.js';

/** A migration that already ran was edited afterwards. Undo the edit and write a new migration instead. */
export class MigrationWasChanged extends DomainError {
  readonly code = 'migration-was-changed';
  constructor(name: string) {
    super(`The migration ${name} was changed after it ran.`, { name });
  }
}

interface MigrationFile {
  readonly name: string;
  readonly up: string;
  readonly down: string;
  readonly sha256: string;
}

/** Any fixed number: one migration run at a time on a cluster. */
const LOCK = 7_120_301;

/** The SQL files in the order in which they run. */
export function listMigrations(): MigrationFile[] {
  const folder = join(projectFolder(), 'libs', 'database', 'sql');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.up.sql'))
    .sort()
    .map((file) => {
      const up = readFileSync(join(folder, file), 'utf8');
      const down = readFileSync(join(folder, file.replace('.up.sql', '.down.sql')), 'utf8');
      return { name: file.replace('.up.sql', ''), up, down, sha256: createHash('sha256').update(up).digest('hex') };
    });
}

/**
 * Brings the schema up to date as its owner, or to the level of the `only` named migrations; returns the names that ran. Two at once wait
 * for each other. Whatever the clock of the database was, afterwards it is the true one. Throws MigrationWasChanged.
 */
export async function migrate(ownerUrl: string, only?: ReadonlySet<string>): Promise<string[]> {
  return withLock(ownerUrl, async (client) => {
    await restoreClock(client);
    await refuseChangedFiles(client);
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
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    return await work(client);
  } finally {
    await client.end();
  }
}

async function withMigrations<T>(
  url: string,
  files: readonly MigrationFile[],
  work: (source: DataSource) => Promise<T>,
): Promise<T> {
  const source = new DataSource({ type: 'postgres', url, migrations: files.map(migrationClass) });
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
      await runner.query(file.up);
      await runner.query(remember, [file.name, file.sha256]);
    }
    async down(runner: QueryRunner): Promise<void> {
      await runner.query(file.down);
      if (!isFirst) await runner.query('delete from migration_file where name = $1', [file.name]);
    }
  };
}

async function refuseChangedFiles(client: pg.Client): Promise<void> {
  const exists = await client.query<{ there: boolean }>(`select to_regclass('migration_file') is not null as there`);
  if (exists.rows[0]?.there !== true) return;
  const ran = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration_file');
  const hashes = new Map(ran.rows.map((row) => [row.name, row.sha256]));
  for (const file of listMigrations()) {
    const hash = hashes.get(file.name);
    if (hash !== undefined && hash !== file.sha256) throw new MigrationWasChanged(file.name);
  }
}
