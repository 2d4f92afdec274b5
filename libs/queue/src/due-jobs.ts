import type { Database, Statement, Transaction } from '#lib/database';
import { failpoint } from '#lib/settings';
import type { Chore } from './chore-runner.js';
import { ComputationCancelled, type ThreadPool } from './thread-pool.js';

export interface JobWork {
  /** Connected as the role worker. */
  readonly database: Database;
  readonly pool: ThreadPool;
  /** Name of the process, as leases remember it. */
  readonly worker: string;
  /** Built module of the computation, by kind of job. */
  readonly computations: Readonly<Record<string, string>>;
  /** How long a claim holds, in seconds; it is renewed three times as often. */
  readonly leaseSeconds?: number | undefined;
}

interface Job {
  readonly id: string;
  readonly region: string;
  readonly kind: string;
  readonly input: unknown;
}

const LEASE_SECONDS = 30;
const CLAIM: Statement = {
  name: 'claim-jobs',
  text: 'select id, region from app.claim_jobs($1, $2, make_interval(secs => $3))',
};
const READ: Statement = {
  name: 'read-job',
  text: `select id, region, kind, input from job where id = $1 and leased_by = $2`,
};
/** Renews the lease, tells progress, and hears whether the job is still wanted. */
const BEAT: Statement = {
  name: 'renew-job',
  text: `update job set lease_until = app_now() + make_interval(secs => $3), progress = greatest(progress, $4)
    where id = $1 and leased_by = $2 and status = 'running' returning cancel_requested as "isCancelled"`,
};
const END: Statement = {
  name: 'end-job',
  text: `update job set status = $3, result = $4, last_error = $5, progress = case when $3 = 'done' then 1 else progress end, lease_until = null,
      leased_by = null, finished_at = app_now()
    where id = $1 and leased_by = $2 and status = 'running' returning id`,
};

/** Runs jobs on threads; a job whose worker vanished is run again by another one. */
export function jobChore(work: JobWork): Chore {
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  let isWatching = false;
  const run = async (signal: AbortSignal): Promise<number> => {
    if (!isWatching) signal.addEventListener('abort', () => stopping.abort(), { once: true });
    isWatching = true;
    if (work.pool.free === 0) return 0;
    const { leaseSeconds = LEASE_SECONDS } = work;
    const rows = await work.database.ask<{ id: string; region: string }>(CLAIM, [
      work.worker,
      work.pool.free,
      leaseSeconds,
    ]);
    failpoint('jobs.claimed');
    for (const row of rows) {
      const job = runJob(work, row, stopping.signal).finally(() => running.delete(job));
      running.add(job);
    }
    return rows.length;
  };
  const settle = async (): Promise<void> => {
    await Promise.allSettled(running);
  };
  return { name: 'jobs', run, settle };
}

async function runJob(work: JobWork, { id, region }: Pick<Job, 'id' | 'region'>, stopping: AbortSignal): Promise<void> {
  const inRegion = <T>(act: (tx: Transaction) => Promise<T>): Promise<T> =>
    work.database.unit({ regions: [region], actor: null }, act);
  const [job] = await inRegion((tx) => tx.query<Job>(READ, [id, work.worker]));
  if (job === undefined) return;
  const cancelling = new AbortController();
  const beating = heart(work, job, cancelling, inRegion);
  const onStop = (): void => cancelling.abort();
  stopping.addEventListener('abort', onStop, { once: true });
  // The stop may have come while the job was read: an event that has passed calls nobody.
  if (stopping.aborted) cancelling.abort();
  const outcome = await compute(work, job, cancelling.signal, beating.note);
  beating.stop();
  stopping.removeEventListener('abort', onStop);
  // A job that ends because the process stops is nobody's failure: its lease runs out and another worker takes it.
  if (stopping.aborted && outcome.status === 'cancelled') return;
  const { status, result, error } = outcome;
  await inRegion((tx) => tx.query(END, [id, work.worker, status, result, error]));
}

interface Outcome {
  readonly status: 'done' | 'failed' | 'cancelled';
  readonly result: string | null;
  readonly error: string | null;
}

async function compute(
  work: JobWork,
  job: Job,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Outcome> {
  const module = work.computations[job.kind];
  if (module === undefined) return { status: 'failed', result: null, error: `no computation ${job.kind}` };
  try {
    const answer = await work.pool.run({ module, input: job.input, onProgress, signal });
    return { status: 'done', result: JSON.stringify(answer), error: null };
  } catch (error) {
    if (error instanceof ComputationCancelled) return { status: 'cancelled', result: null, error: null };
    return { status: 'failed', result: null, error: (error as Error).message };
  }
}

/** Renews the lease while a job runs, and passes on that it is no longer wanted. */
function heart(
  work: JobWork,
  job: Job,
  cancelling: AbortController,
  inRegion: <T>(act: (tx: Transaction) => Promise<T>) => Promise<T>,
): { readonly note: (share: number) => void; readonly stop: () => void } {
  const { leaseSeconds = LEASE_SECONDS } = work;
  let share = 0;
  const beat = async (): Promise<void> => {
    const values = [job.id, work.worker, leaseSeconds, share];
    const [row] = await inRegion((tx) => tx.query<{ isCancelled: boolean }>(BEAT, values));
    // No row: another worker has the job.
    if (row === undefined || row.isCancelled) cancelling.abort();
  };
  const timer = setInterval(() => void beat().catch(() => undefined), Math.min(1_000, (leaseSeconds * 1_000) / 3));
  return {
    note: (told) => (share = Math.min(1, Math.max(0, told))),
    stop: () => clearInterval(timer),
  };
}
