import { inOwnProcess } from './own-process.js';
import { per, type Results } from './table.js';

interface Measured {
  readonly pairs: number;
  readonly total: number;
  readonly readMs: number;
  readonly solveMs: number;
  /** Of all threads: the compiler's and the collector's work too. */
  readonly cpuMs: number;
  readonly megabytes: number;
}

/** Proposals, reviewers, candidates per proposal (0: all pairs), the bar in seconds and what native HiGHS took on an instance of that size. */
const SIZES = [
  [200, 40, 0, '1', '0.08'],
  [1_000, 150, 40, '5', '0.55'],
  [2_000, 150, 0, '6', '–'],
  [7_000, 500, 60, '30', '17'],
] as const;

/** Who reviews what: time and memory by size, and how the time grows with the pairs. */
export function benchAssignments(): Results {
  const rows: string[][] = [];
  let before: Measured | undefined;
  for (const [proposals, reviewers, candidates, bar, native] of SIZES) {
    const now = inOwnProcess('assignment-run.js', [proposals, reviewers, candidates]) as Measured;
    const exponent = before === undefined ? '–' : growth(before, now).toFixed(2);
    rows.push([
      `${per(proposals)} x ${reviewers}${candidates === 0 ? ', all pairs' : ''}`,
      ...[
        per(now.pairs),
        per(now.total),
        (now.readMs / 1_000).toFixed(2),
        (now.solveMs / 1_000).toFixed(2),
        (now.cpuMs / 1_000).toFixed(2),
      ],
      ...[`< ${bar}`, native, per(now.megabytes), exponent],
    ]);
    before = now;
  }
  return {
    title: 'Who reviews what',
    about:
      'Three reviews per proposal, one by a stakeholder, from a seeded generator; each size in a process of its own, memory at its peak. The exponent is the growth of the CPU time with the pairs, from the row above. HiGHS (native, SciPy) was measured on committees of the same size.',
    rows: [
      ['size', 'pairs', 'total', 'reading s', 'solving s', 'CPU s', 'bar s', 'native HiGHS s', 'MB', 'exponent'],
      ...rows,
    ],
  };
}

function growth(before: Measured, now: Measured): number {
  return Math.log(now.cpuMs / before.cpuMs) / Math.log(now.pairs / before.pairs);
}
