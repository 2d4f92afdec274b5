#!/usr/bin/env node
// Makes a fresh clone ready: installs when the lock file is newer than node_modules, builds when a source is newer than the build.
// Only Node's own modules: nothing is installed yet when this runs. Speaks on standard error; standard output belongs to the caller.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wrongNode } from './node-version.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (text) => process.stderr.write(`${text}\n`);
const timeOf = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function run(command, args) {
  const shell = process.platform === 'win32';
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}

function installWhenStale() {
  const mark = join(root, 'node_modules', '.regioloket-installed');
  if (timeOf(mark) >= timeOf(join(root, 'package-lock.json'))) return;
  say('Installing packages …');
  // `npm ci` refuses a lock file that lacks other platforms' optional packages; `npm install` with the same lock does not.
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(mark, '');
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) latest = Math.max(latest, newest(path), statSync(path).mtimeMs);
    else if (/\.(ts|mjs|mjml|txt|hbs|yaml|css|js|svg|typ)$/.test(entry.name))
      latest = Math.max(latest, statSync(path).mtimeMs);
  }
  return latest;
}

function buildWhenStale(force) {
  const mark = join(root, 'dist', '.built');
  const sources = Math.max(
    ...['apps', 'bin', 'libs', 'test'].map((f) => newest(join(root, f))),
    timeOf(join(root, 'tsconfig.json')),
  );
  if (!force && timeOf(mark) > sources) return;
  say('Building …');
  const started = new Date();
  run(process.execPath, [
    join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc'),
    '-p',
    'tsconfig.build.json',
  ]);
  for (const step of ['build-templates.mjs', 'build-views.mjs', 'build-assets.mjs', 'build-fonts.mjs'])
    run(process.execPath, [join(root, 'bin', step)]);
  writeFileSync(mark, '');
  // A source saved while the build ran must make it stale again.
  utimesSync(mark, started, started);
}

/** One at a time: two starts at once must not write into each other's build. */
function withLock(work) {
  const lock = join(root, 'node_modules.lock');
  for (let waited = 0; ; waited += 200) {
    try {
      const file = openSync(lock, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isAbandoned(lock)) rmSync(lock, { force: true });
      else if (waited === 0) say('Another start is preparing; waiting for it …');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isAbandoned(lock) {
  try {
    const pid = Number(spawnSync('cat', [lock], { encoding: 'utf8' }).stdout);
    if (!Number.isInteger(pid) || pid <= 0) return Date.now() - timeOf(lock) > 10_000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function prepare(force = false) {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wrong = wrongNode(process.versions.node, engines.node);
  if (wrong !== null) throw new Error(wrong);
  mkdirSync(join(root, 'dist'), { recursive: true });
  withLock(() => {
    installWhenStale();
    buildWhenStale(force);
  });
}

/** A fault of installing or building was told by its own tool; a stack trace of ours would only hide it. */
export function prepareOrExit(force = false) {
  try {
    prepare(force);
  } catch (error) {
    say(error.message);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepareOrExit(process.argv.includes('--force'));
