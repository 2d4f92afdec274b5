import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Addresses of one database for each of its roles. */
export interface RoleUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly workerUrl: string;
  readonly sealerUrl: string;
}

const ROLES = ['owner', 'app', 'worker', 'sealer'] as const;
type Role = (typeof ROLES)[number];

export type RolePasswords = Readonly<Record<Role, string>>;

export function newPasswords(): RolePasswords {
  const word = (): string => randomBytes(24).toString('hex');
  return { owner: word(), app: word(), worker: word(), sealer: word() };
}

/**
 * Makes the four roles of a cluster, or sets their passwords: the owner migrates, the others own nothing and cannot pass row-level
 * security. `superUrl` must belong to a superuser.
 */
export async function ensureRoles(superUrl: string, passwords: RolePasswords): Promise<void> {
  await asSuper(superUrl, async (client) => {
    for (const role of ROLES) {
      const name = `regioloket_${role}`;
      const exists = await client.query('select 1 from pg_roles where rolname = $1', [name]);
      const verb = exists.rowCount === 0 ? 'create' : 'alter';
      const rights = 'login nosuperuser nobypassrls nocreaterole nocreatedb';
      await client.query(`${verb} role ${name} ${rights} password ${client.escapeLiteral(passwords[role])}`);
    }
  });
}

/** Makes a database that belongs to the owner role; an existing one is left as it is. */
export async function ensureDatabase(superUrl: string, name: string): Promise<void> {
  await asSuper(superUrl, async (client) => {
    const exists = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (exists.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(name)} owner regioloket_owner`);
  });
}

export function roleUrls(superUrl: string, database: string, passwords: RolePasswords): RoleUrls {
  const address = (role: Role): string => {
    const url = new URL(superUrl);
    url.username = `regioloket_${role}`;
    url.password = passwords[role];
    url.pathname = `/${database}`;
    return url.toString();
  };
  return {
    ownerUrl: address('owner'),
    appUrl: address('app'),
    workerUrl: address('worker'),
    sealerUrl: address('sealer'),
  };
}

async function asSuper(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Roles belong to the whole cluster: two at once would collide.
    await client.query('select pg_advisory_lock(7120302)');
    await work(client);
  } finally {
    await client.end();
  }
}
