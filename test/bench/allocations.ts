import { inOwnProcess } from './own-process.js';
import { per, type Results } from './table.js';

interface Measured {
  readonly value: number;
  readonly awards: number;
  readonly isProven: boolean;
  readonly ms: number;
  /** Of all threads: the compiler's work too. */
  readonly cpuMs: number;
  readonly megabytes: number;
}

const SIZES = [1_000, 2_500, 5_000];

/** Who gets the money: time and memory by rule and size, and how the time grows with the proposals. */
export function benchAllocations(): Results {
  const rows = ['stop', 'skip', 'pro-rata', 'optimal'].flatMap((rule) => {
    let before: { readonly size: number; readonly cpuMs: number } | undefined;
    return SIZES.map((size) => {
      const now = inOwnProcess('allocation-run.js', [rule, size]) as Measured;
      const exponent = before === undefined ? '–' : growth(before, { size, cpuMs: now.cpuMs }).toFixed(2);
      before = { size, cpuMs: now.cpuMs };
      return [
        ...[rule, per(size), per(now.value), per(now.awards), rule === 'optimal' ? (now.isProven ? 'yes' : 'no') : ''],
        ...[(now.ms / 1_000).toFixed(3), (now.cpuMs / 1_000).toFixed(3), per(now.megabytes), exponent],
      ];
    });
  });
  return {
    title: 'Who gets the money',
    about:
      'Proposals from a seeded generator: two in three can work with 70 % of what they ask, money for 35 %, a minimum and a ceiling for a region, a least count for a theme, at least a fifth borne by oneself. Each in a process of its own, memory at its peak. Proven: the value, the money paid and the list of awards by rank, to the last unit. The exponent is the growth of the CPU time with the proposals, from the row above.',
    rows: [['rule', 'proposals', 'value', 'funded', 'proven', 'seconds', 'CPU s', 'MB', 'exponent'], ...rows],
  };
}

interface Cost {
  readonly size: number;
  readonly cpuMs: number;
}

function growth(before: Cost, now: Cost): number {
  return Math.log(now.cpuMs / before.cpuMs) / Math.log(now.size / before.size);
}
