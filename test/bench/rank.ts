import { inOwnProcess } from './own-process.js';
import { per, type Results } from './table.js';

const SIZES = [
  [40, 12],
  [200, 40],
  [1_000, 100],
] as const;

/** CPU seconds and megabytes of one ranking. */
interface Measured {
  readonly ranks: number;
  readonly complete: number;
  readonly megabytes: number;
}

/** Rankings of growing panels, three reviews for each proposal. CPU seconds: wall-clock time on a busy machine says little. */
export function benchRank(): Results {
  const measured = SIZES.map((size) => inOwnProcess('rank-run.js', size) as Measured);
  const growth = measured.map((m, i) => {
    const [before, size] = [measured[i - 1], SIZES[i]?.[0] ?? 1];
    return before === undefined ? '–' : exponent(m.complete / before.complete, size / (SIZES[i - 1]?.[0] ?? 1));
  });
  return {
    title: 'Ranking a panel',
    about:
      'Model crossed, one thread, CPU seconds, each size in a process of its own. Complete: with 80,000 draws for intervals and groups. Asked at 200 x 40: 3 s, 20 s and 300 MB.',
    rows: [
      ['proposals x reviewers', 'expected ranks, s', 'complete, s', 'MB at the peak', 'growth exponent in proposals'],
      ...measured.map(({ ranks, complete, megabytes }, i) => [
        SIZES[i]?.join(' x ') ?? '',
        ...[ranks.toFixed(2), complete.toFixed(2), per(megabytes), growth[i] ?? ''],
      ]),
    ],
  };
}

/** n^e: how much the cost grows with the size. */
function exponent(cost: number, size: number): string {
  return (Math.log(cost) / Math.log(size)).toFixed(2);
}
