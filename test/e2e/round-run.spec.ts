import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const folder = mkdtempSync(join(tmpdir(), 'regioloket-round-'));
const env = { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '', DATA_DIR: folder, PORT: '0', DEMO: 'off' };
let installation: ChildProcess;
let url = '';

const cli = (words: string[]): ChildProcess =>
  spawn(process.execPath, ['bin/regioloket.mjs', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });

const ended = async (child: ChildProcess): Promise<Ended> => {
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { code, out, err };
};

beforeAll(async () => {
  chmodSync(folder, 0o755);
  installation = cli(['start']);
  let text = '';
  installation.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  for (let i = 0; i < 600 && !text.includes('Ctrl-C'); i++) await sleep(50);
  url = /http:\S+/.exec(text)?.[0] ?? '';
});

afterAll(async () => {
  const stopped = ended(installation);
  installation.kill('SIGINT');
  await stopped;
  rmSync(folder, { recursive: true, force: true });
});

interface Summary {
  readonly proposals: number;
  readonly letters: number;
  readonly granted: number;
  readonly awardedCents: number;
  readonly ranking: { readonly id: string };
}

describe('round run', () => {
  const file = 'examples/noord-12.json';

  it('names every fault that can be found beforehand, and creates nothing', async () => {
    const round = JSON.parse(readFileSync(file, 'utf8')) as { proposals: { key: string; reviews: unknown[] }[] };
    round.proposals[0]!.reviews = [];
    round.proposals[1]!.key = round.proposals[0]!.key;
    const wrong = join(folder, 'wrong.json');
    writeFileSync(wrong, JSON.stringify(round));
    const { code, out, err } = await ended(cli(['round', 'run', wrong]));
    expect([code, out]).toEqual([2, '']);
    const pointers = (JSON.parse(err.slice(err.indexOf('{'))) as { errors: { pointer: string }[] }).errors.map(
      ({ pointer }) => pointer,
    );
    expect(pointers).toEqual(['/proposals/1/key', '/proposals/0/reviews']);
    expect(await (await fetch(`${url}/api/v1/mailbox`)).json()).toEqual([]);
  });

  it('goes on where a killed run stopped, and a third run changes nothing', async () => {
    const first = cli(['round', 'run', file]);
    const done = ended(first);
    let err = '';
    first.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
    for (let i = 0; i < 1200 && !err.includes('reviewed 3/'); i++) await sleep(25);
    first.kill('SIGKILL');
    expect((await done).code).toBeNull();
    const second = await ended(cli(['round', 'run', file]));
    expect([second.code, second.err.includes('letters 12/12')]).toEqual([0, true]);
    const summary = JSON.parse(second.out) as Summary;
    expect(summary).toMatchObject({ proposals: 12, letters: 12, refusedBeforeReview: 1, reviews: 33 });
    const third = JSON.parse((await ended(cli(['round', 'run', file]))).out) as Summary;
    expect(third).toEqual(summary);
  });

  it('left letters that say the outcome, each once, and a database that is whole', async () => {
    const mails = (await (await fetch(`${url}/api/v1/mailbox`)).json()) as {
      to: string;
      subject: string;
      messageId: string;
      text: string;
    }[];
    const letters = mails.filter(({ subject }) => /^(Beslissing over|Decision on)/.test(subject));
    expect([letters.length, new Set(letters.map(({ messageId }) => messageId)).size]).toEqual([12, 12]);
    expect(letters.every(({ text }) => /toegekend|afgewezen|is granted|is refused/.test(text))).toBe(true);
    const checked = JSON.parse((await ended(cli(['invariants']))).out) as { ok: boolean; checked: number };
    expect(checked).toMatchObject({ ok: true, checked: expect.any(Number) });
    expect(JSON.parse((await ended(cli(['audit', 'verify']))).out)).toMatchObject({ ok: true });
  });

  (process.env['FULL'] === '1' ? it : it.skip)(
    'makes two hundred decisions visible in one move, and sends each letter once',
    async () => {
      const { code, out } = await ended(cli(['round', 'run', 'examples/zuidwest-200.json']));
      expect([code, JSON.parse(out)]).toEqual([
        0,
        expect.objectContaining({ proposals: 200, people: 243, letters: 200, granted: 29, awardedCents: 24_500_000 }),
      ]);
      expect(JSON.parse((await ended(cli(['invariants']))).out)).toMatchObject({ ok: true });
    },
    400_000,
  );
});
