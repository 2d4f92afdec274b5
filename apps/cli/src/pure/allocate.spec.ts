import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ThreadPool } from '#lib/queue';
import { projectFolder } from '#lib/settings';
import { generatedAllocation, inSmallerUnits } from '#lib/testing';
import { COMPUTATIONS } from '#app/worker';
import type { ExitCode, Terminal } from '../command.js';
import { main } from '../main.js';

const CONTRACT = join(projectFolder(), 'test', 'contracts', 'allocate', 'b2-quotas-18.json');
const EXAMPLES = join(projectFolder(), 'examples');

const run = async (args: string[], input: unknown = {}): Promise<{ code: ExitCode; out: string; err: string }> => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    read: () => Promise.resolve(typeof input === 'string' ? input : JSON.stringify(input)),
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    columns: 80,
  };
  return { code: await main(args, terminal), out: out.join('\n'), err: err.join('\n') };
};
const allocate = (input: unknown, ...args: string[]): ReturnType<typeof run> => run(['allocate', 'f', ...args], input);
const elsewhere = (...args: string[]): string =>
  spawnSync(process.execPath, [join(projectFolder(), 'bin', 'regioloket.mjs'), ...args], { encoding: 'utf8' }).stdout;

const faults = async (input: unknown, ...args: string[]): Promise<string[]> => {
  const { code, out, err } = await run(args.length > 0 ? args : ['allocate', 'f'], input);
  expect([code, out]).toEqual([2, '']);
  return JSON.parse(err).errors.map(({ pointer, message }: Record<string, string>) => `${pointer}: ${message}`);
};

const row = { id: 'A', rank: 1, value: 5, requested: 10, minimum: 5, own: 2 };
const good = { budget: 12, cofinancingMin: 0, quotas: [], proposals: [row, { ...row, id: 'B', rank: 2 }] };

describe('regioloket allocate', () => {
  it('answers as the contract says, and ignores what labels a file', async () => {
    const { code, out } = await allocate({ ...good, name: 'x', seed: 3, unit: 'EUR', reference: {} });
    expect([code, JSON.parse(out)]).toEqual([
      0,
      {
        ...{ rule: 'skip', value: 5, paid: 10, unspent: 2, awards: [{ id: 'A', amount: 10 }] },
        ...{ reserve: ['B'], refused: [], quotaViolations: [] },
      },
    ]);
    for (const rule of ['stop', 'skip', 'pro-rata', 'optimal']) {
      const answer = JSON.parse((await allocate(good, '--rule', rule)).out) as Record<string, unknown>;
      expect(Object.keys(answer)).toEqual([
        ...['rule', 'value', 'paid', 'unspent', 'awards', 'reserve', 'refused', 'quotaViolations'],
      ]);
      expect(answer.rule).toBe(rule);
    }
  });

  it('pays in part unless that is forbidden, and tells who is passed over when asked', async () => {
    const partial = { ...good, budget: 16 };
    expect(JSON.parse((await allocate(partial)).out).awards).toEqual([
      { id: 'A', amount: 10 },
      { id: 'B', amount: 6 },
    ]);
    expect(JSON.parse((await allocate(partial, '--no-partial')).out).reserve).toEqual(['B']);
    const dear = {
      ...good,
      proposals: [
        { ...row, minimum: 13, requested: 13 },
        { ...row, id: 'B', rank: 2 },
      ],
    };
    expect(JSON.parse((await allocate(dear, '--verbose')).out).passedOver).toEqual(['A']);
  });

  it('lists minimums of quotas that a ranking misses, and exits with 1 where no allocation can keep them', async () => {
    const quotas = [{ field: 'theme', value: 'health', measure: 'count', min: 2 }];
    const input = { ...good, quotas, proposals: good.proposals.map((one) => ({ ...one, theme: 'health' })), budget: 9 };
    const missed = await allocate(input);
    expect([missed.code, JSON.parse(missed.out).quotaViolations]).toEqual([0, ['theme=health count 1 < 2']]);
    const { code, out } = await allocate(input, '--rule', 'optimal');
    expect([code, JSON.parse(out)]).toEqual([
      1,
      {
        ...{ rule: 'optimal', feasible: false },
        blocking: [
          {
            ...{ quota: 'theme=health count', side: 'min', need: 2 },
            sentence: {
              nl: 'Het quotum theme=health count van ten minste 2 kan niet samengaan met het budget en de andere genoemde quota.',
              en: 'The quota theme=health count of at least 2 cannot hold together with the budget and the other quotas named.',
            },
          },
        ],
      },
    ]);
    expect((await allocate(input, '--rule', 'optimal', '--pretty')).out).toContain('No allocation keeps all quotas.');
  });

  it.each(['stop', 'skip', 'pro-rata', 'optimal'])('gives the same bytes in another process: %s', async (rule) => {
    const { out } = await allocate(readFileSync(CONTRACT, 'utf8'), '--rule', rule);
    expect(elsewhere('allocate', CONTRACT, '--rule', rule)).toBe(`${out}\n`);
  });

  it.each([0, 1, 2])('ends with amounts of 3e9, in a process that could be killed (%i)', (call) => {
    const input = JSON.stringify(inSmallerUnits(generatedAllocation(40, `large ${call}`), 10_000_000, `u${call}`));
    const command = [join(projectFolder(), 'bin', 'regioloket.mjs'), 'allocate', '-', '--rule', 'optimal'];
    const { status, stdout } = spawnSync(process.execPath, command, { input, encoding: 'utf8', timeout: 60_000 });
    expect([status, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ rule: 'optimal', unspent: 0 })]);
  });

  it('prints a table that fits 80 columns, with the money line, what is missed and why', async () => {
    const { out } = await allocate(readFileSync(CONTRACT, 'utf8'), '--pretty');
    for (const line of out.split('\n').filter((one) => !/^P\d+:/.test(one)))
      expect(line.length).toBeLessThanOrEqual(80);
    expect(out).toContain('════ 1,290 of 1,300 paid, 10 left ═');
    expect(out).toMatch(/P08 .* reserve 1 \*/);
    expect(out).toContain('quota missed: theme=health count 0 < 2');
    expect(out).toContain('P01: The own contribution is 15 of 240');
    const wide = { ...row, id: 'x'.repeat(90), requested: 1e11, minimum: 1e10, own: 0 };
    const large = await allocate(
      { ...good, budget: 5e10, proposals: [wide, { ...wide, id: 'y', rank: 9e8 }] },
      '--pretty',
    );
    for (const line of large.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('shows the example of its help', async () => {
    const { out } = await allocate(
      readFileSync(join(EXAMPLES, 'allocation-8.json'), 'utf8'),
      '--rule',
      'optimal',
      '--pretty',
    );
    expect(out).toContain('optimal: value');
    expect((await run(['help', 'allocate'])).out).toContain('examples/allocation-8.json');
  });
});

describe('bad input of allocate', () => {
  it('is told with every fault at its place, all at once', async () => {
    const wrong = {
      ...{ budget: -1, cofinancingMin: '5/4', extra: 1 },
      quotas: [
        { field: 'region', value: 'n', measure: 'sum', min: 3, max: 2 },
        { field: 'own', value: [], measure: 'count' },
      ],
      proposals: [
        { ...row, requested: 1e308, minimum: -3 },
        { ...row, value: 1 / 3, minimum: 11, theme: { deep: [] } },
        { ...row, id: 7, rank: 1.5, own: '3', value: -1 },
        5,
        { ...row, id: '7', rank: 4, requested: 0, minimum: 0 },
      ],
    };
    expect(await faults(wrong)).toEqual([
      '/extra: is not known here',
      '/budget: must be >= 0',
      '/quotas/0/measure: must be one of count, amount',
      '/quotas/1/value: must be string,number,boolean,null',
      '/proposals/0/requested: must be <= 100000000000',
      '/proposals/0/minimum: must be >= 0',
      '/proposals/1/theme: must be string,number,boolean,null',
      '/proposals/2/rank: must be integer',
      '/proposals/2/value: must be >= 0',
      '/proposals/2/own: must be integer',
      '/proposals/3: must be object',
      '/proposals/4/requested: must be >= 1',
      '/cofinancingMin: A share is at most 1.',
      '/quotas/0/field: No proposal has this field.',
      '/quotas/0: The minimum is above the maximum.',
      '/proposals/1/id: This id is listed before.',
      '/proposals/1/rank: The rank 1 is that of /proposals/0 too: draw lots first (regioloket draw).',
      '/proposals/1/minimum: The minimum is above what is requested.',
      '/proposals/4/id: This id is listed before.',
      '/proposals/1/value: Values have at most six decimals, and together with these at most nine digits.',
    ]);
  });

  it.each([
    ['{"budget": NaN}', '/budget'],
    ['['.repeat(1_000_000), ''],
    [`{"proposals": ${'['.repeat(60)}${']'.repeat(60)}}`, '/proposals/0'],
    ['null', ''],
    ['{"__proto__": 1}', '/__proto__'],
    [{ ...good, proposals: [] }, '/proposals'],
    [{ ...good, cofinancingMin: '1/0' }, '/cofinancingMin'],
    [{ ...good, cofinancingMin: 1e308 }, '/cofinancingMin'],
    [{ ...good, cofinancingMin: 'half' }, '/cofinancingMin'],
    [{ ...good, budget: 1e308 }, '/budget'],
    [{ ...good, budget: 1.5 }, '/budget'],
    [{ ...good, proposals: [{ ...row, id: '' }] }, '/proposals/0/id'],
    [
      {
        ...good,
        proposals: [
          { ...row, value: 1e9 },
          { ...row, id: 'B', rank: 2, value: 0.5 },
        ],
      },
      '/proposals/0/value',
    ],
  ])('%.40j is refused', async (input, pointer) => {
    expect((await faults(input)).map((fault) => fault.split(':')[0])).toContain(pointer);
  });

  it('beyond the limits is refused: proposals, bytes, faults, options', async () => {
    const many = Array.from({ length: 10_001 }, (_, i) => ({ ...row, id: i, rank: i + 1 }));
    expect(await faults({ ...good, proposals: many })).toEqual(['/proposals: must NOT have more than 10000 items']);
    const equal = await faults({ ...good, proposals: many.slice(1).map((one) => ({ ...one, rank: 1 })) });
    expect([equal.length, equal.at(-1)]).toEqual([1_001, ': Only the first 1000 faults are named.']);
    expect(await faults(good, 'allocate', 'f', '--rule', 'fair', '--dance')).toEqual([
      ': --rule is one of optimal, stop, skip, pro-rata.',
      ': There is no option --dance.',
    ]);
    const large = `{"name": "${'x'.repeat(49_000_000)}", "budget": 1}`;
    const started = process.cpuUsage();
    expect((await faults(large)).length).toBe(3);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(20);
    const file = spawnSync(process.execPath, [join(projectFolder(), 'bin', 'regioloket.mjs'), 'allocate', '-'], {
      ...{ input: 'x'.repeat(50_000_001), encoding: 'utf8' as const },
    });
    expect([file.status, file.stdout, JSON.parse(file.stderr).errors.length]).toEqual([2, '', 1]);
  });
});

describe('regioloket draw', () => {
  const openssl = (input: string, ...more: string[]): string =>
    spawnSync('openssl', ['dgst', '-sha256', ...more], { input, encoding: 'utf8' })
      .stdout.split('= ')[1]
      ?.trim() ?? '';
  const hasOpenssl = spawnSync('openssl', ['version']).error === undefined;

  (hasOpenssl ? it : it.skip)('is recomputed by an outsider with openssl', async () => {
    const seed = 'geheim-ß:AEX 2027-03-01 912,34';
    const { code, out } = await run([
      'draw',
      '--seed',
      seed,
      '--id',
      'Waterlab',
      '--id',
      'Ç & Ø',
      '--id',
      '2027-1-003',
    ]);
    const { commitment, order, ...rest } = JSON.parse(out) as {
      commitment: string;
      order: { id: string; ticket: string }[];
    };
    expect([code, rest, commitment]).toEqual([0, {}, openssl(seed)]);
    expect(order.map(({ id }) => id).sort()).toEqual(['2027-1-003', 'Waterlab', 'Ç & Ø']);
    for (const { id, ticket } of order) expect(ticket).toBe(openssl(id, '-hmac', seed));
    expect(order.map(({ ticket }) => ticket)).toEqual(order.map(({ ticket }) => ticket).sort());
  });

  it('reads a file too, and gives the same bytes in another process', async () => {
    const file = join(EXAMPLES, 'lots-2.json');
    const text = readFileSync(file, 'utf8');
    const { seed, ids } = JSON.parse(text) as { seed: string; ids: string[] };
    const { out } = await run(['draw', 'f'], text);
    const options = ids.flatMap((id) => ['--id', id]);
    expect((await run(['draw', '--seed', seed, ...options])).out).toBe(out);
    expect(elsewhere('draw', file)).toBe(`${out}\n`);
    expect((await run(['help', 'draw'])).out).toContain('examples/lots-2.json');
    expect((await run(['draw', 'f', '--pretty'], text)).out).toContain('commitment');
  });

  it('refuses what cannot be drawn, with every fault', async () => {
    expect(await faults({ seed: '', ids: ['A', 'A', '', 7, 'a\nb', '\ud800'], x: 1 }, 'draw', 'f')).toEqual([
      ...['/x: is not known here', '/seed: must NOT have fewer than 1 characters'],
      ...['/ids/2: must NOT have fewer than 1 characters', '/ids/3: must be string'],
      ...[
        '/ids/1: This id takes part before.',
        '/ids/4: This text holds a line break.',
        '/ids/5: This text has no form in UTF-8.',
      ],
    ]);
    expect(await faults({ seed: 's', ids: [] }, 'draw', 'f')).toEqual(['/ids: must NOT have fewer than 1 items']);
    for (const args of [
      ['--seed', 's'],
      ['--id', 'A'],
      ['f', '--seed', 's', '--id', 'A'],
    ])
      expect(await faults({}, 'draw', ...args)).toEqual([': Give a file, or --seed and --id, not both.']);
    expect(await faults({}, 'draw')).toEqual([': Name one file, or - for standard input.']);
    expect(await faults({}, 'draw', '--seed', 's', '--id', 'A', '--id', 'A')).toEqual([
      '/ids/1: This id takes part before.',
    ]);
  });
});

describe('as a bundle', () => {
  it.each([
    ['allocate', ['allocate', 'f', '--rule', 'optimal', '--no-partial'], readFileSync(CONTRACT, 'utf8')],
    ['draw', ['draw', '--seed', 's', '--id', 'A', '--id', 'B'], {}],
  ])('%s is computed again from its file, and found out when it was changed', async (kind, args, input) => {
    const bundle = JSON.parse((await run([...args, '--bundle'], input)).out);
    expect([bundle.kind, bundle.seed]).toEqual([kind, null]);
    const plain = JSON.parse((await run(args, input)).out);
    expect(bundle.result).toEqual(plain);
    const replayed = await run(['bundle', 'replay', 'b'], bundle);
    expect([replayed.code, JSON.parse(replayed.out)]).toEqual([0, expect.objectContaining({ same: true, kind })]);
    const [key, value] = kind === 'draw' ? ['commitment', '0'] : ['paid', 1];
    expect((await run(['bundle', 'replay', 'b'], { ...bundle, result: { ...bundle.result, [key]: value } })).code).toBe(
      1,
    );
    expect(await faults({ ...bundle, input: 3 }, 'bundle', 'replay', 'b')).toEqual(['/input: must be object']);
  });
});

describe('on a thread of the pool', () => {
  const module = COMPUTATIONS['bundle']!;
  const question = (size: number, rule: string): unknown => ({
    ...{ kind: 'allocate', input: generatedAllocation(size, 'pool'), options: { rule, partial: true } },
  });

  it.each(['pro-rata', 'optimal'])('%s tells how far it is, and answers as the command does', async (rule) => {
    const shares: number[] = [];
    const onProgress = (share: number): void => void shares.push(share);
    const answer = await new ThreadPool(1).run({ module, input: question(200, rule), onProgress });
    const here = JSON.parse((await allocate(generatedAllocation(200, 'pool'), '--rule', rule)).out);
    expect((answer as { result: unknown }).result).toEqual(here);
    expect(shares.length > 0 && shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it('draws lots', async () => {
    const input = { kind: 'draw', input: { seed: 's', ids: ['A'] }, options: {} };
    const answer = await new ThreadPool(1).run({ module, input });
    expect(answer).toMatchObject({ result: { order: [{ id: 'A' }] } });
  });

  it('stops when nobody wants the answer any more', async () => {
    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    const running = new ThreadPool(1).run({
      module,
      input: question(3_000, 'optimal'),
      signal: stop.signal,
      onProgress,
    });
    await expect(running).rejects.toThrow('The computation was cancelled.');
  });
});
