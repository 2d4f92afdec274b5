import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ThreadPool } from '#lib/queue';
import { projectFolder } from '#lib/settings';
import { generatedAssignment } from '#lib/testing';
import { COMPUTATIONS } from '#app/worker';
import type { ExitCode, Terminal } from '../command.js';
import { main } from '../main.js';

const CONTRACTS = join(projectFolder(), 'test', 'contracts', 'assign');
const contract = (name: string): any => JSON.parse(readFileSync(join(CONTRACTS, `${name}.json`), 'utf8'));

const run = async (
  args: string[],
  files: Record<string, unknown> = {},
): Promise<{ code: ExitCode; out: string; err: string }> => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    read: (file) => Promise.resolve(typeof files[file] === 'string' ? files[file] : JSON.stringify(files[file])),
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    columns: 80,
  };
  return { code: await main(['assign', ...args], terminal), out: out.join('\n'), err: err.join('\n') };
};

const faults = async (input: unknown, ...args: string[]): Promise<{ pointer: string; message: string }[]> => {
  const { code, out, err } = await run(['f', ...args], { f: input });
  expect([code, out]).toEqual([2, '']);
  return JSON.parse(err).errors;
};

const good = {
  reviewsPerProposal: 1,
  minLoad: 0,
  maxLoad: 2,
  seats: ['a', 'b'],
  pairs: [
    [0, 0, 5],
    [1, 1, 7],
  ],
};

describe('the contract files', () => {
  it.each([
    ['a1-tiny-12x6', [], 'base'],
    ['a1-tiny-12x6', ['--seat', 'stakeholder'], 'role'],
    ['real-preflib-md-00002-1', [], 'base'],
  ])('%s %j: the total is the reference', async (name, args, reference) => {
    const input = contract(name);
    const { code, out } = await run(['f', ...args], { f: input });
    const answer = JSON.parse(out);
    expect([code, answer.feasible, answer.proven, answer.total]).toEqual([
      0,
      true,
      true,
      input.reference[reference].objective,
    ]);
    expect(answer.assignment.length).toBe(answer.loads.reduce((a: number, b: number) => a + b, 0));
  });

  it('a1 with max-min: the worst sum and the total under it', async () => {
    const input = contract('a1-tiny-12x6');
    const { out } = await run(['f', '--objective', 'max-min', '--seat', 'stakeholder'], { f: input });
    const { maxMinProposalSum, bestTotalGivenMaxMin } = input.reference.maxMinThenTotal;
    expect(JSON.parse(out)).toMatchObject({ proven: true, worst: maxMinProposalSum, total: bestTotalGivenMaxMin });
  });
});

describe('bad input', () => {
  it('is told with every fault of shape at its place', async () => {
    const input = {
      ...good,
      minLoad: -1,
      seats: [],
      pairs: [[0, 0, 1.5], [0, 1], [0, 0, 1e308], 7],
      extra: 1,
      loads: [{ max: 'x' }],
    };
    const places = (await faults(input, '--seed', 'x', '--dance')).map(({ pointer, message }) => pointer || message);
    expect(places).toEqual(['There is no option --dance.']);
    const shape = (await faults(input, '--seed', 'x')).map(({ pointer, message }) => pointer || message);
    expect(shape).toEqual([
      '--seed is a whole number.',
      '/extra',
      '/minLoad',
      '/seats',
      '/pairs/0/2',
      '/pairs/1',
      '/pairs/2/2',
      '/pairs/3',
      '/loads/0/max',
    ]);
  });

  it('is told with every fault of content at its place', async () => {
    const input = {
      ...{ ...good, minLoad: 3, proposals: ['A', 'B', 'A'], reviewers: ['x'], loads: [{ min: 3, max: 1 }, {}] },
      ...{
        pairs: [
          [0, 0, 5],
          [0, 0, 6],
          [9, 0, 1],
          [0, 2, 1],
        ],
        fixed: [
          [0, 0],
          [0, 0],
          [2, 1],
          [0, 7],
        ],
      },
    };
    expect((await faults(input, '--seat', 'c')).map(({ pointer }) => pointer)).toEqual([
      ...['/proposals/2', '/reviewers', '/minLoad', '/loads/0', '/pairs/1', '/pairs/2/0', '/pairs/3/1'],
      ...['/fixed/1', '/fixed/2', '/fixed/3/1', '/seats'],
    ]);
  });

  it.each([
    ['{"seats": [NaN]}', '/seats/0'],
    ['[', '/0'],
    ['['.repeat(100_000), ''],
    ['null', ''],
    ['7', ''],
    [{ ...good, reviewsPerProposal: 0 }, '/reviewsPerProposal'],
    [{ ...good, pairs: [] }, '/pairs'],
    [{ ...good, proposals: [] }, '/proposals'],
  ])('%.40j is refused at %j', async (input, pointer) => {
    expect((await faults(input)).map((fault) => fault.pointer)).toContain(pointer);
  });

  it('beyond the limits is refused', async () => {
    const seats = Array.from({ length: 1_001 }, () => 'a');
    expect((await faults({ ...good, seats, pairs: [[10_000, 1_000, 1]] })).map(({ pointer }) => pointer)).toEqual([
      '/seats',
      '/pairs/0/0',
      '/pairs/0/1',
    ]);
  });

  it('of --why-not and --rebalance is told too', async () => {
    expect((await faults(good, '--why-not', '0'))[0]?.message).toContain('--why-not names');
    expect((await faults(good, '--why-not', '0,1', '--objective', 'max-min'))[0]?.message).toContain(
      '--objective total',
    );
    const { code, err } = await run(['f', '--rebalance', 'g'], {
      f: good,
      g: { previous: [[0, 0]], dropped: [5], x: 1 },
    });
    expect([code, JSON.parse(err).errors.map(({ pointer }: any) => pointer)]).toEqual([2, ['/x']]);
  });
});

describe('regioloket assign', () => {
  it('uses ids when both lists are given, and ignores what labels a file', async () => {
    const input = { ...good, name: 'x', seed: 3, reference: {}, proposals: ['A', 'B'], reviewers: ['x', 'y'] };
    const { out } = await run(['f'], { f: input });
    expect(JSON.parse(out)).toEqual({
      feasible: true,
      proven: true,
      total: 12,
      worst: 5,
      loads: [1, 1],
      assignment: [
        ['A', 'x'],
        ['B', 'y'],
      ],
    });
    const half = { ...good, proposals: ['A', 'B'] };
    expect(JSON.parse((await run(['f'], { f: half })).out).assignment).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('exits with 1 and the rules that cannot hold together', async () => {
    const { code, out } = await run(['f'], {
      f: { ...good, reviewsPerProposal: 2, proposals: ['A', 'B'], reviewers: ['x', 'y'] },
    });
    expect([code, JSON.parse(out)]).toEqual([
      1,
      {
        feasible: false,
        blocking: [expect.objectContaining({ kind: 'reviews', proposals: ['B'], reviewers: [], need: 2, have: 1 })],
      },
    ]);
  });

  it('explains a pair, arranges anew after a drop-out, and prints a table within the width', async () => {
    const input = generatedAssignment({ proposals: 12, reviewers: 8 }, 'table');
    const first = JSON.parse((await run(['f'], { f: input })).out);
    const { out } = await run(['f', '--rebalance', 'g', '--pretty'], {
      f: input,
      g: { previous: first.assignment, dropped: [2] },
    });
    expect(out).toMatch(/\d+ pairs stay, \d+ go, \d+ come:/);
    const why = await run(['f', '--why-not', '0,3', '--pretty', '--seat', 'stakeholder'], { f: input });
    expect(why.out).toContain('* holds the seat stakeholder');
    for (const line of [...out.split('\n'), ...why.out.split('\n').slice(0, -1)])
      expect(line.length).toBeLessThanOrEqual(80);
  });

  it('gives the same bytes for the same seed in another process, and others for another seed', async () => {
    const file = join(CONTRACTS, 'real-preflib-md-00002-1.json');
    const elsewhere = (seed: string): string =>
      spawnSync(process.execPath, [join(projectFolder(), 'bin', 'regioloket.mjs'), 'assign', file, '--seed', seed], {
        encoding: 'utf8',
      }).stdout;
    const { out } = await run(['f', '--seed', '7'], { f: contract('real-preflib-md-00002-1') });
    expect(elsewhere('7')).toBe(`${out}\n`);
    expect(elsewhere('8')).not.toBe(`${out}\n`);
  });
});

describe('as a bundle', () => {
  it('is computed again from its file, and found out when it was changed', async () => {
    const file = { f: contract('a1-tiny-12x6') };
    const { out } = await run(['f', '--bundle', '--seat', 'stakeholder', '--seed', '3'], file);
    const bundle = JSON.parse(out);
    expect(bundle).toMatchObject({ kind: 'assign', seed: '3', result: { total: 15433 } });
    const replay = async (changed: unknown): Promise<ExitCode> => {
      const terminal: Terminal = {
        read: () => Promise.resolve(JSON.stringify(changed)),
        out: () => undefined,
        err: () => undefined,
      };
      return main(['bundle', 'replay', 'b'], terminal);
    };
    expect(await replay(bundle)).toBe(0);
    expect(await replay({ ...bundle, result: { ...bundle.result, total: 15434 } })).toBe(1);
  });
});

describe('on a thread of the pool', () => {
  const module = COMPUTATIONS['bundle']!;
  const question = (proposals: number, reviewers: number, objective: string): unknown => ({
    kind: 'assign',
    input: generatedAssignment({ proposals, reviewers }, 'pool'),
    options: { objective, seat: 'stakeholder', seed: '1' },
  });

  it('tells how far it is and answers as the command does', async () => {
    const shares: number[] = [];
    const onProgress = (share: number): void => void shares.push(share);
    const answer = await new ThreadPool(1).run({ module, input: question(200, 40, 'total'), onProgress });
    expect(answer).toMatchObject({ result: { feasible: true, proven: true } });
    expect(shares.length > 0 && shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it('stops when nobody wants the answer any more', async () => {
    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    const running = new ThreadPool(1).run({
      module,
      input: question(2_000, 150, 'max-min'),
      signal: stop.signal,
      onProgress,
    });
    await expect(running).rejects.toThrow('The computation was cancelled.');
  });
});
