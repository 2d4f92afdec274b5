import { afterEach, describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '#lib/settings';
import {
  aFolder,
  ask,
  ended,
  endAll,
  isAlive,
  ready,
  removeLater,
  serverPid,
  start,
  stop,
  until,
  urlOf,
  watch,
  type Started,
} from '../support/installations.js';

afterEach(endAll);

describe('regioloket start', () => {
  it('starts everything on an empty folder, and Ctrl-C ends everything it started', async () => {
    const folder = aFolder();
    const one = start(folder);
    await ready(one);
    expect((await fetch(`${urlOf(one)}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${urlOf(one)}/mailbox`)).text()).toContain('Postbus');
    const run = join(folder, 'run.json');
    expect(JSON.parse(readFileSync(run, 'utf8'))).toMatchObject({ url: urlOf(one), pid: one.child.pid });
    expect(statSync(run).mode & 0o777).toBe(0o600);
    expect(await ask(folder, ['invariants'])).toMatchObject({ ok: true, broken: [] });
    expect(await ask(folder, ['audit', 'verify'])).toMatchObject({ ok: true, faults: [], tailAnchored: false });
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const [secret, open, anchor] = ['secret.pem', 'open.pem', 'anchor.json'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(secret, privateKey);
    writeFileSync(open, publicKey);
    writeFileSync(anchor, JSON.stringify(await ask(folder, ['audit', 'anchor', '--key', secret])));
    expect(await ask(folder, ['audit', 'verify', anchor, '--key', open])).toMatchObject({
      ok: true,
      tailAnchored: true,
    });
    const pid = serverPid(folder);
    await stop(one);
    expect(one.code).toBe(0);
    expect([existsSync(run), existsSync(join(folder, 'run.lock')), isAlive(pid)]).toEqual([false, false, false]);
  }, 60_000);

  it('a second time on the same folder says where the first runs and leaves it alone', async () => {
    const folder = aFolder();
    const one = start(folder);
    await ready(one);
    const two = start(folder);
    await ended(two);
    expect(two.code).toBe(2);
    expect(two.text).toContain(urlOf(one));
    expect((await fetch(`${urlOf(one)}/readyz`)).status).toBe(200);
    await stop(one);
  }, 60_000);

  it('twice at once on an empty folder runs one', async () => {
    const folder = aFolder();
    const both = [start(folder), start(folder)];
    const [one, two] = both as [Started, Started];
    await until(() => both.some(({ code }) => code !== null) && both.some(({ text }) => text.includes('Ctrl-C')), one);
    const [running, refused] = one.code === null ? [one, two] : [two, one];
    expect(refused.text).toContain('already runs');
    await stop(running);
  }, 60_000);

  it('after a kill -9 takes over the database that was left behind, and ends it in turn', async () => {
    const folder = aFolder();
    const killed = start(folder);
    await ready(killed);
    const pid = serverPid(folder);
    killed.child.kill('SIGKILL');
    await ended(killed);
    expect(isAlive(pid)).toBe(true);
    const next = start(folder);
    await ready(next);
    expect(next.text).toContain('Took over');
    await stop(next);
    expect(isAlive(pid)).toBe(false);
  }, 60_000);

  it('runs in a folder that the account of the database cannot reach', async () => {
    const folder = aFolder();
    chmodSync(folder, 0o700);
    const one = start(folder);
    await ready(one);
    expect((await fetch(`${urlOf(one)}/readyz`)).status).toBe(200);
    await stop(one);
    const isRoot = process.getuid?.() === 0;
    expect(existsSync(join(folder, 'postgres'))).toBe(!isRoot);
    const elsewhere = join('/var/lib/regioloket', createHash('sha256').update(folder).digest('hex').slice(0, 16));
    expect(existsSync(elsewhere)).toBe(isRoot);
    if (isRoot) removeLater(elsewhere);
  }, 60_000);

  it('takes the next port when the wanted one is in use', async () => {
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
    });
    const { port } = taken.address() as { port: number };
    const one = start(aFolder(), { PORT: String(port) });
    await ready(one);
    expect(urlOf(one)).not.toContain(`:${port}`);
    expect((await fetch(`${urlOf(one)}/readyz`)).status).toBe(200);
    await stop(one);
    taken.close();
  }, 60_000);

  it('names every wrong setting at once, before it starts anything', async () => {
    const folder = aFolder();
    const one = start(folder, { PORT: 'many', REDIS_URL: 'redis' });
    await ended(one);
    expect(one.code).toBe(2);
    expect(one.text).toMatch(/PORT[\s\S]*REDIS_URL|REDIS_URL[\s\S]*PORT/);
    expect(existsSync(join(folder, 'run.lock'))).toBe(false);
  }, 60_000);

  (process.getuid?.() === 0 ? it : it.skip)(
    'runs for a normal user, in a clone of their own under a home that nobody else may read',
    async () => {
      const home = mkdtempSync(join(tmpdir(), 'regioloket-home-'));
      removeLater(home);
      const clone = join(home, 'clone');
      mkdirSync(clone);
      for (const name of [
        'package.json',
        'dist',
        'config',
        'docs/schemas',
        'libs/database/sql',
        'libs/documents/letters',
      ])
        cpSync(join(projectFolder(), name), join(clone, name), { recursive: true });
      // Hard links: a second copy of every package would take a minute.
      await promisify(execFile)('cp', ['-al', join(projectFolder(), 'node_modules'), join(clone, 'node_modules')]);
      const [uid, gid] = [65_534, 65_534];
      await promisify(execFile)('chown', [`${uid}:${gid}`, home, clone]);
      chmodSync(home, 0o700);
      const own = { HOME: home, NODE_ENV: 'development', NODE_OPTIONS: '', PORT: '0', DEMO: 'off' };
      const env = { ...process.env, ...own };
      const main = join(clone, 'dist', 'apps', 'cli', 'src', 'main.js');
      const script = `const { main } = await import(${JSON.stringify(main)}); process.exitCode = await main(['start']);`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        cwd: clone,
        env,
        uid,
        gid,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const started = watch(child);
      await ready(started);
      expect((await fetch(`${urlOf(started)}/readyz`)).status).toBe(200);
      expect(statSync(join(clone, '.data', 'postgres')).uid).toBe(uid);
      await stop(started);
      expect(started.code).toBe(0);
    },
    60_000,
  );
});
