import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, startEmbedded } from '../../dist/libs/database/src/index.js';
import { migrateQueue } from '../../dist/libs/queue/src/index.js';
import { prepareTemplate } from '../../dist/libs/testing/src/index.js';

/**
 * A PostgreSQL of the tests' own, with a template database that is migrated once. A throw-away cluster needs no fsync; crash tests
 * start their own.
 */
export default async function setup() {
  const folder = join(tmpdir(), `regioloket-test-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const cluster = await startEmbedded({ dataFolder: folder, settings });
  process.env.TEST_CLUSTER = JSON.stringify(await prepareTemplate(cluster, migrateAll));
  globalThis.testCluster = { cluster, folder };
}

/** The project's own schema, then BullMQ's. */
async function migrateAll(ownerUrl) {
  await migrate(ownerUrl);
  await migrateQueue(ownerUrl);
}
