import { ProgramBuilder, type IntegerProgram } from '#lib/kernel';
import type { FundingProblem } from '../allocation/funding-problem.js';
import type { MoneyClasses } from './money-classes.js';
import type { Standings } from './standing.js';

/** What is to be as large as possible: the value, the money paid, one award, or which of some are in, the first weighing most. */
export type Goal =
  | { readonly of: 'value' }
  | { readonly of: 'paid' }
  | { readonly of: 'award'; readonly entry: number }
  | { readonly of: 'first'; readonly entries: readonly number[] };

/** What is asked; money above the least awards is whole, or may be in fractions. */
interface Question {
  readonly goal: Goal;
  readonly wholeMoney?: boolean;
}

/** What must at least be reached. */
export interface Floors {
  readonly value?: number;
  readonly paid?: number;
}

type Terms = (readonly [column: number, value: number])[];

/**
 * Who is in, as an integer program: a column for each entry that is open, and one for the money that each class of entries gets above
 * their least awards, because only the sum of a class matters to budget and quotas. That money may be in fractions: where amount quotas
 * divide the entries in at most two ways its best is whole by itself (a network), and a solver that tightens whole columns of 1e10 unit by
 * unit does not end.
 */
export class SelectionProgram {
  private readonly builder = new ProgramBuilder();
  /** Column by entry, and for the money above the least: by class, or of the one entry whose award is the goal. */
  private readonly inColumn = new Map<number, number>();
  private readonly moreColumn = new Map<number, number>();
  private readonly awardColumn: number | null;
  private readonly goal: Goal;

  constructor(
    private readonly problem: FundingProblem,
    private readonly classes: MoneyClasses,
    private readonly standings: Standings,
    { goal, wholeMoney = false }: Question,
  ) {
    this.goal = goal;
    problem.entries.forEach((_, i) => {
      if (standings.at(i).isOpen) this.inColumn.set(i, this.builder.column(this.costOf(i), 0, 1));
    });
    const paid = Number(goal.of === 'paid');
    this.classes.quotasOf.forEach((_, c) => {
      const cap = Math.min(
        problem.budget - this.sumOver((i) => (this.isCertain(i) ? standings.at(i).least : 0)),
        this.sumOver((i) => (this.isInClass(i, c) ? this.spread(i) : 0)),
      );
      if (cap > 0) this.moreColumn.set(c, this.builder.column(paid, 0, cap, wholeMoney));
    });
    this.awardColumn = goal.of === 'award' ? this.builder.column(1, 0, this.spread(goal.entry), wholeMoney) : null;
  }

  /** The whole program: budget, quotas, what may be paid above the least awards, and the floors. */
  build({ value, paid = 0 }: Floors): IntegerProgram {
    const { budget, quotas, entries } = this.problem;
    const all = this.classes.quotasOf.map((_, c) => c);
    this.moneyRow(paid, budget, () => true, all);
    quotas.forEach(({ measure, min = 0, max = Infinity }, q) => {
      const counts = (i: number): boolean => entries[i]?.quotas.includes(q) ?? false;
      if (measure === 'count') this.row(min, max, (i) => Number(counts(i)), []);
      else
        this.moneyRow(
          min,
          max,
          counts,
          all.filter((c) => this.classes.quotasOf[c]?.includes(q)),
        );
    });
    for (const [c, column] of this.moreColumn)
      this.row(-Infinity, 0, (i) => (this.isInClass(i, c) ? -this.spread(i) : 0), [[column, 1]]);
    if (this.goal.of === 'award' && this.awardColumn !== null) {
      const { entry } = this.goal;
      this.row(-Infinity, 0, (i) => (i === entry ? -this.spread(i) : 0), [[this.awardColumn, 1]]);
    }
    if (value !== undefined) this.row(value, Infinity, (i) => entries[i]?.value ?? 0, []);
    return this.builder.build();
  }

  /** The awards that an answer means, by entry: money above the least goes to the best ranked of its class. */
  awards(values: Float64Array): number[] {
    const more = new Map(Array.from(this.moreColumn, ([c, column]) => [c, values[column] ?? 0]));
    return this.problem.entries.map((_, i) => {
      const column = this.inColumn.get(i);
      if (column !== undefined && values[column] !== 1) return 0;
      const { least } = this.standings.at(i);
      if (this.isGoal(i)) return least + (values[this.awardColumn ?? 0] ?? 0);
      const c = this.classes.classOf[i] ?? 0;
      const extra = Math.min(this.spread(i), more.get(c) ?? 0);
      more.set(c, (more.get(c) ?? 0) - extra);
      return least + extra;
    });
  }

  /** The value of those that are in for certain. */
  get certainValue(): number {
    return this.sumOver((i) => (this.isCertain(i) ? (this.problem.entries[i]?.value ?? 0) : 0));
  }

  private isCertain(i: number): boolean {
    const { isOpen, least } = this.standings.at(i);
    return !isOpen && least > 0;
  }

  private costOf(i: number): number {
    const { goal } = this;
    if (goal.of === 'value') return this.problem.entries[i]?.value ?? 0;
    if (goal.of === 'paid') return this.standings.at(i).least;
    if (goal.of === 'award') return this.isGoal(i) ? this.standings.at(i).least : 0;
    const place = goal.entries.indexOf(i);
    return place < 0 ? 0 : 2 ** (goal.entries.length - 1 - place);
  }

  private isGoal(i: number): boolean {
    return this.goal.of === 'award' && this.goal.entry === i;
  }

  private isInClass(i: number, c: number): boolean {
    return this.classes.classOf[i] === c && !this.isGoal(i);
  }

  /** How much an award can lie above its least. */
  private spread(i: number): number {
    const { least, most } = this.standings.at(i);
    return most - least;
  }

  private moneyRow(lower: number, upper: number, counts: (i: number) => boolean, classes: readonly number[]): void {
    const terms: Terms = classes.flatMap((c) => {
      const column = this.moreColumn.get(c);
      return column === undefined ? [] : [[column, 1] as const];
    });
    if (this.goal.of === 'award' && this.awardColumn !== null && counts(this.goal.entry))
      terms.push([this.awardColumn, 1]);
    this.row(lower, upper, (i) => (counts(i) ? this.standings.at(i).least : 0), terms);
  }

  /** A row of what each entry that is in adds; those that are in for certain move to the bounds. */
  private row(lower: number, upper: number, adds: (i: number) => number, more: Readonly<Terms>): void {
    const certain = this.sumOver((i) => (this.isCertain(i) ? adds(i) : 0));
    const terms: Terms = [...more];
    for (const [i, column] of this.inColumn) {
      const value = adds(i);
      if (value !== 0) terms.push([column, value]);
    }
    this.builder.row(lower - certain, upper - certain, terms);
  }

  private sumOver(of: (i: number) => number): number {
    return this.problem.entries.reduce((sum, _, i) => sum + of(i), 0);
  }
}
