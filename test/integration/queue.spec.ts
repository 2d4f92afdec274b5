import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Bell, ChoreRunner, RedisEvictsKeys, type BellOptions, type Ring } from '#lib/queue';
import { hasRedis, openTestDatabase, openTestRedis, type TestDatabase, type TestRedis } from '#lib/testing';

const BACKENDS = ['PostgreSQL', 'Redis'] as const;

describe.each(BACKENDS)('the bell on %s', (backend) => {
  const suite = backend === 'Redis' && !hasRedis() ? it.skip : it;
  let test: TestDatabase;
  let redis: TestRedis | undefined;
  const opened: Bell[] = [];

  beforeAll(async () => {
    test = await openTestDatabase();
    if (backend === 'Redis' && hasRedis()) redis = await openTestRedis();
  });
  afterAll(async () => {
    await redis?.stop();
    await test.drop();
  });

  const bell = async (more: Partial<BellOptions> = {}): Promise<Bell> => {
    const made = await Bell.open({ databaseUrl: test.workerUrl, redisUrl: redis?.url, ...more });
    opened.push(made);
    return made;
  };
  const closeAll = async (): Promise<void> => {
    for (const one of opened.splice(0)) await one.close();
  };
  afterEach(closeAll);
  const heard = async (count: number, rings: Ring[]): Promise<void> => {
    for (let i = 0; i < 150 && rings.length < count; i++) await sleep(20);
  };

  suite('is heard by another process than the one that rings', async () => {
    const rings: Ring[] = [];
    (await bell()).listen((ring) => rings.push(ring));
    const server = await bell({ databaseUrl: test.appUrl });
    server.ring('outbox');
    await heard(1, rings);
    expect(rings).toEqual(['outbox']);
  });

  suite('rung a thousand times in a row is heard a few times', async () => {
    const rings: Ring[] = [];
    const one = await bell();
    one.listen((ring) => rings.push(ring));
    for (let i = 0; i < 1_000; i++) one.ring('terms');
    await heard(1, rings);
    await sleep(100);
    expect(rings.length).toBeGreaterThan(0);
    expect(rings.length).toBeLessThan(5);
  });

  (backend === 'Redis' ? suite : it.skip)('refuses a Redis that throws keys away', async () => {
    const admin = new Redis(redis?.url ?? '');
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(bell()).rejects.toThrow(RedisEvictsKeys);
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    admin.disconnect();
  });

  suite('that is lost is made good by the timer', async () => {
    let runs = 0;
    const chores = [{ name: 'outbox', run: () => Promise.resolve(((runs += 1), 0)) }];
    const runner = new ChoreRunner({ chores, everyMs: 50 });
    runner.start();
    await redis?.flush();
    await sleep(200);
    await runner.drain(1_000);
    expect(runs).toBeGreaterThan(1);
  });

  suite('whose server is away never throws, never waits, and says so once', async () => {
    const warnings: string[] = [];
    const away = backend === 'Redis' ? {} : { databaseUrl: 'postgres://nobody:x@127.0.0.1:1/none' };
    const one = await bell({ warn: (message) => warnings.push(message), ...away });
    if (backend === 'Redis') await redis?.stop();
    const started = performance.now();
    one.ring('jobs');
    expect(performance.now() - started).toBeLessThan(50);
    for (let i = 0; i < 100 && warnings.length === 0; i++) await sleep(50);
    one.ring('jobs');
    await sleep(300);
    expect(warnings).toHaveLength(1);
    redis = undefined;
  });
});
