import type { Entry, FundingProblem } from './funding-problem.js';

/** The money that is left, and the room under each maximum of a quota. */
export class Purse {
  private left: number;
  private readonly room: number[];

  constructor(private readonly problem: FundingProblem) {
    this.left = problem.budget;
    this.room = problem.quotas.map(({ max }) => max ?? Infinity);
  }

  /** The most that an entry can get: min(requested, money left, room under every amount maximum); 0 when a count maximum is full. */
  mostFor({ requested, quotas }: Entry): number {
    return quotas.reduce(
      (most, q) => {
        const room = this.room[q] ?? 0;
        if (this.isCount(q)) return room >= 1 ? most : 0;
        return Math.min(most, room);
      },
      Math.min(requested, this.left),
    );
  }

  pay(entry: Entry, amount: number): void {
    this.raise(entry, amount);
    for (const q of entry.quotas) if (this.isCount(q)) this.room[q] = (this.room[q] ?? 0) - 1;
  }

  /** By how much the award of an entry that is paid can grow within money and amount maximums. */
  moreFor({ quotas }: Entry): number {
    return quotas.reduce((most, q) => (this.isCount(q) ? most : Math.min(most, this.room[q] ?? 0)), this.left);
  }

  /** Adds to an award that was paid. */
  raise({ quotas }: Entry, amount: number): void {
    this.left -= amount;
    for (const q of quotas) if (!this.isCount(q)) this.room[q] = (this.room[q] ?? 0) - amount;
  }

  private isCount(q: number): boolean {
    return this.problem.quotas[q]?.measure === 'count';
  }
}
