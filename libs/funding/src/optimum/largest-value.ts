import { priceBound, UNIT } from './price-bound.js';
import { NoAllocationFound, valueOf, type Found, type Search } from './search.js';
import { SelectionProgram, type Goal } from './selection-program.js';
import { Standings } from './standing.js';

/** The largest value, and what every allocation that has it has in common. */
export interface LargestValue {
  readonly amounts: readonly number[];
  readonly value: number;
  /** No allocation has a larger value. */
  readonly bound: number;
  readonly standings: Standings;
}

const VALUE: Goal = { of: 'value' };
/** So many entries, those nearest to the price line, are chosen among first; the rest follows its sign. */
const FIRST_CORE = 100;

/**
 * Prices of the program in fractions bound the value. Who would lower that bound below a value that was found is in or out for certain,
 * so that only the few near the price line are left to branch and bound (Balas and Zemel's core). Null when no allocation keeps the quotas.
 * Throws NoAllocationFound.
 */
export function largestValue(search: Search, firstCore = FIRST_CORE): LargestValue | null {
  const everybody = Standings.of(search.problem);
  const program = new SelectionProgram(search.problem, search.classes, everybody, { goal: VALUE }).build({});
  const prices = search.solver.prices(program);
  if (prices === null) return null;
  // The first columns of the program are those of the entries, in their order.
  const { bound, gain } = priceBound(program, prices);
  const core = new Core(everybody, gain.slice(0, search.problem.entries.length), bound);
  const first = firstFound(search, core, firstCore);
  if (first === null) return null;
  const better = core.without(valueOf(search.problem, first.found.amounts));
  if (better.isWithin(first.core)) return finished(search, core, first.found);
  const value = valueOf(search.problem, first.found.amounts);
  const found = search.ask(better.standings(), VALUE, { value });
  const amounts = found.amounts ?? first.found.amounts;
  const isSure = found.status === 'optimal';
  return finished(search, core, { ...found, amounts, status: isSure ? 'optimal' : 'limit' });
}

type Known = Found & { readonly amounts: readonly number[] };

function firstFound(
  search: Search,
  all: Core,
  firstCore: number,
): { readonly found: Known; readonly core: Core } | null {
  const { length } = search.problem.entries;
  for (let size = firstCore; ; size *= 8) {
    const core = all.nearest(size);
    const { amounts, ...found } = search.ask(core.standings(), VALUE);
    if (amounts !== null) return { found: { ...found, amounts }, core };
    if (size < length) continue;
    if (found.status === 'infeasible') return null;
    throw new NoAllocationFound();
  }
}

function finished(search: Search, core: Core, { amounts, status, bound }: Known): LargestValue {
  const value = valueOf(search.problem, amounts);
  const sure = status === 'optimal' ? value : Math.max(value, Math.min(bound, core.most));
  return { amounts, value, bound: sure, standings: core.without(value).standings() };
}

/** The entries that are still open; the others are in or out by the sign of their gain. */
class Core {
  private readonly open: ReadonlySet<number>;

  constructor(
    private readonly everybody: Standings,
    private readonly gain: readonly bigint[],
    private readonly bound: bigint,
    open: Iterable<number> = gain.keys(),
  ) {
    this.open = new Set(open);
  }

  /** No value is larger. */
  get most(): number {
    return Number(this.bound / UNIT);
  }

  nearest(size: number): Core {
    const byDistance = Array.from(this.gain.keys()).sort((i, j) => {
      const [a, b] = [this.distance(i), this.distance(j)];
      if (a === b) return i - j;
      return a < b ? -1 : 1;
    });
    return this.with(byDistance.slice(0, size));
  }

  /** Without those who are sure to be in, or out, wherever the value is at least this. */
  without(value: number): Core {
    const least = BigInt(value) * UNIT;
    return this.with(Array.from(this.gain.keys()).filter((i) => this.bound - this.distance(i) >= least));
  }

  isWithin(other: Core): boolean {
    return Array.from(this.open).every((i) => other.open.has(i));
  }

  standings(): Standings {
    const standings = this.everybody.copy();
    this.gain.forEach((gain, i) => {
      if (this.open.has(i)) return;
      if (gain > 0n) standings.take(i);
      else standings.settle(i, 0);
    });
    return standings;
  }

  private with(open: Iterable<number>): Core {
    return new Core(this.everybody, this.gain, this.bound, open);
  }

  private distance(i: number): bigint {
    const gain = this.gain[i] ?? 0n;
    return gain < 0n ? -gain : gain;
  }
}
