import { Purse } from '../allocation/purse.js';
import type { LargestValue } from './largest-value.js';
import { canMove } from './money-classes.js';
import { paidBy, type Found, type Search } from './search.js';
import type { Floors, Goal } from './selection-program.js';
import type { Standings } from './standing.js';

export interface BestRanked {
  readonly amounts: readonly number[];
  /** False when the solver's work ran out: another allocation of the same value may pay more, or favour a better ranked proposal. */
  readonly isProven: boolean;
}

/** So many entries are decided by one question: their weights are powers of two, which a solver's tolerance must not blur. */
const AT_ONCE = 16;

/**
 * Of all allocations with the largest value those that pay most, and of these the one whose list of awards is largest in the order of
 * the ranking: entry by entry each gets the most that it can get. An entry that already has the most it can have needs no question.
 */
export function bestRanked(search: Search, { amounts, value, standings }: LargestValue): BestRanked {
  const refinement = new Refinement(search, standings.copy(), amounts, value);
  const isProven = refinement.payMost() && refinement.favourBetterRanked();
  return { amounts: refinement.amounts, isProven };
}

class Refinement {
  private paid = 0;

  constructor(
    private readonly search: Search,
    private readonly standings: Standings,
    public amounts: readonly number[],
    private readonly value: number,
  ) {}

  /** False when the work ran out. */
  payMost(): boolean {
    const { entries, budget } = this.search.problem;
    this.amounts = this.filled();
    this.paid = paidBy(this.amounts);
    const asked = entries.reduce((sum, { requested }) => sum + requested, 0);
    if (this.paid === Math.min(budget, asked)) return true;
    const isSure = this.ask({ of: 'paid' });
    this.amounts = this.filled();
    this.paid = paidBy(this.amounts);
    return isSure;
  }

  /** False when the work ran out. */
  favourBetterRanked(): boolean {
    const { length } = this.search.problem.entries;
    for (let i = 0; i < length; i++) {
      this.search.tell(0.5 + i / length / 2);
      if (this.isDecided(i)) continue;
      const { least, most } = this.standings.at(i);
      const isSure = least === most ? this.decideTogether(i) : this.decideAward(i);
      if (!isSure) return false;
    }
    return true;
  }

  /** An entry that has the most it can have keeps it. */
  private isDecided(i: number): boolean {
    if (this.standings.isSettled(i)) return true;
    if (this.amounts[i] !== this.standings.at(i).most) return false;
    this.standings.settle(i, this.standings.at(i).most);
    return true;
  }

  private decideAward(i: number): boolean {
    const { most } = this.standings.at(i);
    if (!this.ask({ of: 'award', entry: i })) return false;
    const amount = this.amounts[i] ?? 0;
    this.standings.settle(i, amount);
    if (amount > 0 && amount < most) this.closeClasses(i);
    return true;
  }

  /** If a worse ranked one got more than its minimum, a unit of it could go to `i`, which can get no more. */
  private closeClasses(i: number): void {
    const { problem, classes } = this.search;
    const to = classes.classOf[i] ?? 0;
    const closes = classes.quotasOf.map((_, from) => canMove(problem, classes, from, to));
    for (let j = i + 1; j < problem.entries.length; j++)
      if (closes[classes.classOf[j] ?? 0] === true) this.standings.holdAtLeast(j);
  }

  /** Who is in of the next entries, up to one whose amount is open. */
  private decideTogether(from: number): boolean {
    const together: number[] = [];
    for (let i = from; i < this.search.problem.entries.length && together.length < AT_ONCE; i++) {
      if (this.standings.isSettled(i)) continue;
      const { least, most } = this.standings.at(i);
      if (least < most) break;
      together.push(i);
    }
    if (!this.ask({ of: 'first', entries: together })) return false;
    for (const i of together) this.standings.settle(i, this.amounts[i] ?? 0);
    return true;
  }

  /** Takes over a better allocation; false when it is not sure to be the best for this goal. */
  private ask(goal: Goal): boolean {
    const floors: Floors = { value: this.value, paid: this.paid };
    const { status, amounts }: Found = this.search.ask(this.standings, goal, floors);
    if (amounts === null || status !== 'optimal') return false;
    this.amounts = amounts;
    return true;
  }

  /** The awards raised within budget and quotas, the best ranked first. */
  private filled(): number[] {
    const { entries } = this.search.problem;
    const purse = new Purse(this.search.problem);
    entries.forEach((entry, i) => {
      if (this.amounts[i]) purse.pay(entry, this.amounts[i]);
    });
    return entries.map((entry, i) => {
      const amount = this.amounts[i] ?? 0;
      if (amount === 0) return 0;
      const more = Math.min(entry.requested - amount, purse.moreFor(entry));
      purse.raise(entry, more);
      return amount + more;
    });
  }
}
