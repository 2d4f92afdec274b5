import type { Queue, Worker } from 'bullmq';
import { connectBell, type BellConnection, type BellOptions } from './bell-connection.js';

/** What can be due. The ring says only that there may be something; rows in PostgreSQL say what. */
export const RINGS = ['outbox', 'terms', 'reminders', 'commands', 'jobs', 'scans'] as const;
export type Ring = (typeof RINGS)[number];

/** Rings within this time are one: a move every millisecond must not mean a job every millisecond. */
const COALESCE_MS = 20;
/** After a failure nobody rings for this long; the timers of the workers look as often. */
const SILENCE_MS = 1_000;
/** A queue whose server is away from the start is waited for by BullMQ without end; we look no longer than this. */
const ANSWER_MS = 3_000;

/** BullMQ as a doorbell: losing it loses nothing but a second, so it never throws and never makes anybody wait. */
export class Bell {
  private readonly asked = new Set<Ring>();
  private readonly sending = new Set<Ring>();
  private queue: Queue | undefined;
  private listener: Worker | undefined;
  private silentUntil = 0;
  private isBroken = false;
  private isClosed = false;

  private constructor(
    private readonly connection: BellConnection,
    private readonly options: BellOptions,
  ) {}

  /** Throws RedisEvictsKeys. A server that is away is only warned about. */
  static async open(options: BellOptions): Promise<Bell> {
    return new Bell(await connectBell(options), options);
  }

  /** Rings soon; several rings within a few milliseconds, of one process or of several, are one. */
  ring(ring: Ring): void {
    if (this.isClosed || this.asked.has(ring) || performance.now() < this.silentUntil) return;
    this.asked.add(ring);
    if (!this.sending.has(ring)) this.sendSoon(ring);
  }

  /** Calls back for every ring of any process, until the bell is closed. */
  listen(onRing: (ring: Ring) => void): void {
    if (this.isClosed) return;
    const listener = this.connection.worker((name) => {
      const ring = RINGS.find((known) => known === name);
      if (ring !== undefined) onRing(ring);
    });
    listener.on('error', () => undefined);
    this.listener = listener;
    // BullMQ never asks again when its first look at the schema failed, so such a worker is replaced.
    listener.waitUntilReady().catch(async () => {
      await listener.close(true).catch(() => undefined);
      setTimeout(() => this.listen(onRing), SILENCE_MS).unref();
    });
  }

  /** Stops ringing and listening. Rings that were not sent yet are dropped; the timers find what they were for. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.listener?.close(true).catch(() => undefined);
    await this.queue?.close().catch(() => undefined);
    this.connection.close();
  }

  private sendSoon(ring: Ring): void {
    setTimeout(() => void this.send(ring), COALESCE_MS).unref();
  }

  private async send(ring: Ring): Promise<void> {
    if (this.isClosed) return;
    this.asked.delete(ring);
    this.sending.add(ring);
    try {
      await this.add(ring);
      this.isBroken = false;
    } catch (error) {
      this.fallSilent(error);
    }
    this.sending.delete(ring);
    if (this.asked.has(ring)) this.sendSoon(ring);
  }

  /**
   * At most one waiting job of each kind in the whole queue, so that rings nobody hears do not pile up. A ring while a worker hears
   * the one before it is kept: the worker may have looked before the row was committed.
   */
  private async add(ring: Ring): Promise<void> {
    this.queue ??= this.openQueue();
    const deduplication = { id: ring, keepLastIfActive: true };
    const added = this.queue.add(ring, {}, { deduplication, removeOnComplete: true, removeOnFail: true });
    await atMost(ANSWER_MS, added);
  }

  private openQueue(): Queue {
    const queue = this.connection.queue();
    queue.on('error', () => undefined);
    return queue;
  }

  /** Warns once per outage. The queue is made anew, because BullMQ remembers a first connection that failed. */
  private fallSilent(error: unknown): void {
    this.silentUntil = performance.now() + SILENCE_MS;
    void this.queue?.close().catch(() => undefined);
    this.queue = undefined;
    if (this.isBroken || this.isClosed) return;
    this.isBroken = true;
    this.options.warn?.(`The queue cannot be reached; work is picked up each second. ${String(error)}`);
  }
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  work.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    timer.unref();
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
