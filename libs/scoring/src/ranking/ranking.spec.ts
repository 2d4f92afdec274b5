import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '#lib/kernel';
import { NormalDraws } from './normal-draws.js';
import { erfc, normalCdf, quickCdf } from './normal.js';
import { designOf } from './panel.js';
import { posteriorOf } from './posterior.js';
import { panelOf, type RankInput } from './rank-input.js';
import { rankPanel } from './rank-panel.js';
import type { RankedProposal, Ranking, RankModel } from './ranking.js';
import { ALONE, RankingCancelled } from './tools.js';

/** Looked up once: the global is slow to reach from the sandbox of a test. */
const { exp, log, sqrt, PI } = Math;
const isFull = process.env['FULL'] === '1';

type Rows = readonly (readonly [proposal: string, reviewer: string, score: number | null])[];

const inputOf = (rows: Rows, more: Partial<RankInput> = {}): RankInput => ({
  scale: { min: 1, max: 6 },
  nFundable: 1,
  proposals: [...new Set(rows.map(([proposal]) => proposal))],
  reviewers: [...new Set(rows.map(([, reviewer]) => reviewer))],
  scores: rows.map(([proposal, reviewer, score]) => ({ proposal, reviewer, score })),
  ...more,
});
const rank = (input: RankInput, model: RankModel = 'crossed', draws = 2_000): Ranking =>
  rankPanel(panelOf(input), { model, places: input.nFundable, draws }).ranking;
const codes = ({ warnings }: Ranking): string[] => warnings.map(({ code }) => code);
const of = (ranking: Ranking, id: string): RankedProposal => ranking.proposals.find((p) => p.id === id)!;

const SOME: Rows = [
  ['A', 'x', 6],
  ['A', 'y', 4],
  ['B', 'x', 5],
  ['B', 'z', 3],
  ['C', 'y', 2],
  ['C', 'z', 2],
  ['D', 'x', 3],
  ['D', 'y', 1],
];

describe('the normal distribution', () => {
  it.each([
    [0, 1],
    [0.5, 0.4795001221869535],
    [1, 0.15729920705028513],
    [2.5, 0.0004069520174449589],
    [5, 1.5374597944280349e-12],
    [10, 2.088487583762545e-45],
    [26, 5.663192408856143e-296],
    [-1, 1.842700792949715],
  ])('erfc(%p) is right in relative terms, in the tail too', (x, expected) => {
    expect(Math.abs(erfc(x) / expected - 1)).toBeLessThan(1e-12);
  });

  it('from its table is off by less than 4e-8, and never leaves [0, 1]', () => {
    for (let x = -9; x <= 9; x += 0.00731) {
      expect(Math.abs(quickCdf(x) - normalCdf(x))).toBeLessThan(4e-8);
      expect(quickCdf(x) >= 0 && quickCdf(x) <= 1).toBe(true);
    }
    expect([quickCdf(-Infinity), quickCdf(Infinity), quickCdf(0)]).toEqual([0, 1, 0.5]);
  });
});

describe('a ranking', () => {
  it.each(['crossed', 'snsf', 'mean'] as const)(
    'by %s is the same for each id whatever the order of rows and lists',
    (model) => {
      const input = inputOf(SOME, { nFundable: 2 });
      const shuffled = new SeededRandom('order').shuffle(SOME);
      const other = inputOf(shuffled, { nFundable: 2 });
      const [one, two] = [rank(input, model), rank(other, model)];
      for (const id of input.proposals) expect(of(two, id)).toEqual(of(one, id));
      for (const reviewer of one.reviewers) expect(two.reviewers).toContainEqual(reviewer);
      expect([two.fundingLine, two.spread]).toEqual([one.fundingLine, one.spread]);
      expect(two.proposals.map(({ id }) => id)).toEqual(other.proposals);
    },
  );

  it('takes out the strictness of a reviewer: A from a strict one before B from a lenient one', () => {
    const shared: Rows = ['P', 'Q', 'R', 'S'].flatMap((id, i) => [
      [id, 'strict', 1 + i * 0.5] as const,
      [id, 'lenient', 3.5 + i * 0.5] as const,
    ]);
    const ranking = rank(inputOf([...shared, ['A', 'strict', 3], ['B', 'lenient', 4]]));
    expect(of(ranking, 'A').rawRank!).toBeGreaterThan(of(ranking, 'B').rawRank!);
    expect(of(ranking, 'A').expectedRank!).toBeLessThan(of(ranking, 'B').expectedRank!);
    expect(ranking.reviewers.map(({ effect }) => Math.sign(effect!.mean))).toEqual([-1, 1]);
  });

  it('has expected ranks that add up, and a PCER between 0 and 100', () => {
    const { proposals } = rank(inputOf(SOME));
    expect(proposals.reduce((sum, p) => sum + p.expectedRank!, 0)).toBeCloseTo(10, 5);
    for (const { pcer } of proposals) expect(pcer! > 0 && pcer! < 100).toBe(true);
  });

  it('leaves out what nobody scored, and says so', () => {
    const ranking = rank(inputOf([...SOME, ['E', 'x', null]]));
    expect(of(ranking, 'E')).toMatchObject({ reviews: 0, rawMean: null, expectedRank: null, group: null, firm: null });
    expect(ranking.warnings).toContainEqual(expect.objectContaining({ code: 'not-scored', proposals: ['E'] }));
    expect(of(ranking, 'A')).toEqual(of(rank(inputOf(SOME)), 'A'));
  });

  it('of nothing but empty scores ranks nobody', () => {
    const ranking = rank(inputOf([['A', 'x', null]]));
    expect([of(ranking, 'A').expectedRank, ranking.fundingLine]).toEqual([null, null]);
  });

  it('with no places rejects all, and with places for all accepts all', () => {
    const none = rank(inputOf(SOME, { nFundable: 0 }));
    expect([none.fundingLine, new Set(none.proposals.map((p) => p.group))]).toEqual([null, new Set(['reject'])]);
    const all = rank(inputOf(SOME, { nFundable: 9 }));
    expect(new Set(all.proposals.map((p) => p.group))).toEqual(new Set(['accept']));
  });

  it('tells when parts of the panel share no reviewer, and who has one review', () => {
    const ranking = rank(inputOf([...SOME, ['E', 'v', 4], ['F', 'w', 2]]));
    expect(ranking.warnings).toContainEqual(expect.objectContaining({ code: 'disconnected', parts: 3 }));
    expect(ranking.warnings).toContainEqual(expect.objectContaining({ code: 'one-review', proposals: ['E', 'F'] }));
    expect(codes(rank(inputOf(SOME)))).toEqual([]);
  });

  it('by mean draws who ties across the line', () => {
    const rows: Rows = ['A', 'B', 'C', 'D', 'E'].map((id, i) => [id, 'x', [5, 3, 3, 3, 1][i]!] as const);
    const { proposals, fundingLine } = rank(inputOf(rows, { nFundable: 2 }), 'mean');
    expect(proposals.map(({ group }) => group)).toEqual(['accept', 'random', 'random', 'random', 'reject']);
    expect([fundingLine, proposals[1]]).toMatchObject([3, { expectedRank: 3, effect: null, interval50: null }]);
  });

  it('of criteria weighs those that were given, and needs enough of them', () => {
    const criteria = [
      { key: 'a', weight: 1 },
      { key: 'b', weight: 3 },
    ];
    const review = (proposal: string, scores: Record<string, number | null>) => ({
      proposal,
      reviewer: 'x',
      criteria: scores,
    });
    const given = [review('A', { a: 4, b: 2 }), review('B', { a: null, b: 5 }), review('C', { a: 6 })];
    const { scores: _, ...none } = inputOf([]);
    const input = { ...none, proposals: ['A', 'B', 'C'], reviewers: ['x'], criteria, reviews: given };
    const means = (minWeight?: number) =>
      rank({ ...input, ...(minWeight === undefined ? {} : { minWeight }) }, 'mean').proposals.map((p) => p.rawMean);
    expect(means()).toEqual([2.5, 5, null]);
    expect(means(0.25)).toEqual([2.5, 5, 6]);
    expect(means(0.75)).toEqual([2.5, 5, null]);
    expect(means(0.76)).toEqual([2.5, null, null]);
  });

  it('stops when it is cancelled, and tells how far it is', () => {
    const panel = panelOf(inputOf(SOME));
    const shares: number[] = [];
    rankPanel(
      panel,
      { model: 'crossed', places: 1, draws: 2_000 },
      { ...ALONE, progress: (share) => shares.push(share) },
    );
    expect([shares.every((s, i) => s >= (shares[i - 1] ?? 0) && s <= 1), shares.at(-1)! > 0.8]).toEqual([true, true]);
    expect(() => rankPanel(panel, { model: 'crossed', places: 1 }, { ...ALONE, isCancelled: () => true })).toThrow(
      RankingCancelled,
    );
  });
});

/** A panel of any size: normal, constant, without noise, of single reviews, in parts, on a scale far from 1 to 6. */
const anyPanel = (random: SeededRandom): RankInput => {
  const [proposals, reviewers] = [1 + random.integer(60), 1 + random.integer(20)];
  const kind = random.integer(6);
  const scale = [
    { min: 1, max: 6 },
    { min: 0, max: 1e-9 },
    { min: -1e15, max: 1e15 },
    { min: 0, max: 100 },
  ][random.integer(4)]!;
  const rows: [string, string, number | null][] = [];
  for (let p = 0; p < proposals; p++) {
    const pool = Array.from({ length: reviewers }, (_, r) => r).filter((r) => kind !== 3 || r % 2 === p % 2);
    const chosen = random.shuffle(pool).slice(0, kind === 2 ? 1 : 1 + random.integer(5));
    for (const r of chosen) {
      const share = [
        random.integer(101) / 100,
        0.4,
        random.integer(6) / 5,
        random.integer(11) / 10,
        random.integer(2),
        p / proposals,
      ][kind]!;
      rows.push([`P${p}`, `R${r}`, random.integer(20) === 0 ? null : scale.min * (1 - share) + scale.max * share]);
    }
  }
  const ids = {
    proposals: Array.from({ length: proposals }, (_, p) => `P${p}`),
    reviewers: Array.from({ length: reviewers }, (_, r) => `R${r}`),
  };
  return inputOf(rows, { ...ids, scale, nFundable: random.integer(proposals + 2) });
};

it(`any panel has an answer without NaN (${isFull ? 2_000 : 40} panels)`, () => {
  const random = new SeededRandom('any panel');
  for (let i = 0; i < (isFull ? 2_000 : 40); i++) {
    const input = anyPanel(random);
    const ranking = rank(input, i % 4 === 0 ? 'snsf' : 'crossed', 400);
    expect(
      JSON.stringify(ranking, (_, v: unknown) => (typeof v === 'number' && !Number.isFinite(v) ? 'NaN' : v)),
    ).not.toContain('"NaN"');
    const ranked = ranking.proposals.filter((p) => p.expectedRank !== null);
    const sum = ranked.reduce((total, p) => total + p.expectedRank!, 0);
    expect(Math.abs(sum - (ranked.length * (ranked.length + 1)) / 2)).toBeLessThan(1e-3);
    for (const { interval50, interval90, probabilityWithinLine: c } of ranked) {
      const [low, high] = [interval90![0], interval90![1]];
      expect(1 <= low && low <= interval50![0] && interval50![1] <= high && high <= ranked.length).toBe(true);
      expect(c! >= 0 && c! <= 1).toBe(true);
    }
  }
}, 3_600_000);

/** Reviewers who disagree: no spread is near zero, where 20 steps would be too coarse. */
const NOISY: Rows = [
  ['A', 'x', 6],
  ['A', 'y', 2],
  ['B', 'x', 3],
  ['B', 'z', 5],
  ['C', 'y', 4],
  ['C', 'z', 1],
  ['D', 'x', 2],
  ['D', 'y', 3],
];

describe('an integration of another kind', () => {
  it('agrees: the covariance of all scores as one matrix, midpoints of three spreads, Phi by Simpson', () => {
    const { proposals, reviewers } = rank(inputOf(NOISY));
    const slow = slowRanking(NOISY);
    proposals.forEach(({ expectedRank, effect }, p) => {
      expect(Math.abs(expectedRank! - slow.expectedRank[p]!)).toBeLessThan(0.002);
      expect(Math.abs(effect!.mean - slow.mean[p]!)).toBeLessThan(0.002);
      expect(Math.abs(effect!.sd! - slow.sd[p]!)).toBeLessThan(0.002);
    });
    expect(reviewers).toHaveLength(3);
  });
});

/** The model `crossed` by dense matrices: y ~ N(3.5, t^2 ZZ' + k^2 WW' + v^2 I + 100), theta | y by conditioning. */
function slowRanking(rows: Rows): { expectedRank: number[]; mean: number[]; sd: number[] } {
  const [ids, who] = [[...new Set(rows.map(([p]) => p))], [...new Set(rows.map(([, r]) => r))]];
  const y = rows.map(([, , score]) => score! - 3.5);
  const [expectedRank, first, second] = [ids.map(() => 0), ids.map(() => 0), ids.map(() => 0)];
  let total = 0;
  const steps = Array.from({ length: 24 }, (_, i) => ((i + 0.5) * 5) / 24);
  for (const t of steps)
    for (const k of steps)
      for (const v of steps) {
        const sigma = rows.map(([p, r], i) =>
          rows.map(([q, s], j) => 100 + (p === q ? t * t : 0) + (r === s ? k * k : 0) + (i === j ? v * v : 0)),
        );
        const z = ids.map((id) => rows.map(([p]) => (p === id ? t * t : 0)));
        const { solved, logDeterminant } = eliminate(sigma, [y, ...z]);
        const square = y.reduce((sum, value, i) => sum + value * solved[0]![i]!, 0);
        const weight = exp(-(t * t + k * k + v * v + logDeterminant + square) / 2);
        const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
        const mean = z.map((row) => dot(row, solved[0]!));
        const cov = z.map((row, a) => z.map((_, b) => (a === b ? t * t : 0) - dot(row, solved[b + 1]!)));
        total += weight;
        ids.forEach((_, a) => {
          first[a]! += weight * mean[a]!;
          second[a]! += weight * (cov[a]![a]! + mean[a]! ** 2);
          const above = ids.map((_, b) =>
            a === b ? 1 : phi((mean[b]! - mean[a]!) / sqrt(cov[a]![a]! + cov[b]![b]! - 2 * cov[a]![b]!)),
          );
          expectedRank[a]! += weight * above.reduce((sum, share) => sum + share, 0);
        });
      }
  expect(who).toHaveLength(3);
  const mean = first.map((sum) => sum / total);
  return {
    expectedRank: expectedRank.map((sum) => sum / total),
    mean,
    sd: second.map((sum, a) => sqrt(sum / total - mean[a]! ** 2)),
  };
}

/** Gauss elimination of a positive definite matrix with several right-hand sides. */
function eliminate(matrix: number[][], sides: number[][]): { solved: number[][]; logDeterminant: number } {
  const rows = matrix.map((row, i) => [...row, ...sides.map((side) => side[i]!)]);
  let logDeterminant = 0;
  for (let i = 0; i < rows.length; i++) {
    const pivot = rows[i]!;
    logDeterminant += log(pivot[i]!);
    for (let j = 0; j < rows.length; j++) {
      if (j === i) continue;
      const factor = rows[j]![i]! / pivot[i]!;
      for (let c = i; c < pivot.length; c++) rows[j]![c]! -= factor * pivot[c]!;
    }
  }
  const solved = sides.map((_, s) => rows.map((row, i) => row[rows.length + s]! / row[i]!));
  return { solved, logDeterminant };
}

function phi(x: number): number {
  const [bound, steps] = [Math.max(-8, Math.min(8, x)), 60];
  const width = bound / steps;
  const density = (u: number): number => exp((-u * u) / 2) / sqrt(2 * PI);
  let sum = density(0) + density(bound);
  for (let i = 1; i < steps; i++) sum += density(i * width) * (i % 2 === 0 ? 2 : 4);
  return 0.5 + (sum * width) / 3;
}

describe(`synthetic panels of 40 x 12 x 3 (${isFull ? 60 : 6} replications)`, () => {
  const gain = (biasSd: number): number => {
    const random = new SeededRandom(`bias ${biasSd}`);
    const gains = Array.from({ length: isFull ? 60 : 6 }, () => {
      const { quality, input } = synthetic(random, biasSd);
      const design = designOf(panelOf(input));
      const { expectedRank } = posteriorOf(design, 'crossed', ALONE);
      const truth = design.proposals.map((id) => quality.get(id)!);
      const raw = rank(input, 'mean').proposals;
      const byMean = design.proposals.map((id) => -raw.find((p) => p.id === id)!.rawRank!);
      return (
        tauA(
          Array.from(expectedRank, (er) => -Math.round(er * 1e6)),
          truth,
        ) - tauA(byMean, truth)
      );
    });
    return gains.reduce((sum, x) => sum + x, 0) / gains.length;
  };

  it('are ranked nearer to the truth than by means, where reviewers differ', () => {
    expect(gain(1)).toBeGreaterThanOrEqual(0.1);
  }, 600_000);

  it('lose next to nothing where they do not', () => {
    expect(gain(0)).toBeGreaterThanOrEqual(-0.01);
  }, 600_000);
});

/** Quality N(0, 1), noise N(0, 0.6^2), whole scores from 0 to 10 in steps of half an SD; neighbours share a group of six reviewers out of twelve. */
function synthetic(random: SeededRandom, biasSd: number): { quality: Map<string, number>; input: RankInput } {
  const normals = new NormalDraws(random);
  const draw = (count: number): Float64Array => {
    const values = new Float64Array(count);
    normals.fill(values);
    return values;
  };
  const [quality, bias] = [draw(40), draw(12).map((b) => b * biasSd)];
  const rows = Array.from(quality).flatMap((q, p) => {
    const near = Array.from({ length: 6 }, (_, i) => (Math.floor((p * 12) / 40) + i) % 12);
    const noise = draw(3);
    return random
      .shuffle(near)
      .slice(0, 3)
      .map((r, i): [string, string, number] => {
        const score = Math.round(5 + 2 * (q + bias[r]! + 0.6 * noise[i]!));
        return [`P${p}`, `R${r}`, Math.min(10, Math.max(0, score))];
      });
  });
  return {
    quality: new Map(Array.from(quality, (q, p) => [`P${p}`, q])),
    input: inputOf(rows, { scale: { min: 0, max: 10 } }),
  };
}

/** Kendall's tau-a: a tied pair counts 0. */
function tauA(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) sum += Math.sign(a[i]! - a[j]!) * Math.sign(b[i]! - b[j]!);
  return sum / ((a.length * (a.length - 1)) / 2);
}
