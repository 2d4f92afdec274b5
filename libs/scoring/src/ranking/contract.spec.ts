import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import { designOf } from './panel.js';
import { posteriorOf } from './posterior.js';
import { cumulativeRanks, DRAWS } from './rank-distribution.js';
import { panelOf, type RankInput } from './rank-input.js';
import { rankPanel } from './rank-panel.js';
import type { RankedProposal } from './ranking.js';
import { ALONE } from './tools.js';

interface Reference {
  readonly proposalEffectMean: number[];
  readonly proposalEffectSd: number[];
  readonly reviewerEffectMean: number[];
  readonly reviewerEffectSd: number[];
  readonly expectedRank: number[];
  readonly pcer: number[];
  readonly rankSd: number[];
  readonly cri50: [number, number][];
  readonly cri90: [number, number][];
  readonly rankCdf: number[][];
  readonly fundingLine: number;
  readonly group: string[];
  readonly groupFirm: boolean[];
  readonly probRankWithinLine: number[];
}

type Example = RankInput & {
  readonly name: string;
  readonly reference: Record<'crossed' | 'snsf', Reference> & {
    rawMeanOn1to6: number[];
    rawMeanRank: number[];
    published?: { er: number[] };
  };
};

const FOLDER = join(projectFolder(), 'test', 'contracts', 'rank');
const examples = readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example);
const informative = examples.filter(({ name }) => name !== 's7-constant');
const cases = informative.flatMap((example) => (['crossed', 'snsf'] as const).map((model) => ({ example, model })));

const farthest = (values: readonly (number | null | undefined)[], from: readonly number[]): number =>
  Math.max(...from.map((value, i) => Math.abs((values[i] ?? Number.NaN) - value)));

it('the contract has five panels', () => {
  expect([examples.length, cases.length]).toEqual([5, 8]);
});

describe.each(cases)('$example.name, $model', ({ example, model }) => {
  const reference = example.reference[model];
  const { ranking, accuracy } = rankPanel(panelOf(example), { model, places: example.nFundable });
  const of = <T>(get: (proposal: RankedProposal) => T): T[] => ranking.proposals.map(get);
  const size = example.proposals.length;

  it('agrees in expected rank, PCER and funding line', () => {
    expect(
      farthest(
        of((p) => p.expectedRank),
        reference.expectedRank,
      ),
    ).toBeLessThan(0.005);
    expect(
      farthest(
        of((p) => p.pcer),
        reference.pcer,
      ),
    ).toBeLessThan(0.5 / size);
    expect(Math.abs((ranking.fundingLine ?? 0) - reference.fundingLine)).toBeLessThan(0.005);
    expect(accuracy?.expectedRankMoved).toBeLessThan(0.002);
  });

  it('agrees in effects', () => {
    const reviewers = ranking.reviewers.map(({ effect }) => effect);
    expect(
      farthest(
        of((p) => p.effect?.mean),
        reference.proposalEffectMean,
      ),
    ).toBeLessThan(0.002);
    expect(
      farthest(
        of((p) => p.effect?.sd),
        reference.proposalEffectSd,
      ),
    ).toBeLessThan(0.002);
    expect(
      farthest(
        reviewers.map((e) => e?.mean),
        reference.reviewerEffectMean,
      ),
    ).toBeLessThan(0.002);
    expect(
      farthest(
        reviewers.map((e) => e?.sd),
        reference.reviewerEffectSd,
      ),
    ).toBeLessThan(0.002);
  });

  it('agrees in the whole distribution of each rank', () => {
    const posterior = posteriorOf(designOf(panelOf(example)), model, ALONE);
    const all = Array.from({ length: size }, (_, r) => r + 1);
    const ranks = posterior.statistics.design.proposals.map(() => all);
    const shares = cumulativeRanks(posterior, { ranks, draws: DRAWS }, ALONE);
    posterior.statistics.design.proposals.forEach((id, p) => {
      expect(farthest(Array.from(shares[p]!), reference.rankCdf[example.proposals.indexOf(id)]!)).toBeLessThan(0.004);
    });
  });

  it('agrees in intervals, but for ends that noise decides', () => {
    const wrong = ranking.proposals.flatMap(({ id, interval50, interval90 }, i) => {
      const cdf = [0, ...reference.rankCdf[i]!];
      const ends = [...reference.cri50[i]!, ...reference.cri90[i]!];
      return [...interval50!, ...interval90!].flatMap((r, end) => {
        const q = [0.25, 0.75, 0.05, 0.95][end]!;
        const isClear = [ends[end]!, ends[end]! - 1].every((e) => Math.abs(cdf[e]! - q) > 0.005);
        return Math.abs(r - ends[end]!) <= (isClear ? 0 : 1) ? [] : [{ id, end, r }];
      });
    });
    expect(wrong).toEqual([]);
    expect(
      farthest(
        of((p) => p.rankSd),
        reference.rankSd,
      ),
    ).toBeLessThan(0.005 * size);
  });

  it('agrees in groups wherever they are firm, and in the probability within the line', () => {
    const wrong = ranking.proposals.filter(({ group }, i) => reference.groupFirm[i] && group !== reference.group[i]);
    expect(wrong).toEqual([]);
    expect(
      farthest(
        of((p) => p.probabilityWithinLine),
        reference.probRankWithinLine,
      ),
    ).toBeLessThan(0.004);
  });

  it('agrees in raw means and their ranks', () => {
    expect(
      farthest(
        of((p) => p.rawMean),
        example.reference.rawMeanOn1to6,
      ),
    ).toBeLessThan(1e-6);
    expect(of((p) => p.rawRank)).toEqual(example.reference.rawMeanRank);
  });
});

it.each(['crossed', 'snsf'] as const)('equal data have equal places: mock-p1 by %s', (model) => {
  const example = examples.find(({ name }) => name === 'mock-p1')!;
  const { proposals } = rankPanel(panelOf(example), { model, places: 5 }).ranking;
  const placed = (id: string): unknown => {
    const { expectedRank, rankSd, interval50, interval90, probabilityWithinLine, group, firm } = proposals.find(
      (proposal) => proposal.id === id,
    )!;
    return { expectedRank, rankSd, interval50, interval90, probabilityWithinLine, group, firm };
  };
  expect([placed('#3'), placed('#4'), placed('#8')]).toEqual([placed('#2'), placed('#2'), placed('#7')]);
});

it('mock-p1 by snsf lies within 0.08 of what was published', () => {
  const example = examples.find(({ name }) => name === 'mock-p1')!;
  const { proposals } = rankPanel(panelOf(example), { model: 'snsf', places: 5 }).ranking;
  expect(
    farthest(
      proposals.map((p) => p.expectedRank),
      example.reference.published!.er,
    ),
  ).toBeLessThan(0.08);
});

it.each(['crossed', 'snsf'] as const)('constant scores tell nothing, and break nothing: s7 by %s', (model) => {
  const example = examples.find(({ name }) => name === 's7-constant')!;
  const { ranking, accuracy } = rankPanel(panelOf(example), { model, places: example.nFundable });
  expect(accuracy).toBeNull();
  for (const proposal of ranking.proposals)
    expect(proposal).toMatchObject({
      ...{ effect: { mean: 0, sd: null }, expectedRank: 4.5, pcer: 50, group: 'random' },
      ...{ interval50: [2, 6], interval90: [1, 8], probabilityWithinLine: 0.5 },
    });
  expect(ranking.warnings.map(({ code }) => code)).toEqual(['no-information']);
});
