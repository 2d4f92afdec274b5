import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { calculatorOf, COMPUTATIONS, NODE_MAJOR } from '#app/worker';
import { Database } from '#lib/database';
import { replayBundle, type Bundle } from '#lib/kernel';
import { ChoreRunner, jobChore, ThreadPool, type JobWork } from '#lib/queue';
import { projectFolder } from '#lib/settings';
import { openTestDatabase, type TestDatabase } from '#lib/testing';

const SLOW = join(projectFolder(), 'test', 'support', 'computations', 'slow.mjs');

describe('the thread pool', () => {
  it('computes beside the event loop, tells progress, and runs no more at once than it has threads', async () => {
    const pool = new ThreadPool(2);
    const seen: number[] = [];
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    const started = [20, 21, 22, 23].map((steps) =>
      pool.run({ module: SLOW, input: { steps }, onProgress: (share) => seen.push(share) }),
    );
    await sleep(20);
    expect(pool.free).toBe(0);
    expect(await Promise.all(started)).toEqual([20, 21, 22, 23]);
    clearInterval(timer);
    expect([pool.free, seen.length >= 80, turns > 5]).toEqual([2, true, true]);
  });

  it('cancels what looks at it at once, and ends what does not', async () => {
    const pool = new ThreadPool(2);
    for (const polite of [true, false]) {
      const cancelling = new AbortController();
      const running = pool.run({ module: SLOW, input: { steps: 100_000, polite }, signal: cancelling.signal });
      setTimeout(() => cancelling.abort(), 300);
      await expect(running).rejects.toMatchObject({ code: 'computation-cancelled' });
    }
    expect(pool.free).toBe(2);
  });

  it('tells a failure in the computation’s own words and goes on', async () => {
    const pool = new ThreadPool(1);
    await expect(pool.run({ module: SLOW, input: { steps: 13 } })).rejects.toMatchObject({
      facts: { reason: 'thirteen' },
    });
    await expect(pool.run({ module: '/nowhere.mjs', input: {} })).rejects.toMatchObject({ code: 'computation-failed' });
    expect(await pool.run({ module: SLOW, input: { steps: 3 } })).toBe(3);
  });
});

describe('jobs', () => {
  let test: TestDatabase;
  let look: pg.Client;
  let database: Database;
  beforeAll(async () => {
    test = await openTestDatabase();
    look = new pg.Client({ connectionString: test.superUrl });
    await look.connect();
    await look.query(`insert into region values ('noord', 'Noord', 'North')`);
    database = await Database.open({ url: test.workerUrl, poolSize: 4 });
  });
  afterAll(async () => {
    await look.end();
    await database.close();
    await test.drop();
  });

  const computations = { slow: SLOW, ...COMPUTATIONS };
  const runner = (worker: string, more: Partial<JobWork> = {}): ChoreRunner => {
    const work = { database, worker, computations, pool: new ThreadPool(2), leaseSeconds: 3, ...more };
    return new ChoreRunner({ chores: [jobChore(work)], everyMs: 50 });
  };
  const add = async (kind: string, input: unknown): Promise<string> => {
    const insert = `insert into job (region, kind, input, input_hash) values ('noord', $1, $2, 'h') returning id`;
    return (await look.query<{ id: string }>(insert, [kind, JSON.stringify(input)])).rows[0]?.id ?? '';
  };
  const read = async (id: string): Promise<Record<string, unknown>> =>
    (
      await look.query<Record<string, unknown>>(
        'select status, progress, result, last_error, attempts from job where id = $1',
        [id],
      )
    ).rows[0] ?? {};
  const until = async (id: string, ...states: string[]): Promise<Record<string, unknown>> => {
    for (let i = 0; i < 400 && !states.includes((await read(id))['status'] as string); i++) await sleep(25);
    return read(id);
  };

  it('run on threads, tell progress, and keep their result', async () => {
    const one = runner('one');
    one.start();
    const id = await add('slow', { steps: 300 });
    await until(id, 'running');
    await sleep(1_200);
    expect((await read(id))['progress']).toBeGreaterThan(0);
    expect(await until(id, 'done')).toMatchObject({ status: 'done', progress: 1, result: 300, attempts: 1 });
    expect(await until(await add('slow', { steps: 13 }), 'failed')).toMatchObject({
      last_error: 'The computation failed: thirteen',
    });
    expect(await until(await add('nothing', {}), 'failed')).toMatchObject({ last_error: 'no computation nothing' });
    await one.drain(5_000);
  });

  it('are cancelled when somebody asks for it', async () => {
    const one = runner('one');
    one.start();
    const id = await add('slow', { steps: 100_000 });
    await until(id, 'running');
    await look.query('update job set cancel_requested = true where id = $1', [id]);
    expect(await until(id, 'cancelled')).toMatchObject({ status: 'cancelled', result: null });
    await one.drain(5_000);
  });

  it('of a process that stops or vanishes are run again by another, once', async () => {
    const one = runner('one');
    one.start();
    const id = await add('slow', { steps: 400 });
    await until(id, 'running');
    expect(await one.drain(5_000)).toBe(true);
    const two = runner('two');
    two.start();
    expect(await until(id, 'done')).toMatchObject({ status: 'done', result: 400, attempts: 2 });
    await two.drain(5_000);
  });

  it('score a whole call as its proposals were scored one by one', async () => {
    const one = runner('one');
    one.start();
    const rubric = {
      scale: { min: '1', max: '5', step: '1' },
      total: 'weighted-mean',
      threshold: { total: '3' },
      criteria: [{ key: 'a', weight: 100 }],
    };
    const proposals = [
      { id: 'x', reviews: [{ a: '4' }, { a: '3' }] },
      { id: 'y', reviews: [{ a: '5' }] },
      { id: 'z', reviews: [] },
    ];
    expect(await until(await add('score-call', { rubric, proposals }), 'done')).toMatchObject({
      result: [
        { id: 'y', position: 1, total: '5/1' },
        { id: 'x', position: 2, total: '7/2' },
      ],
    });
    await one.drain(5_000);
  });

  it('make bundles that anybody can compute again', async () => {
    const one = runner('one');
    one.start();
    const input = {
      ...{ scale: { min: 1, max: 6 }, nFundable: 1, proposals: ['A', 'B'], reviewers: ['x', 'y'] },
      scores: [
        { proposal: 'A', reviewer: 'x', score: 5 },
        { proposal: 'B', reviewer: 'x', score: 3 },
        { proposal: 'A', reviewer: 'y', score: 4 },
      ],
    };
    const { result } = await until(await add('bundle', { kind: 'rank', input, options: { model: 'crossed' } }), 'done');
    const tools = { progress: () => undefined, isCancelled: () => false };
    const rank = await calculatorOf('rank');
    expect(rank && replayBundle(result as Bundle, rank, NODE_MAJOR, tools)).toMatchObject({ same: true });
    expect(await until(await add('bundle', { kind: 'guess', input, options: {} }), 'failed')).toMatchObject({
      last_error: expect.stringContaining('No calculator makes bundles of this kind.'),
    });
    await one.drain(5_000);
  });
});
