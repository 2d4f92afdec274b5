import { Fraction } from '#lib/kernel';
import type { FundingProblem } from './funding-problem.js';

/** Money for a group: what is left of it, and what those of the group who have no share yet ask together. */
interface Limit {
  room: Fraction;
  asked: number;
}

/** Shares of requests: the k-th of those who take part gets `levels[levelOf[k]]` of what it asked. */
export interface Shares {
  readonly levels: readonly Fraction[];
  readonly levelOf: readonly number[];
}

const ONE = Fraction.of(1n);

/**
 * Shares that grow alike until a limit is reached: the budget, or an amount maximum of a quota, which stops only its own members
 * (progressive filling). Without such maximums that is budget / sum requested for all, at most 1.
 */
export class EqualShares {
  /** Limit 0 is the budget, limit q + 1 the maximum of quota q. */
  private readonly limitsOf: readonly (readonly number[])[];

  constructor(private readonly problem: FundingProblem) {
    const isCeiling = problem.quotas.map(({ measure, max }) => measure === 'amount' && max !== undefined);
    this.limitsOf = problem.entries.map(({ quotas }) => [0, ...quotas.filter((q) => isCeiling[q]).map((q) => q + 1)]);
  }

  /** The shares of those who take part (positions of entries). */
  among(members: readonly number[]): Shares {
    const rooms = [this.problem.budget, ...this.problem.quotas.map(({ max }) => max ?? 0)];
    const asked = this.asked(members);
    const limits = rooms.map((room, l): Limit => ({ room: whole(room), asked: asked[l] ?? 0 }));
    const levels: Fraction[] = [];
    const levelOf = members.map(() => -1);
    for (let open = members.length; open > 0;) {
      const level = lowest(limits);
      const isFull = limits.map((limit) => level === ONE || (limit.asked > 0 && shareOf(limit).compare(level) <= 0));
      const settled = members.filter((member, k) => {
        if (levelOf[k] !== -1 || !this.limitsOf[member]?.some((l) => isFull[l])) return false;
        levelOf[k] = levels.length;
        return true;
      });
      levels.push(level);
      open -= settled.length;
      if (open > 0) settle(limits, this.asked(settled), level);
    }
    return { levels, levelOf };
  }

  /** What members ask together, by limit. */
  private asked(members: readonly number[]): number[] {
    const asked = [0, ...this.problem.quotas.map(() => 0)];
    for (const member of members) {
      const requested = this.problem.entries[member]?.requested ?? 0;
      for (const l of this.limitsOf[member] ?? []) asked[l] = (asked[l] ?? 0) + requested;
    }
    return asked;
  }
}

/** The lowest level at which a limit is reached; `ONE` itself when nobody has to get less than was asked. */
function lowest(limits: readonly Limit[]): Fraction {
  return limits
    .filter(({ asked }) => asked > 0)
    .map(shareOf)
    .reduce((least, share) => (share.compare(least) < 0 ? share : least), ONE);
}

function settle(limits: readonly Limit[], asked: readonly number[], level: Fraction): void {
  limits.forEach((limit, l) => {
    const settled = asked[l] ?? 0;
    limit.room = limit.room.subtract(level.times(whole(settled)));
    limit.asked -= settled;
  });
}

function shareOf({ room, asked }: Limit): Fraction {
  return room.over(whole(asked));
}

function whole(amount: number): Fraction {
  return Fraction.of(BigInt(amount));
}
