import pg from 'pg';
import type { RoleUrls } from '#lib/database';

/** What the tests' global setup hands to every suite, through the environment. */
interface TestCluster extends RoleUrls {
  readonly superUrl: string;
  readonly template: string;
}

export interface TestDatabase extends RoleUrls {
  readonly name: string;
  /** The cluster's superuser in this database: it passes row-level security, so use it to look, not to act. */
  readonly superUrl: string;
  drop(): Promise<void>;
}

const TEMPLATE = 'regioloket_template';

/** Migrates a template once; suites clone it, which takes a tenth of a second instead of a whole migration. */
export async function prepareTemplate(
  cluster: RoleUrls & { readonly superUrl: string },
  migrate: (ownerUrl: string) => Promise<unknown>,
): Promise<TestCluster> {
  await asSuper(cluster.superUrl, async (client) => {
    await client.query(`create database ${TEMPLATE} owner regioloket_owner`);
  });
  await migrate(inDatabase(cluster.ownerUrl, TEMPLATE));
  await asSuper(cluster.superUrl, async (client) => {
    await client.query(`alter database ${TEMPLATE} with is_template true allow_connections false`);
  });
  const { ownerUrl, appUrl, workerUrl, sealerUrl, superUrl } = cluster;
  return { ownerUrl, appUrl, workerUrl, sealerUrl, superUrl, template: TEMPLATE };
}

let made = 0;

/** A migrated database of this suite alone, or one without anything in it. */
export async function openTestDatabase(content: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const cluster = JSON.parse(process.env['TEST_CLUSTER'] ?? '') as TestCluster;
  made += 1;
  const name = `t_w${process.env['JEST_WORKER_ID'] ?? '1'}_${process.pid}_${made}`;
  await asSuper(cluster.superUrl, (client) =>
    client.query(
      `create database ${name} template ${content === 'empty' ? 'template1' : cluster.template} owner regioloket_owner`,
    ),
  );
  return {
    name,
    ownerUrl: inDatabase(cluster.ownerUrl, name),
    appUrl: inDatabase(cluster.appUrl, name),
    workerUrl: inDatabase(cluster.workerUrl, name),
    sealerUrl: inDatabase(cluster.sealerUrl, name),
    superUrl: inDatabase(cluster.superUrl, name),
    drop: () => asSuper(cluster.superUrl, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

function inDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}

async function asSuper(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
