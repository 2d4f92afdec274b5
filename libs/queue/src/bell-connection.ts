import { createPostgresBackend, Queue, withBackend, Worker, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { DomainError } from '#lib/kernel';
import { QUEUE_NAME, QUEUE_SCHEMA } from './migrate-queue.js';

/** Where the bell hangs: in PostgreSQL, or in Redis when its address is given. */
export interface BellOptions {
  /** Address of PostgreSQL with role app (rings) or worker (listens too). */
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  /** Keeps installations that share one Redis apart; in PostgreSQL the database does that. */
  readonly prefix?: string | undefined;
  /** Told once per outage. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** Redis may throw keys away when its memory is full; then rings would vanish silently. Set maxmemory-policy to noeviction. */
export class RedisEvictsKeys extends DomainError {
  readonly code = 'redis-evicts-keys';
  constructor(policy: string) {
    super(`Redis must not evict keys: maxmemory-policy is ${policy}, set it to noeviction.`, { policy });
  }
}

/** What rings and what hears, on either backend. */
export interface BellConnection {
  queue(): Queue;
  worker(onRing: (ring: string) => void): Worker;
  close(): void;
}

/** A ring that is lost costs a second, so the bell's connections do not wait for the disk. */
const NO_FSYNC = '-c synchronous_commit=off';
const CONNECT_TIMEOUT_MS = 3_000;
const RECONNECT_MS = 500;

const QUEUE = { streams: { events: { maxLen: 1_000 } } };
/** A worker that was killed while it heard a ring blocks that ring's kind until its lock ends; the timer works meanwhile. */
const WORKER: Pick<WorkerOptions, 'lockDuration' | 'stalledInterval' | 'runRetryDelay'> = {
  lockDuration: 5_000,
  stalledInterval: 5_000,
  runRetryDelay: 1_000,
};

/** Throws RedisEvictsKeys. A server that is away is no error: it is reached later. */
export async function connectBell(options: BellOptions): Promise<BellConnection> {
  return options.redisUrl === undefined ? onPostgres(options.databaseUrl) : onRedis(options.redisUrl, options);
}

/** Budget: one connection to ring with; to listen two, and one more that BullMQ keeps for LISTEN. */
function onPostgres(databaseUrl: string): BellConnection {
  const connection = {
    connectionString: databaseUrl,
    schema: QUEUE_SCHEMA,
    options: NO_FSYNC,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
  const backend = withBackend(createPostgresBackend);
  return {
    queue: () => new backend.Queue(QUEUE_NAME, { ...QUEUE, connection: { ...connection, max: 1 } }) as unknown as Queue,
    worker: (onRing) => {
      const listening = { ...WORKER, connection: { ...connection, max: 2 } };
      return new backend.Worker(QUEUE_NAME, (job) => heard(onRing, job.name), listening) as unknown as Worker;
    },
    close: () => undefined,
  };
}

async function onRedis(url: string, { prefix = 'regioloket', warn }: BellOptions): Promise<BellConnection> {
  // Ringing fails at once when Redis is away (the timer does the work then); listening waits for it to come back.
  const retryStrategy = (): number => RECONNECT_MS;
  const ringing = new Redis(url, {
    ...{ maxRetriesPerRequest: 1, enableOfflineQueue: false, lazyConnect: true },
    ...{ connectTimeout: CONNECT_TIMEOUT_MS, commandTimeout: CONNECT_TIMEOUT_MS, retryStrategy },
  });
  ringing.on('error', () => undefined);
  await ringing.connect().then(
    () => refuseEviction(ringing),
    (error: unknown) => warn?.(`Redis cannot be reached; work is picked up each second. ${String(error)}`),
  );
  const listening = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true, retryStrategy });
  listening.on('error', () => undefined);
  return {
    queue: () => new Queue(QUEUE_NAME, { ...QUEUE, prefix, connection: ringing, skipVersionCheck: true }),
    worker: (onRing) =>
      new Worker(QUEUE_NAME, (job) => heard(onRing, job.name), { ...WORKER, prefix, connection: listening }),
    close: () => {
      ringing.disconnect();
      listening.disconnect();
    },
  };
}

function heard(onRing: (ring: string) => void, name: string): Promise<void> {
  onRing(name);
  return Promise.resolve();
}

/** Asks INFO, which a hosted Redis answers where it refuses CONFIG. */
async function refuseEviction(redis: Redis): Promise<void> {
  const memory = await redis.info('memory').catch(() => '');
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? 'noeviction';
  if (policy === 'noeviction') return;
  redis.disconnect();
  throw new RedisEvictsKeys(policy);
}
