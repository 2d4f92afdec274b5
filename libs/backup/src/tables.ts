import type pg from 'pg';

export interface Table {
  /** With its schema: `public.proposal`. */
  readonly name: string;
  /** In their order; without those that the database computes. */
  readonly columns: readonly string[];
}

/** Schemas whose tables are the installation's own; the queue's is not: it only rings the bell and is made anew. */
const SCHEMAS = ['public', 'app'];

const LIST = `select n.nspname || '.' || c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relkind = 'r' and n.nspname = any ($1)
    and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e') group by 1 order by 1`;

export async function listTables(client: pg.ClientBase): Promise<readonly Table[]> {
  return (await client.query<Table>(LIST, [SCHEMAS])).rows;
}

const REFERENCES = `select distinct a.relnamespace::regnamespace || '.' || a.relname as "from", b.relnamespace::regnamespace || '.' || b.relname as "to"
  from pg_constraint k join pg_class a on a.oid = k.conrelid join pg_class b on b.oid = k.confrelid where k.contype = 'f' and a.oid <> b.oid`;

/** Each table after the ones it refers to, so that rows go in without a broken reference. */
export async function inOrderOfReference(client: pg.ClientBase, tables: readonly Table[]): Promise<readonly Table[]> {
  const { rows } = await client.query<{ from: string; to: string }>(REFERENCES);
  const waiting = new Map(tables.map((table) => [table.name, table]));
  const ordered: Table[] = [];
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(({ name }) =>
      rows.every(({ from, to }) => from !== name || !waiting.has(to)),
    );
    // Tables that refer to each other in a circle come as they are; the database judges them.
    const next = free.length > 0 ? free : [...waiting.values()];
    for (const table of next) waiting.delete(table.name);
    ordered.push(...next);
  }
  return ordered;
}

/** Tables that come without their rows: live secrets, hashes of what was tried, what waits three days for a sign-in. People sign in anew and make new tokens. */
export const LEFT_OUT: readonly string[] = [
  ...['public.session', 'public.api_token', 'public.sign_in_link', 'public.sign_in_attempt', 'public.kept_text'],
  'public.opening_attempt',
];

/** Why a mail that carried a link did not come along. */
export const LINK_LEFT_OUT = 'its link was left out of a backup';

/** What a backup writes instead of a column. A mail that waits with a live link has failed in the copy: somebody sends a new one. */
const REPLACED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'public.outbox': {
    secret: 'null',
    status: `case when secret is null then status else 'failed' end`,
    leased_by: 'case when secret is null then leased_by end',
    lease_until: 'case when secret is null then lease_until end',
    last_error: `case when secret is null then last_error else '${LINK_LEFT_OUT}' end`,
  },
};

/** The query whose rows a backup holds of a table. */
export function rowsOf(client: pg.ClientBase, { name, columns }: Table): string {
  const list = columns.map((column) => REPLACED[name]?.[column] ?? client.escapeIdentifier(column));
  return `select ${list.join(', ')} from ${quoted(client, name)}${LEFT_OUT.includes(name) ? ' where false' : ''}`;
}

export function quoted(client: pg.ClientBase, name: string): string {
  return name
    .split('.')
    .map((part) => client.escapeIdentifier(part))
    .join('.');
}
