import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port.js';

export interface TestRedis {
  readonly url: string;
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Whether the machine has a Redis server program; without one the suites on that backend say that they are skipped. */
export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** A Redis of this suite alone, on a free port, keeping nothing on disk. */
export async function openTestRedis(): Promise<TestRedis> {
  const port = await freePort();
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  const admin = new Redis(port, '127.0.0.1', { retryStrategy: () => 50, maxRetriesPerRequest: null });
  admin.on('error', () => undefined);
  await admin.ping();
  return {
    url: `redis://127.0.0.1:${port}`,
    flush: async () => {
      await admin.flushall();
    },
    stop: () => stop(admin, child),
  };
}

async function stop(admin: Redis, child: ChildProcess): Promise<void> {
  admin.disconnect();
  child.kill('SIGTERM');
  while (child.exitCode === null && child.signalCode === null) await sleep(20);
}
