import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statementsOf } from './captured.js';
import { idSql, type BenchWorld } from './bench-world.js';

/** Path of pgbench; undefined where the machine has none. */
export function findPgbench(): string | undefined {
  const found = spawnSync(
    'sh',
    ['-c', 'command -v pgbench || ls /usr/lib/postgresql/*/bin/pgbench 2>/dev/null | tail -1'],
    { encoding: 'utf8' },
  );
  const path = found.stdout.trim();
  return path === '' ? undefined : path;
}

const ID = idSql('cast(:n as int)');

/** The statements of a move as the engine sends them, with the same two flights, as a script of pgbench. */
export async function moveScript({ noord, proposals }: BenchWorld): Promise<string> {
  const statements = await statementsOf(noord);
  const { secretary } = noord.people;
  const text = (name: string, values: readonly string[]): string => {
    const sql = statements.get(name) ?? '';
    if (sql === '') throw new Error(`the engine has no statement ${name}`);
    const filled = sql
      .replace(/s\.version = \$4/, 's.version = s.version')
      .replace(/\$(\d+)/g, (_, n: string) => `(${values[Number(n) - 1] ?? 'null'})`);
    return `${filled.replace(/\s+/g, ' ').replace(/:(?=:)/g, ':')};`;
  };
  const now = 'app_now()';
  // pgbench takes a colon before a name for one of its variables.
  const literal = (value: unknown): string => `'${JSON.stringify(value).replaceAll('":', '": ')}'::jsonb`;
  const mail = {
    recipient_key: secretary,
    template: 'heard',
    language: 'nl',
    to_address: 'a@b.example',
    to_name: 'A',
    status: 'new',
    hold_id: null,
    secret: null,
  };
  const view = {
    name: 'Leraar',
    number: '2027-1-001',
    title: 'Schoon water uit eigen hand',
    call: 'Ronde 2027-1',
    region: 'Demo-netwerk Noord',
    view: 'De aanvrager licht het plan toe.',
  };
  const ids = `jsonb_build_object('id', gen_random_uuid(), 'event_id', gen_random_uuid(), 'message_id', gen_random_uuid()::text)`;
  const mails = `jsonb_build_array(${literal({ ...mail, view })} || ${ids})`;
  const [q, none] = [`'${secretary}'::uuid`, `'{}'::jsonb`];
  const locks = `array['proposal']::text[]`;
  return [
    `\\set n random(1, ${proposals})`,
    '\\startpipeline',
    'begin;',
    text('unit-open', [`'noord'`, `'${secretary}'`]),
    text('claim-request-key', [q, `'bench'`, 'gen_random_uuid()::text', `'hash'`, ID]),
    text('open-proposal', [ID, q, locks, now]),
    '\\endpipeline',
    '\\startpipeline',
    text('write-move-proposal', [
      ...[
        ID,
        `'Advised'::text`,
        `'advised'::text`,
        'null',
        'gen_random_uuid()',
        `'hear'::text`,
        `'Advised'::text`,
        `'advised'::text`,
        q,
        now,
      ],
      ...[
        `repeat('0', 64)`,
        none,
        none,
        `jsonb_build_object('heardAt', app_now(), 'hearingView', 'De aanvrager licht het plan toe.'::text)`,
        mails,
        `'[]'::jsonb`,
        `'[]'::jsonb`,
      ],
    ]),
    'commit;',
    '\\endpipeline',
  ].join('\n');
}

/** Transactions per second of a script, with 16 clients. */
export async function runPgbench(pgbench: string, world: BenchWorld, script: string, seconds: number): Promise<number> {
  const file = join(mkdtempSync(join(tmpdir(), 'regioloket-pgbench-')), 'move.sql');
  writeFileSync(file, script);
  const url = new URL(world.cluster.appUrl);
  const args = ['-n', '-M', 'prepared', '-c', '16', '-j', '2', '-T', String(seconds), '-f', file];
  const place = ['-h', url.hostname, '-p', url.port, '-U', url.username, url.pathname.slice(1)];
  const child = spawn(pgbench, [...args, ...place], {
    env: { ...process.env, PGPASSWORD: decodeURIComponent(url.password) },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await new Promise((resolve) => child.on('exit', resolve));
  const tps = Number(/tps = ([\d.]+)/.exec(out)?.[1]);
  if (!(tps > 0))
    throw new Error(`pgbench did not run: ${err.slice(0, 2_000)} ${readdirSync(join(file, '..')).join()}`);
  return tps;
}
