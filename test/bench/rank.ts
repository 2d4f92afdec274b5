import { SeededRandom } from '#lib/kernel';
import { panelOf, rankPanel, type RankInput } from '#lib/scoring';
import type { Results } from './table.js';

const SIZES = [
  [40, 12],
  [200, 40],
  [1_000, 100],
] as const;

interface Measured {
  readonly cpu: { readonly ranks: number; readonly complete: number };
  readonly rssMb: number;
}

/** Rankings of growing panels, three reviews for each proposal. CPU seconds: wall-clock time on a busy machine says little. */
export function benchRank(): Results {
  const measured = SIZES.map(([proposals, reviewers]) => measure(proposals, reviewers));
  const growth = measured.map((m, i) => {
    const [before, size] = [measured[i - 1], SIZES[i]?.[0] ?? 1];
    return before === undefined ? '' : exponent(m.cpu.complete / before.cpu.complete, size / (SIZES[i - 1]?.[0] ?? 1));
  });
  return {
    title: 'Ranking a panel',
    about:
      'Model crossed, one thread, CPU seconds. Complete: with 80,000 draws for intervals and groups. Asked at 200 x 40: 3 s, 20 s and 300 MB.',
    rows: [
      ['proposals x reviewers', 'expected ranks, s', 'complete, s', 'resident, MB', 'growth exponent in proposals'],
      ...measured.map(({ cpu, rssMb }, i) => [
        SIZES[i]?.join(' x ') ?? '',
        cpu.ranks.toFixed(2),
        cpu.complete.toFixed(2),
        String(rssMb),
        growth[i] ?? '',
      ]),
    ],
  };
}

function measure(proposals: number, reviewers: number): Measured {
  const panel = panelOf(synthetic(proposals, reviewers));
  const started = process.cpuUsage();
  let ranks = 0;
  const progress = (share: number): void => {
    if (share >= 0.5 && ranks === 0) ranks = seconds(started);
  };
  rankPanel(panel, { model: 'crossed', places: Math.floor(proposals / 3) }, { progress, isCancelled: () => false });
  const complete = seconds(started);
  return { cpu: { ranks, complete }, rssMb: Math.round(process.memoryUsage().rss / 1e6) };
}

function synthetic(proposals: number, reviewers: number): RankInput {
  const random = new SeededRandom(`bench ${proposals}`);
  const half = (): number => random.integer(7) - 3;
  const bias = Array.from({ length: reviewers }, half);
  const scores = Array.from({ length: proposals }, (_, p) => {
    const quality = half();
    const chosen = random.shuffle(Array.from({ length: reviewers }, (_, r) => r)).slice(0, 3);
    return chosen.map((r) => ({
      ...{ proposal: `P${p}`, reviewer: `R${r}` },
      score: Math.max(1, Math.min(10, 5 + quality + Math.round((bias[r] ?? 0) / 2) + random.integer(3) - 1)),
    }));
  }).flat();
  return {
    ...{ scale: { min: 1, max: 10 }, nFundable: Math.floor(proposals / 3), scores },
    proposals: Array.from({ length: proposals }, (_, p) => `P${p}`),
    reviewers: Array.from({ length: reviewers }, (_, r) => `R${r}`),
  };
}

function seconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

/** n^e: how much the cost grows with the size. */
function exponent(cost: number, size: number): string {
  return (Math.log(cost) / Math.log(size)).toFixed(2);
}
