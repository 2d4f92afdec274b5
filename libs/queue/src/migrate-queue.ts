import { runMigrations } from 'bullmq';
import { withClient } from '#lib/database';

/** The PostgreSQL schema of BullMQ's own tables; the project's tables know nothing of it. */
export const QUEUE_SCHEMA = 'bullmq';
/** One queue for all rings; a job's name says which. */
export const QUEUE_NAME = 'regioloket';

const ROLES = 'regioloket_app, regioloket_worker';

/**
 * Makes BullMQ's own schema and lets app and worker use it. Run by the owner, after the project's migrations; safe to run again.
 * The sequence of job ids is made here, because BullMQ makes it at the first ring and neither role may create anything.
 */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    await runMigrations(owner, QUEUE_SCHEMA);
    await owner.query(`set search_path to ${QUEUE_SCHEMA}`);
    await owner.query(`do $$ begin
      execute format('create sequence if not exists %I', job_id_seq_name('${QUEUE_NAME}'));
    end $$`);
    await owner.query(`grant usage on schema ${QUEUE_SCHEMA} to ${ROLES};
      grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${ROLES};
      grant usage on all sequences in schema ${QUEUE_SCHEMA} to ${ROLES};
      grant execute on all functions in schema ${QUEUE_SCHEMA} to ${ROLES}`);
  });
}
