import { afterEach, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, ask, endAll, ready, start, stop, urlOf } from '../support/installations.js';

afterEach(endAll);

it('a backup is made of a running installation and of a stopped one, and a copy of it starts paused until it is resumed', async () => {
  const folder = aFolder();
  const copy = join(aFolder(), 'copy');
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, 'files', 'a'), 'bijlage');
  const one = start(folder);
  await ready(one);
  const running = (await ask(folder, ['backup', join(folder, 'running.zip')])) as { rows: number };
  await stop(one);
  const stopped = await ask(folder, ['backup', join(folder, 'stopped.zip')]);
  // The sealer may have been at work in between; nothing else was.
  expect(stopped).toMatchObject({ files: 1, tables: expect.any(Number) });
  expect((stopped as { rows: number }).rows).toBeGreaterThanOrEqual(running.rows);
  const restored = await ask(folder, ['restore', join(folder, 'stopped.zip'), '--into', copy]);
  expect(restored).toMatchObject({ files: 1, invariants: { ok: true }, audit: { ok: true, faults: [] } });
  expect(readFileSync(join(copy, 'files', 'a'), 'utf8')).toBe('bijlage');
  await expect(ask(copy, ['restore', join(folder, 'stopped.zip')])).rejects.toMatchObject({ code: 2 });
  expect(await ask(copy, ['outbox', 'status'])).toMatchObject({
    paused: { because: expect.stringContaining('restored') },
  });
  const two = start(copy);
  await ready(two);
  expect(two.text).toContain('stand still since');
  const health = async (): Promise<unknown> => (await fetch(`${urlOf(two)}/readyz`)).json();
  expect(await health()).toMatchObject({ workPaused: { because: expect.stringContaining('restored') } });
  expect(await ask(copy, ['outbox', 'resume'])).toEqual({ resumed: true });
  expect(await health()).toMatchObject({ workPaused: null });
  await stop(two);
  expect(existsSync(join(copy, 'run.lock'))).toBe(false);
}, 400_000);
