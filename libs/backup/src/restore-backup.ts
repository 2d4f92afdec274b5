import { createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { listMigrations, migrate, MigrationWasChanged, withClient } from '#lib/database';
import { ArchiveReader } from './archive.js';
import { BackupIsDamaged, BackupIsNewer, DatabaseNotEmpty, FilesNotEmpty } from './backup-errors.js';
import { digestOf, type Digest } from './digest.js';
import { loadRows } from './load-rows.js';
import { entryOfFile, entryOfTable, type Manifest } from './manifest.js';

interface Restore {
  readonly file: string;
  /** The owner of an empty database. */
  readonly ownerUrl: string;
  /** Where attachments go; empty or not there. */
  readonly filesFolder: string;
}

/** What came back. */
export interface Restored {
  readonly createdAt: string;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  /** Migrations that ran afterwards, because this version is newer than the backup. */
  readonly migrated: readonly string[];
}

/**
 * Restores a backup into an empty database: first every part is checked, then the schema of that day is made, the rows go in at once, and
 * newer migrations follow. The work of the copy stands still until it is resumed.
 * Throws NotABackup, BackupIsDamaged, BackupIsNewer, MigrationWasChanged, DatabaseNotEmpty, FilesNotEmpty; then nothing was restored.
 */
export async function restoreBackup({ file, ownerUrl, filesFolder }: Restore): Promise<Restored> {
  const archive = await ArchiveReader.open(file);
  try {
    const { manifest } = archive;
    assertKnown(manifest);
    await assertWhole(archive);
    await assertEmpty(ownerUrl, manifest);
    if (existsSync(filesFolder) && readdirSync(filesFolder).length > 0) throw new FilesNotEmpty(filesFolder);
    await migrate(ownerUrl, new Set(manifest.migrations.map(({ name }) => name)));
    await writeFiles(archive, filesFolder);
    await loadRows(ownerUrl, archive);
    const migrated = await migrate(ownerUrl);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const { createdAt, tables, files } = manifest;
    return { createdAt, tables: tables.length, rows, files: files.length, migrated };
  } finally {
    archive.close();
  }
}

function assertKnown({ migrations }: Manifest): void {
  const known = new Map(listMigrations().map(({ name, sha256 }) => [name, sha256]));
  const unknown = migrations.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (unknown.length > 0) throw new BackupIsNewer(unknown);
  for (const { name, sha256 } of migrations) if (known.get(name) !== sha256) throw new MigrationWasChanged(name);
}

/** Reads the whole archive once before anything is written. */
async function assertWhole(archive: ArchiveReader): Promise<void> {
  const { tables, files } = archive.manifest;
  const damaged: string[] = [];
  const check = async (name: string, isRight: (digest: Digest) => boolean): Promise<void> => {
    // An error while unpacking is damage, whatever its words.
    const digest = await archive
      .stream(name)
      .then(digestOf, () => null)
      .catch(() => null);
    if (digest === null || !isRight(digest)) damaged.push(name);
  };
  for (const { name, sha256, rows } of tables)
    await check(entryOfTable(name), (digest) => digest.sha256 === sha256 && digest.lines === rows);
  for (const { path, sha256, bytes } of files)
    await check(entryOfFile(path), (digest) => digest.sha256 === sha256 && digest.bytes === bytes);
  if (damaged.length > 0) throw new BackupIsDamaged(damaged);
}

const TABLES = `select count(*)::int as n from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
const BEGUN = 'select exists (select from programme) or exists (select from person) as begun';

/** Empty is a database without tables, or one whose schema alone was made by a restore that did not come to its end. */
async function assertEmpty(ownerUrl: string, { migrations }: Manifest): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const [tables] = (await client.query<{ n: number }>(TABLES)).rows;
    if (tables?.n === 0) return;
    const ran = await client.query<{ name: string }>('select name from migration_file').catch(() => null);
    if (ran === null || ran.rows.some(({ name }) => !migrations.some((one) => one.name === name)))
      throw new DatabaseNotEmpty();
    const begun = await client.query<{ begun: boolean }>(BEGUN).catch(() => null);
    if (begun?.rows[0]?.begun !== false) throw new DatabaseNotEmpty();
  });
}

async function writeFiles(archive: ArchiveReader, folder: string): Promise<void> {
  for (const { path } of archive.manifest.files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    await pipeline(await archive.stream(entryOfFile(path)), createWriteStream(target, { flags: 'wx', mode: 0o600 }));
  }
}
