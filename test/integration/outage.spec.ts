import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startServer } from '#app/server';
import { openRound, roundChores } from '#app/worker';
import { Database, migrate, startEmbedded } from '#lib/database';
import { Bell, ChoreRunner, migrateQueue } from '#lib/queue';
import { hasRedis, openTestRedis } from '#lib/testing';
import { dueTerms, manyDrafts } from '../support/crash-run.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';
import { openProxy } from '../support/tcp-proxy.js';

const isFull = process.env['FULL'] === '1';

describe('a queue that forgets everything', () => {
  (hasRedis() ? it : it.skip)(
    'delays no term by more than thirty seconds, and fires each once',
    async () => {
      const count = isFull ? 500 : 100;
      const noord = await TestRound.open({ members: 6, applicants: 1 });
      const redis = await openTestRedis();
      const workers = await Database.open({ url: noord.test.workerUrl, poolSize: 6 });
      const bell = await Bell.open({ databaseUrl: noord.test.workerUrl, redisUrl: redis.url });
      const { engine } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => bell.ring('outbox') });
      const runner = new ChoreRunner({ chores: roundChores({ engine, database: workers, worker: 'w' }) });
      bell.listen((ring) => runner.wake(ring));
      try {
        await dueTerms(noord, count);
        runner.start();
        await sleep(500);
        await redis.flush();
        for (let i = 0; i < 400; i++) {
          const { n } = await noord.one(
            `select count(*)::int as n from term where name = 'draft' and state = 'running' and due_at < app_now() + interval '10 seconds'`,
          );
          if (n === 0) break;
          await redis.flush();
          await sleep(100);
        }
        const late = await noord.one(
          `select count(*)::int as n, count(distinct t.subject_id)::int as subjects, max(extract(epoch from t.at - m.due_at))::float8 as late
         from transition t join term m on m.subject_id = t.subject_id and m.name = 'draft' where t.action = 'expire'`,
        );
        process.stderr.write(`FLUSHALL: ${count} terms, the last ${Number(late['late']).toFixed(1)} s late\n`);
        expect([late['n'], late['subjects'], Number(late['late']) <= 30]).toEqual([count, count, true]);
      } finally {
        await runner.drain(5_000);
        await bell.close();
        await workers.close();
        await redis.stop();
        await noord.close();
      }
    },
    120_000,
  );
});

describe('PostgreSQL restarted under load', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regioloket-outage-'));
  let cluster: Awaited<ReturnType<typeof startEmbedded>>;
  beforeAll(async () => {
    chmodSync(folder, 0o755);
    cluster = await startEmbedded({ dataFolder: folder });
    await migrate(cluster.ownerUrl);
    await migrateQueue(cluster.ownerUrl);
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is 503 with Retry-After meanwhile, never 500, and nothing is lost', async () => {
    const proxy = await openProxy(Number(new URL(cluster.superUrl).port));
    const through = (url: string): string => {
      const address = new URL(url);
      address.port = String(proxy.port);
      return address.toString();
    };
    const noord = await TestRound.on(cluster.superUrl.replace(/\/postgres$/, '/regioloket'), through(cluster.appUrl));
    const ids = await manyDrafts(noord, isFull ? 2_000 : 500);
    const token = randomBytes(24).toString('base64url');
    const hash = createHash('sha256').update(token).digest('hex');
    await noord.one(
      `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 't', app_now() + interval '1 hour')`,
      [hash, noord.people.applicants[0]],
    );
    await noord.look.end();
    const people = {
      messageIds: MESSAGE_IDS,
      links: LINKS,
    };
    const server = await startServer({
      database: noord.database,
      host: '127.0.0.1',
      port: 0,
      isHttps: false,
      people,
      round: noord.round,
    });
    const seen = new Map<string, number>();
    const submit = async (id: string): Promise<void> => {
      for (;;) {
        const headers = { authorization: `Bearer ${token}`, 'idempotency-key': `submit-${id}` };
        const response = await fetch(`${server.url}/api/v1/proposals/${id}/actions/submit`, {
          method: 'POST',
          headers,
        });
        await response.arrayBuffer();
        const told = `${response.status}${response.headers.has('retry-after') ? ' retry-after' : ''}`;
        seen.set(told, (seen.get(told) ?? 0) + 1);
        if (response.status === 200) return;
        await sleep(50);
      }
    };
    const queue = ids.values();
    const lane = async (): Promise<void> => {
      for (const id of queue) await submit(id);
    };
    const load = Promise.all(Array.from({ length: 16 }, lane));
    await sleep(400);
    await cluster.stop();
    cluster = await startEmbedded({ dataFolder: folder });
    await proxy.cut();
    await proxy.mend(Number(new URL(cluster.superUrl).port));
    await load;
    const look = new pg.Client({ connectionString: cluster.superUrl.replace(/\/postgres$/, '/regioloket') });
    await look.connect();
    const { rows } = await look.query(
      `select count(*)::int as moves, count(distinct subject_id)::int as subjects from transition where action = 'submit'`,
    );
    await look.end();
    await server.stop();
    await noord.database.close();
    await proxy.cut();
    process.stderr.write(`restart: ${JSON.stringify(Object.fromEntries(seen))}\n`);
    expect([...seen.keys()].sort()).toEqual(['200', '503 retry-after']);
    expect(rows[0]).toEqual({ moves: ids.length, subjects: ids.length });
  }, 180_000);
});
