import { DomainError, type CalculatorTools, type IntegerProgram, type PricingSolver } from '#lib/kernel';
import type { FundingProblem } from '../allocation/funding-problem.js';
import { quotaTotals } from '../allocation/quota-totals.js';
import { heed, step } from '../allocation/tools.js';
import type { MoneyClasses } from './money-classes.js';
import { SelectionProgram, type Floors, type Goal } from './selection-program.js';
import { Standings } from './standing.js';

/** The solver's work ran out before it found an allocation, or knew that there is none. */
export class NoAllocationFound extends DomainError {
  readonly code = 'no-allocation-found';
  constructor() {
    super('No allocation that keeps all quotas was found within the work allowed. Try the rule skip.');
  }
}

/** An answer of the solver, checked in integers. */
export interface Found {
  /** `limit`: the best that was found within the nodes allowed. */
  readonly status: 'optimal' | 'infeasible' | 'limit';
  /** By entry; null when there is none. */
  readonly amounts: readonly number[] | null;
  /** No value is larger (goal `value` only). */
  readonly bound: number;
}

/** Nodes of branch and bound for one question, and for all of one allocation: nothing is left to the clock. */
const [MOST_NODES, MOST_NODES_TOGETHER] = [50_000, 200_000];

/** Up to this budget the solver is asked for whole money when fractions of it did not do. */
const MOST_WHOLE_MONEY = 10_000_000;

/** Not sure: money in fractions left open whether there is a better answer. */
type Answered = Found & { readonly isSure: boolean };

/** One allocation's questions to the solver. */
export class Search {
  private nodesLeft = MOST_NODES_TOGETHER;

  constructor(
    readonly problem: FundingProblem,
    readonly classes: MoneyClasses,
    readonly solver: PricingSolver,
    private readonly tools: CalculatorTools,
  ) {}

  /** The same search in a problem with other quotas. */
  of(problem: FundingProblem): Search {
    return new Search(problem, this.classes, this.solver, this.tools);
  }

  /** Whether some allocation keeps budget and quotas; also true when the work ran out before that was known. */
  canHold(): boolean {
    return this.ask(Standings.of(this.problem), { of: 'first', entries: [] }).status !== 'infeasible';
  }

  /** Tells how far it is, from 0 to 1. Throws AllocationCancelled. */
  tell(share: number): void {
    step(this.tools, share, 1);
  }

  ask(standings: Standings, goal: Goal, floors: Floors = {}): Found {
    const found = this.askOnce(standings, goal, floors, false);
    const isUnclear = found.status !== 'infeasible' && !found.isSure && this.problem.budget <= MOST_WHOLE_MONEY;
    return isUnclear ? this.askOnce(standings, goal, floors, true) : found;
  }

  /** With money in fractions an answer is the best one when, rounded, it keeps all rules and reaches the bound. */
  private askOnce(standings: Standings, goal: Goal, floors: Floors, wholeMoney: boolean): Answered {
    heed(this.tools);
    const selection = new SelectionProgram(this.problem, this.classes, standings, { goal, wholeMoney });
    const program = selection.build(floors);
    const mostNodes = Math.min(MOST_NODES, this.nodesLeft);
    const answer = this.solver.maximise(program, { mostNodes, seed: 0 });
    this.nodesLeft = Math.max(1, this.nodesLeft - answer.nodes);
    const bound = Math.floor(answer.bound + 0.5) + selection.certainValue;
    if (answer.values === null) return { status: answer.status, amounts: null, bound, isSure: true };
    const amounts = selection.awards(answer.values);
    if (!isAllocation(this.problem, amounts) || !reaches(this.problem, amounts, floors))
      return { status: 'limit', amounts: null, bound, isSure: false };
    const isReached = worth(program, answer.values) > answer.bound - 0.5;
    const status = isReached ? answer.status : 'limit';
    return { status, amounts, bound, isSure: isReached || answer.status === 'limit' };
  }
}

/** What an answer is worth to the goal of its program. */
function worth({ cost }: IntegerProgram, values: Float64Array): number {
  return values.reduce((sum, value, column) => sum + value * (cost[column] ?? 0), 0);
}

export function valueOf({ entries }: FundingProblem, amounts: readonly number[]): number {
  return entries.reduce((sum, { value }, i) => sum + (amounts[i] ? value : 0), 0);
}

export function paidBy(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

/** Whether awards (by entry; 0 is none) keep the budget, every quota, and each proposal's bounds. */
export function isAllocation(problem: FundingProblem, amounts: readonly number[]): boolean {
  const totals = quotaTotals(problem, amounts);
  return (
    paidBy(amounts) <= problem.budget &&
    problem.entries.every(({ minimum, requested }, i) => {
      const amount = amounts[i] ?? 0;
      return amount === 0 || (Number.isSafeInteger(amount) && amount >= minimum && amount <= requested);
    }) &&
    problem.quotas.every(({ min = 0, max = Infinity }, q) => (totals[q] ?? 0) >= min && (totals[q] ?? 0) <= max)
  );
}

function reaches(problem: FundingProblem, amounts: readonly number[], { value = 0, paid = 0 }: Floors): boolean {
  return valueOf(problem, amounts) >= value && paidBy(amounts) >= paid;
}
