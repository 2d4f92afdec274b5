import { randomUUID } from 'node:crypto';
import { createPostgresBackend, Queue, runMigrations, withBackend, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { DomainError } from '#lib/kernel';

/** What can be due. The ring says only that there may be something; rows in PostgreSQL say what. */
export const RINGS = ['outbox', 'terms', 'reminders', 'commands', 'jobs'] as const;
export type Ring = (typeof RINGS)[number];

/** Where the bell hangs: in PostgreSQL, or in Redis when its address is given. */
export interface BellOptions {
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  /** Keeps installations (and tests) on one server apart. */
  readonly name?: string;
  readonly warn?: (message: string) => void;
}

/** Redis may throw keys away when its memory is full; then rings would vanish silently. Set maxmemory-policy to noeviction. */
export class RedisEvictsKeys extends DomainError {
  readonly code = 'redis-evicts-keys';
  constructor(policy: string) {
    super(`Redis must not evict keys: maxmemory-policy is ${policy}, set it to noeviction.`, { policy });
  }
}

const SCHEMA = 'bullmq';
/** Rings within this time are one: a move every millisecond must not mean a job every millisecond. */
const COALESCE_MS = 20;
const JOB = { removeOnComplete: true, removeOnFail: true };
const POOL_SIZE = 3;

/** Makes BullMQ's own schema and lets app and worker use it. Run by the owner, after the project's migrations. */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await runMigrations(owner, SCHEMA);
    const roles = 'regioloket_app, regioloket_worker';
    await owner.query(`grant usage on schema ${SCHEMA} to ${roles};
      grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${roles};
      grant usage on all sequences in schema ${SCHEMA} to ${roles};
      grant execute on all functions in schema ${SCHEMA} to ${roles}`);
  } finally {
    await owner.end();
  }
}

interface Connection {
  queue(name: string): Queue;
  worker(name: string, onRing: (ring: string) => Promise<void>): Worker;
  close(): Promise<void>;
}

/** Throws RedisEvictsKeys. */
async function connect(options: BellOptions): Promise<Connection> {
  return options.redisUrl === undefined ? onPostgres(options.databaseUrl) : onRedis(options.redisUrl);
}

function onPostgres(databaseUrl: string): Connection {
  const connection = { connectionString: databaseUrl, schema: SCHEMA, max: POOL_SIZE };
  const backend = withBackend(createPostgresBackend);
  return {
    queue: (name) => new backend.Queue(name, { connection }) as unknown as Queue,
    worker: (name, onRing) => new backend.Worker(name, (job) => onRing(job.name), { connection }) as unknown as Worker,
    close: () => Promise.resolve(),
  };
}

async function onRedis(url: string): Promise<Connection> {
  // Adding fails at once when Redis is away (the timer does the work then); the worker waits for it to come back.
  const producer = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, lazyConnect: true });
  const consumer = new Redis(url, { maxRetriesPerRequest: null });
  producer.on('error', () => undefined);
  consumer.on('error', () => undefined);
  await producer.connect();
  await refuseEviction(producer);
  return {
    queue: (name) => new Queue(name, { connection: producer }),
    worker: (name, onRing) => new Worker(name, (job) => onRing(job.name), { connection: consumer }),
    close: async () => {
      producer.disconnect();
      consumer.disconnect();
      return Promise.resolve();
    },
  };
}

async function refuseEviction(redis: Redis): Promise<void> {
  const answer = (await redis.config('GET', 'maxmemory-policy').catch(() => [])) as string[];
  const policy = answer[1] ?? 'noeviction';
  if (policy !== 'noeviction') throw new RedisEvictsKeys(policy);
}

/** BullMQ as a doorbell: losing it loses nothing but a second, so it never throws and never makes anybody wait. */
export class Bell {
  private readonly waiting = new Map<Ring, NodeJS.Timeout>();
  private ringer: Worker | undefined;
  private isBroken = false;
  private isClosed = false;

  private constructor(
    private readonly connection: Connection,
    private readonly queue: Queue,
    private readonly options: BellOptions,
  ) {
    queue.on('error', () => undefined);
  }

  static async open(options: BellOptions): Promise<Bell> {
    const connection = await connect(options);
    return new Bell(connection, connection.queue(nameOf(options)), options);
  }

  /** Rings soon; several rings within a few milliseconds are one. */
  ring(ring: Ring): void {
    if (this.isClosed || this.waiting.has(ring)) return;
    const timer = setTimeout(() => this.send(ring), COALESCE_MS);
    timer.unref();
    this.waiting.set(ring, timer);
  }

  /** Calls back for every ring of any process, until the bell is closed. */
  listen(onRing: (ring: Ring) => void): void {
    this.ringer = this.connection.worker(nameOf(this.options), (name) => {
      const ring = RINGS.find((known) => known === name);
      if (ring !== undefined) onRing(ring);
      return Promise.resolve();
    });
    this.ringer.on('error', () => undefined);
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.waiting.forEach((timer) => clearTimeout(timer));
    await this.ringer?.close(true).catch(() => undefined);
    await this.queue.close().catch(() => undefined);
    await this.connection.close();
  }

  private send(ring: Ring): void {
    this.waiting.delete(ring);
    // An own id: without one BullMQ makes a sequence for the queue, and neither app nor worker may create anything.
    this.queue.add(ring, {}, { ...JOB, jobId: randomUUID() }).then(
      () => (this.isBroken = false),
      (error: unknown) => this.complainOnce(error),
    );
  }

  /** Once per outage: the timers do the work meanwhile. */
  private complainOnce(error: unknown): void {
    if (!this.isBroken)
      this.options.warn?.(`The queue cannot be reached; work is picked up each second. ${String(error)}`);
    this.isBroken = true;
  }
}

function nameOf(options: BellOptions): string {
  return options.name ?? 'regioloket';
}
