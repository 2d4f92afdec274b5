import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import type { ExitCode, Terminal } from '../command.js';
import type { InputFault } from '../unusable-input.js';
import { bundleReplayCommand } from './bundle.js';
import { rankCommand } from './rank.js';

interface Answer {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

const run = async (command: typeof rankCommand, input: unknown, ...options: string[]): Promise<Answer> => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    read: () => Promise.resolve(typeof input === 'string' ? input : JSON.stringify(input)),
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  };
  return { code: await command.run(['-', ...options], terminal), out: out.join('\n'), err: err.join('\n') };
};

const PANEL = {
  ...{ name: 'three', scale: { min: 1, max: 5 }, nFundable: 1 },
  ...{ proposals: ['A', 'B', 'C'], reviewers: ['x', 'y'] },
  scores: [
    { proposal: 'A', reviewer: 'x', score: 5 },
    { proposal: 'B', reviewer: 'x', score: 4 },
    { proposal: 'A', reviewer: 'y', score: 3 },
    { proposal: 'C', reviewer: 'y', score: null },
  ],
};

const faultsOf = ({ code, out, err }: Answer): string[] => {
  expect([code, out]).toEqual([2, '']);
  return (JSON.parse(err) as { errors: InputFault[] }).errors.map(({ pointer, message }) => `${pointer}: ${message}`);
};

describe('rank', () => {
  it('answers as the contract says', async () => {
    const { code, out } = await run(rankCommand, PANEL, '--verbose');
    const answer = JSON.parse(out) as Record<string, unknown> & { proposals: object[] };
    expect(code).toBe(0);
    expect(Object.keys(answer)).toEqual([
      ...['model', 'scaleMappedTo', 'proposals', 'reviewers', 'fundingLine', 'spread', 'warnings', 'accuracy'],
    ]);
    expect(Object.keys(answer.proposals[0]!)).toEqual([
      ...['id', 'reviews', 'rawMean', 'rawRank', 'effect', 'expectedRank', 'pcer', 'rankSd', 'interval50'],
      ...['interval90', 'probabilityWithinLine', 'group', 'firm'],
    ]);
  });

  it('names every fault of an input with its place, all at once', async () => {
    const wrong = {
      ...{ scale: { min: 1, max: 5 }, nFundable: -1, proposals: ['A', 'A'], reviewers: ['x'], extra: 1 },
      scores: [
        { proposal: 'A', reviewer: 'x', score: 9 },
        { proposal: 'Z', reviewer: 'q', score: 1e308 },
        { proposal: 'A', reviewer: 'x', score: '3' },
        5,
      ],
    };
    expect(faultsOf(await run(rankCommand, wrong))).toEqual([
      '/extra: is not known here',
      '/nFundable: must be >= 0',
      '/scores/1/score: must be <= 1000000000000000',
      '/scores/2/score: must be number,null',
      '/scores/3: must be object',
      '/proposals/1: This id is listed before.',
      '/scores/0/score: 9 is not on the scale from 1 to 5.',
      '/scores/1/proposal: This proposal is not in the list of proposals.',
      '/scores/1/reviewer: This reviewer is not in the list of reviewers.',
      '/scores/1/score: 1e+308 is not on the scale from 1 to 5.',
      '/scores/2: This reviewer scores this proposal twice.',
    ]);
  });

  it.each([
    [{ ...PANEL, scores: [] }, '/scores: must NOT have fewer than 1 items'],
    [{ ...PANEL, proposals: [] }, '/proposals: must NOT have fewer than 1 items'],
    [{ ...PANEL, scale: { min: 5, max: 5 } }, '/scale: The lowest score must be below the highest.'],
    [{ ...PANEL, reviews: [] }, ': Give scores, or criteria with reviews; not both.'],
    ['{"scores": [{"score": NaN}]}', '/scores/0/score: NaN is not a value in JSON (line 1, column 23).'],
    ['[]', ': must be object'],
    ['null', ': must be object'],
    ['{"__proto__": 1}', '/__proto__: is not known here'],
  ])('refuses %j', async (input, fault) => {
    expect(faultsOf(await run(rankCommand, input))).toContain(fault);
  });

  it('names faults of criteria', async () => {
    const { scores: _, ...rest } = PANEL;
    const criteria = [{ key: 'a', weight: 0 }];
    const reviews = [{ proposal: 'A', reviewer: 'x', criteria: { a: 7, 'b/c': 2 } }];
    expect(faultsOf(await run(rankCommand, { ...rest, criteria, reviews }))).toEqual([
      '/criteria: At least one criterion must have a weight above zero.',
      '/reviews/0/criteria/b~1c: There is no such criterion.',
      '/reviews/0/criteria/a: 7 is not on the scale from 1 to 5.',
    ]);
  });

  it('beyond 2,000 x 200 names the model that takes more, and that model does', async () => {
    const proposals = Array.from({ length: 2_001 }, (_, i) => (i === 0 ? 'A' : `P${i}`));
    const large = { ...PANEL, proposals: [...proposals, 'B', 'C'] };
    expect(faultsOf(await run(rankCommand, large))).toEqual([expect.stringContaining('use --model mean')]);
    expect((await run(rankCommand, large, '--model', 'mean')).code).toBe(0);
  });

  it('prints a table that fits 80 columns, with the money line', async () => {
    const { out } = await run(rankCommand, { ...PANEL, proposals: ['A', 'B', 'C'] }, '--pretty');
    expect(
      Math.max(
        ...out
          .split('\n')
          .slice(0, -1)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(90);
    expect(out).toMatch(/1 to be funded, line at/);
    expect(out).toContain('not-scored: Not ranked, because there is no score at all: 1 proposal.');
  });

  it('gives the same bytes in another process', async () => {
    const file = join(projectFolder(), 'test', 'contracts', 'rank', 'mock-p3.json');
    const here = await run(rankCommand, readFileSync(file, 'utf8'));
    const there = spawnSync(process.execPath, [join(projectFolder(), 'bin', 'regioloket.mjs'), 'rank', file], {
      encoding: 'utf8',
    });
    expect(there.stdout).toBe(`${here.out}\n`);
  });
});

describe('bundle replay', () => {
  it('computes a ranking again, and sees what was changed', async () => {
    const { out } = await run(rankCommand, PANEL, '--bundle', '--model', 'snsf');
    const replayed = await run(bundleReplayCommand, out);
    expect([replayed.code, JSON.parse(replayed.out)]).toEqual([
      0,
      expect.objectContaining({ same: true, compared: 'bytes' }),
    ]);
    const changed = await run(bundleReplayCommand, out.replace('"group": "random"', '"group": "accept"'));
    expect([changed.code, JSON.parse(changed.out)]).toEqual([
      1,
      expect.objectContaining({ same: false, hashHolds: false }),
    ]);
  });

  it('names the faults of a bundle and of the input within', async () => {
    const bundle = JSON.parse((await run(rankCommand, PANEL, '--bundle')).out) as { input: object };
    expect(faultsOf(await run(bundleReplayCommand, { ...bundle, kind: 'guess' }))).toEqual([
      expect.stringContaining('/kind: Known kinds are: rank'),
    ]);
    expect(faultsOf(await run(bundleReplayCommand, { ...bundle, input: { ...PANEL, scale: 3 } }))).toEqual([
      '/input/scale: must be object',
    ]);
    expect(faultsOf(await run(bundleReplayCommand, '{}'))).toContain(": must have required property 'hash'");
  });
});
