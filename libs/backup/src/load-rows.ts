import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { withClient } from '#lib/database';
import type { ArchiveReader } from './archive.js';
import { BackupIsDamaged } from './backup-errors.js';
import { DigestStream } from './digest.js';
import { entryOfTable, type Manifest, type TablePart } from './manifest.js';
import { inOrderOfReference, LINK_LEFT_OUT, listTables, quoted, type Table } from './tables.js';

const NEXT_VALUE = 'select setval($1::regclass, $2::bigint)';
/** Nobody knows whether a mail that was on its way left: it is tried again, once the work is resumed. One that waits for a lost link is told. */
const SETTLE_MAIL = `with settled as (
    update outbox set status = case when begun then 'uncertain' else 'new' end, lost_leases = least(lost_leases + begun::integer, 4),
      last_error = case when begun then 'under way when a backup was made' else last_error end, begun = false, leased_by = null, lease_until = null
    where status = 'sending')
  insert into task (region, kind, for_role, subject_kind, subject_id, data)
    select o.region, 'mail-not-delivered', 'secretary', 'mail', o.id, jsonb_build_object('template', o.template, 'status', o.status)
    from outbox o where o.status = 'failed' and o.last_error = $1 and not exists (select from task t where t.subject_id = o.id)`;
const PAUSE = 'update installation set work_paused_at = app_now(), work_paused_because = $1';
/** How far transactions of this cluster lag behind the last one that the trail knows. */
const LAG = `select greatest(0, 1 - pg_current_xact_id()::text::bigint + coalesce(max(t), 0))::text as lag from (
  select max(transaction::text::bigint) as t from audit_entry union all select max(sealed_below::text::bigint) from audit_batch) last`;

/** Puts the rows of a backup into a database of the same schema, all or nothing. Throws BackupIsDamaged. */
export async function loadRows(ownerUrl: string, archive: ArchiveReader): Promise<void> {
  // An open transaction ends with the connection, and leaves nothing.
  await withClient(ownerUrl, async (client) => {
    await client.query('begin');
    await client.query(`set local timezone = 'UTC'; set local datestyle = 'ISO'`);
    await load(client, archive);
    await client.query('commit');
    await client.query('analyze');
  });
}

async function load(client: pg.Client, archive: ArchiveReader): Promise<void> {
  const { manifest } = archive;
  const tables = await inOrderOfReference(client, await fitting(client, manifest));
  for (const { name } of tables) await open(client, name);
  // What the migrations put in is in the backup too; the last in the order refer to the first.
  for (const { name } of [...tables].reverse()) await client.query(`delete from ${quoted(client, name)}`);
  for (const table of tables) await fill(client, archive, table);
  for (const { name } of tables) await close(client, name);
  for (const { name, value } of manifest.sequences) await client.query(NEXT_VALUE, [name, value]);
  await client.query(SETTLE_MAIL, [LINK_LEFT_OUT]);
  await client.query(PAUSE, [`restored from the backup of ${manifest.createdAt}`]);
  const [{ lag } = { lag: '0' }] = (await client.query<{ lag: string }>(LAG)).rows;
  await client.query(
    `create or replace function app.transaction_base() returns bigint language sql immutable parallel safe as 'select ${BigInt(lag)}::bigint'`,
  );
}

/** The tables of the database; the backup must hold the same ones with the same columns. */
async function fitting(client: pg.Client, { tables }: Manifest): Promise<readonly Table[]> {
  const shape = (list: readonly Table[]): string[] => list.map(({ name, columns }) => `${name}(${columns.join()})`);
  const here = await listTables(client);
  const expected = new Set(shape(here));
  const foreign = shape(tables).filter((table) => !expected.delete(table));
  if (foreign.length + expected.size > 0) throw new BackupIsDamaged([...foreign, ...expected]);
  return here;
}

/** COPY does not pass forced row-level security, and rows that were checked once need no trigger. Undone with the transaction. */
async function open(client: pg.Client, name: string): Promise<void> {
  const table = quoted(client, name);
  await client.query(`alter table ${table} no force row level security`);
  await client.query(`alter table ${table} disable trigger user`);
}

async function close(client: pg.Client, name: string): Promise<void> {
  const table = quoted(client, name);
  await client.query(`alter table ${table} enable trigger user`);
  const isProtected = 'select relrowsecurity as "isProtected" from pg_class where oid = $1::regclass';
  const { rows } = await client.query<{ isProtected: boolean }>(isProtected, [name]);
  if (rows[0]?.isProtected === true) await client.query(`alter table ${table} force row level security`);
}

async function fill(client: pg.Client, archive: ArchiveReader, { name, columns }: Table): Promise<void> {
  const part = archive.manifest.tables.find((table): table is TablePart => table.name === name);
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const into = client.query(copyFrom(`copy ${quoted(client, name)} (${list}) from stdin`));
  const digest = new DigestStream();
  await pipeline(await archive.stream(entryOfTable(name)), digest, into);
  const { sha256 } = digest.digest();
  if (part === undefined || sha256 !== part.sha256 || into.rowCount !== part.rows)
    throw new BackupIsDamaged([entryOfTable(name)]);
}
