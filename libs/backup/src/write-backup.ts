import { createReadStream, existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { withClient } from '#lib/database';
import { DomainError } from '#lib/kernel';
import { ArchiveWriter } from './archive.js';
import { SchemaTooOld } from './backup-errors.js';
import {
  entryOfFile,
  entryOfTable,
  FORMAT,
  VERSION,
  type FilePart,
  type Manifest,
  type TablePart,
} from './manifest.js';
import { LEFT_OUT, listTables, rowsOf } from './tables.js';

interface Backup {
  /** The owner of the database: it sees the rows of every region. */
  readonly ownerUrl: string;
  /** Where the backup is written; it must not exist. */
  readonly file: string;
  /** Folder of attachments; may not exist. */
  readonly filesFolder: string;
}

/** The file exists, and no backup is overwritten. */
export class FileExists extends DomainError {
  readonly code = 'file-exists';
  constructor(file: string) {
    super(`${file} exists already. Choose another name.`, { file });
  }
}

const SNAPSHOT = 'begin isolation level repeatable read read only';
/** Text that means the same wherever it is read. */
const PLAIN = `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'iso_8601'; set local extra_float_digits = 1`;
const ABOUT = `select app.iso(app_now()) as "createdAt", current_setting('server_version') as postgres,
  to_regclass('public.installation') is not null as "isReady"`;
const MIGRATIONS = 'select name, sha256 from migration_file order by name';
const SEQUENCES = `select schemaname || '.' || sequencename as name, last_value::text as value from pg_sequences
  where schemaname in ('public', 'app') and last_value is not null order by 1`;

/**
 * Writes everything of one moment into one file: all tables by one snapshot, then the attachments, then a manifest with the hash of each.
 * People go on working meanwhile. Throws FileExists, SchemaTooOld.
 */
export async function writeBackup(backup: Backup): Promise<Manifest> {
  const { ownerUrl, file, filesFolder } = backup;
  if (existsSync(file)) throw new FileExists(file);
  return withClient(ownerUrl, async (client) => {
    const archive = new ArchiveWriter(file);
    try {
      await client.query(SNAPSHOT);
      await client.query(PLAIN);
      const manifest = await writeParts(client, archive, filesFolder);
      await archive.finish(manifest);
      return manifest;
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    }
  });
}

async function writeParts(client: pg.Client, archive: ArchiveWriter, filesFolder: string): Promise<Manifest> {
  const [about] = (await client.query<{ createdAt: string; postgres: string; isReady: boolean }>(ABOUT)).rows;
  if (about?.isReady !== true) throw new SchemaTooOld();
  const { rows: migrations } = await client.query<Manifest['migrations'][number]>(MIGRATIONS);
  const { rows: sequences } = await client.query<Manifest['sequences'][number]>(SEQUENCES);
  const tables = await writeTables(client, archive);
  const files = await writeFiles(archive, filesFolder);
  const { createdAt, postgres } = about;
  const kind = { format: FORMAT, version: VERSION } as const;
  return {
    ...kind,
    ...{ createdAt, node: process.versions.node, postgres },
    ...{ migrations, tables, sequences, files, leftOut: LEFT_OUT },
  };
}

async function writeTables(client: pg.Client, archive: ArchiveWriter): Promise<readonly TablePart[]> {
  const parts: TablePart[] = [];
  for (const table of await listTables(client)) {
    const rows = client.query(copyTo(`copy (${rowsOf(client, table)}) to stdout`));
    const { lines, sha256 } = await archive.add(entryOfTable(table.name), rows);
    parts.push({ ...table, rows: lines, sha256 });
  }
  return parts;
}

/** Attachments have names of their own and are never rewritten, so those that the snapshot knows are there as they were. */
async function writeFiles(archive: ArchiveWriter, folder: string): Promise<readonly FilePart[]> {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  const parts: FilePart[] = [];
  for (const full of paths) {
    const path = relative(folder, full).split(sep).join('/');
    const { bytes, sha256 } = await archive.add(entryOfFile(path), createReadStream(full));
    parts.push({ path, bytes, sha256 });
  }
  return parts;
}
