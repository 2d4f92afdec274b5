import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startServer } from '#app/server';
import { openRound } from '#app/worker';
import { Database } from '#lib/database';
import { Bell } from '#lib/queue';
import { projectFolder } from '#lib/settings';
import { LINKS, MESSAGE_IDS } from '../support/test-round.js';
import { idOf, type BenchWorld } from './bench-world.js';
import { findPgbench, moveScript, runPgbench } from './pgbench.js';
import { median, per, quantile, ratio, type Results } from './table.js';

const SECONDS = 6;
const ROUNDS = 5;
const IN_FLIGHT = 16;

/** Moves per second in process and through HTTP, beside pgbench on the same statements, in turn within the same minutes. */
export async function benchMoves(world: BenchWorld): Promise<Results> {
  const pgbench = findPgbench();
  // Both runtimes compile what is hot; the first seconds say nothing.
  await inProcess(world, 6);
  const script = pgbench === undefined ? '' : await moveScript(world);
  const [bench, own, http]: [number[], number[], number[]] = [[], [], []];
  const stop = await serve(world);
  for (let i = 0; i < ROUNDS; i++) {
    if (pgbench !== undefined) bench.push(await runPgbench(pgbench, world, script, SECONDS));
    own.push(await inProcess(world, SECONDS));
    http.push(await overHttp(world, stop.url));
  }
  await stop.stop();
  const [peer, engine, rest] = [median(bench), median(own), median(http)];
  return {
    title: 'Moves per second, 16 in flight',
    about: `Median of ${ROUNDS} rounds of ${SECONDS} s in turn. A move with idempotency key, effect, transition, audit entry and mail; 10,000 proposals. The load generator of HTTP is a process of its own on the same machine.`,
    rows: [
      ['', 'moves/s', 'of pgbench', 'asked', 'aim'],
      ['pgbench, same statements', bench.length === 0 ? 'not on this machine' : per(peer), '1.00', '', ''],
      ['engine, in process', per(engine), ratio(engine, peer), '0.70', '1.0'],
      ['through HTTP', per(rest), ratio(rest, peer), '0.35', '0.6'],
    ],
  };
}

/** What the move takes along. */
const HEARD = { view: 'De aanvrager licht het plan toe.' };

async function inProcess(world: BenchWorld, seconds: number): Promise<number> {
  const { noord, proposals } = world;
  let made = 0;
  const { secretary: by } = noord.people;
  const receivedAt = await noord.database.now();
  const until = performance.now() + seconds * 1_000;
  const lane = async (): Promise<void> => {
    while (performance.now() < until) {
      const id = idOf(1 + Math.floor(Math.random() * proposals));
      const key = { personId: by, route: 'bench', key: randomUUID(), bodyHash: 'hash' };
      await noord.round.engine.act({
        subject: { kind: 'proposal', id },
        ...{ action: 'hear', payload: HEARD },
        actor: { id: by, regions: ['noord'] },
        receivedAt,
        key,
      });
      made += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return made / seconds;
}

async function serve({ cluster }: BenchWorld): Promise<{ url: string; stop: () => Promise<void> }> {
  const database = await Database.open({ url: cluster.appUrl });
  const bell = await Bell.open({ databaseUrl: cluster.appUrl });
  const round = openRound(database, { messageIds: MESSAGE_IDS, ring: () => bell.ring('outbox') });
  const people = {
    messageIds: MESSAGE_IDS,
    links: LINKS,
  };
  const server = await startServer({ database, host: '127.0.0.1', port: 0, isHttps: false, people, round });
  const stop = async (): Promise<void> => {
    await server.stop();
    await bell.close();
    await database.close();
  };
  return { url: server.url, stop };
}

function overHttp({ token, proposals }: BenchWorld, url: string): Promise<number> {
  const script = join(projectFolder(), 'dist', 'test', 'bench', 'http-load.js');
  const child = spawn(process.execPath, [script, url, token, String(SECONDS), String(proposals)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('exit', () => {
      const { made, failed } = JSON.parse(out) as { made: number; failed: number };
      if (failed > 0) reject(new Error(`${failed} moves were refused`));
      else resolve(made / SECONDS);
    });
  });
}

/** What one move costs when the table of transitions is small and when it is large. */
export async function benchHistory(world: BenchWorld): Promise<Results> {
  const rows = [['transitions', 'median ms', 'p95 ms']];
  for (const size of [1_000, 1_000_000]) {
    await grow(world, size);
    const { n } = await world.noord.one('select count(*)::int as n from transition');
    const times = await oneByOne(world, 1_000);
    rows.push([per(Number(n)), median(times).toFixed(2), quantile(times, 0.95).toFixed(2)]);
  }
  return {
    title: 'Cost of a move as history grows',
    about: 'One move after the other, in process; the tables are analysed first.',
    rows,
  };
}

async function grow({ noord }: BenchWorld, size: number): Promise<void> {
  const { n } = await noord.one('select count(*)::int as n from transition');
  const missing = Math.max(0, size - Number(n));
  await noord.look.query(
    `insert into transition (region, subject_kind, subject_id, version, action, from_state, to_state, from_phase, to_phase, received_at, rules_hash, facts)
     select 'noord', 'proposal', gen_random_uuid(), 2, 'hear', 'Advised', 'Advised', 'advised', 'advised', app_now(), repeat('0', 64), '{}'
     from generate_series(1, $1)`,
    [missing],
  );
  await noord.look.query('analyze transition');
}

async function oneByOne({ noord, proposals }: BenchWorld, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const started = performance.now();
    await noord.act('proposal', idOf(1 + (i % proposals)), 'hear', noord.people.secretary, HEARD);
    times.push(performance.now() - started);
  }
  return times.slice(Math.floor(count / 5));
}
