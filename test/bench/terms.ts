import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '#app/server';
import { openRound, roundChores } from '#app/worker';
import { Database } from '#lib/database';
import { ChoreRunner } from '#lib/queue';
import { LINKS, MESSAGE_IDS } from '../support/test-round.js';
import { idOf, type BenchWorld } from './bench-world.js';
import { per, quantile, type Results } from './table.js';

const COUNT = 50_000;

/** Fifty thousand terms that are due at once, and what the API does meanwhile. */
export async function benchTerms(world: BenchWorld): Promise<Results> {
  const { noord, cluster, token } = world;
  await noord.look.query(
    `insert into term (region, subject_kind, subject_id, name, started_on, period, source, last_day, due_at, on_expiry)
     select 'noord', 'proposal', gen_random_uuid(), 'decision', '2026-01-01', 'P6W', 'own-rules', '2026-02-12', app_now() + interval '2 seconds',
       '{"task": "decision-overdue", "for": "decider"}' from generate_series(1, $1)`,
    [COUNT],
  );
  const database = await Database.open({ url: cluster.appUrl });
  const people = {
    messageIds: MESSAGE_IDS,
    links: LINKS,
  };
  const round = openRound(database, { messageIds: MESSAGE_IDS, ring: () => undefined });
  const server = await startServer({ database, host: '127.0.0.1', port: 0, isHttps: false, people, round });
  const workers = await Database.open({ url: cluster.workerUrl, poolSize: 6 });
  const { engine } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined });
  const runner = new ChoreRunner({ chores: roundChores({ engine, database: workers, worker: 'bench' }) });
  await sleep(2_500);
  const times: number[] = [];
  const drain = { isDone: false };
  const asking = (async (): Promise<void> => {
    for (let i = 1; !drain.isDone; i++) {
      const started = performance.now();
      const path = `${server.url}/api/v1/proposals/${idOf(1 + (i % world.proposals))}`;
      await (await fetch(path, { headers: { authorization: `Bearer ${token}` } })).arrayBuffer();
      times.push(performance.now() - started);
      await sleep(10);
    }
  })();
  const started = performance.now();
  runner.start();
  for (;;) {
    const { n } = await noord.one(
      `select count(*)::int as n from term where state = 'running' and due_at <= app_now()`,
    );
    if (n === 0) break;
    await sleep(50);
  }
  const drained = (performance.now() - started) / 1_000;
  drain.isDone = true;
  await asking;
  await runner.drain(5_000);
  await workers.close();
  await server.stop();
  await database.close();
  return {
    title: `${per(COUNT)} terms due at once`,
    about:
      'Each raises a task. Server and worker share one process; the API is asked for a proposal with its actions all the while.',
    rows: [
      ['', 'measured', 'aim'],
      ['drained in', `${drained.toFixed(1)} s`, '15 s'],
      ['API, p95', `${quantile(times, 0.95).toFixed(0)} ms`, '500 ms'],
    ],
  };
}
