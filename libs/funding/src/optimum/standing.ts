import type { FundingProblem } from '../allocation/funding-problem.js';

/** What is known of one entry: whether it may still be left out, and between which bounds its award lies when it gets one. */
interface Standing {
  readonly isOpen: boolean;
  readonly least: number;
  readonly most: number;
}

/** What is known of every entry while the best allocation is narrowed down. */
export class Standings {
  private constructor(private readonly all: Standing[]) {}

  static of({ entries }: FundingProblem): Standings {
    return new Standings(entries.map(({ minimum, requested }) => ({ isOpen: true, least: minimum, most: requested })));
  }

  copy(): Standings {
    return new Standings([...this.all]);
  }

  at(i: number): Standing {
    return this.all[i] ?? OUT;
  }

  isSettled(i: number): boolean {
    const { isOpen, least, most } = this.at(i);
    return !isOpen && least === most;
  }

  /** It gets something, how much is open. */
  take(i: number): void {
    this.all[i] = { ...this.at(i), isOpen: false };
  }

  /** Its award is known; 0 is none. */
  settle(i: number, amount: number): void {
    this.all[i] = { isOpen: false, least: amount, most: amount };
  }

  /** If it gets something, then no more than its minimum. */
  holdAtLeast(i: number): void {
    this.all[i] = { ...this.at(i), most: this.at(i).least };
  }
}

const OUT: Standing = { isOpen: false, least: 0, most: 0 };
