import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChoreRunner, type Chore } from './chore-runner.js';

const runners: ChoreRunner[] = [];
const runner = (chore: Chore, everyMs = 20, onError = (): void => undefined): ChoreRunner => {
  const made = new ChoreRunner({ chores: [chore], everyMs, onError });
  runners.push(made);
  return made;
};
/** Waits until something holds; a busy machine may take its time. */
const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 1_000 && !holds(); tries++) await sleep(10);
};
afterEach(async () => {
  await Promise.all(runners.splice(0).map((r) => r.drain(1_000)));
});

describe('a chore', () => {
  it('looks by itself, without any ring', async () => {
    let runs = 0;
    runner({ name: 'x', run: () => Promise.resolve(((runs += 1), 0)) }).start();
    await until(() => runs >= 3);
    expect(runs).toBeGreaterThanOrEqual(3);
  });

  it('goes on as long as it finds work, and never runs twice at once', async () => {
    let left = 5;
    let atOnce = 0;
    let most = 0;
    const run = async (): Promise<number> => {
      most = Math.max(most, (atOnce += 1));
      await sleep(2);
      atOnce -= 1;
      return left-- > 0 ? 1 : 0;
    };
    const r = runner({ name: 'x', run }, 60_000);
    r.start();
    for (let i = 0; i < 20; i++) r.wake('x');
    await until(() => left < 0);
    expect(most).toBe(1);
    expect(left).toBeLessThan(0);
  });

  it('that is rung while it runs looks once more', async () => {
    let runs = 0;
    const r = runner({ name: 'x', run: async () => ((runs += 1), await sleep(10), 0) }, 60_000);
    r.start();
    await until(() => runs === 1);
    r.wake('x');
    await until(() => runs === 2);
    await sleep(30);
    expect(runs).toBe(2);
  });

  it('that fails waits before it tries again, and is not lost', async () => {
    let runs = 0;
    let told = 0;
    const fail = (): Promise<number> => (
      (runs += 1),
      runs === 1 ? Promise.reject(new Error('away')) : Promise.resolve(0)
    );
    runner({ name: 'x', run: fail }, 20, () => void (told += 1)).start();
    await until(() => told === 1);
    expect([runs, told]).toEqual([1, 1]);
    await until(() => runs > 1);
    expect(runs).toBeGreaterThan(1);
  });

  it('under way ends before a drain does; nothing new is taken on', async () => {
    let ended = false;
    let runs = 0;
    const r = runner({ name: 'x', run: async () => ((runs += 1), await sleep(50), (ended = true), 1) });
    r.start();
    await sleep(5);
    expect(await r.drain(1_000)).toBe(true);
    expect(ended).toBe(true);
    r.wake('x');
    await sleep(30);
    expect(runs).toBe(1);
  });
});
