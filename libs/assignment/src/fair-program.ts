import { ProgramBuilder, type IntegerProgram, type IntegerSolver, type ProgramAnswer } from '#lib/kernel';
import { isFairer, type Fairest } from './fairest.js';
import { assignmentOf, keepsRules, type Assignment, type AssignmentProblem } from './problem.js';
import { draws } from './tie-break.js';

/** Two programs: the largest worst sum, then the largest total that keeps it. What the solver says is counted again in whole numbers. */
export function improveFairly(
  problem: AssignmentProblem,
  seed: string,
  known: Fairest,
  solver: IntegerSolver,
): Fairest {
  const question = new FairQuestion(problem, seed);
  const how = { mostNodes: known.mostNodes, seed: 0 };
  const worst = solver.maximise(question.program('worst', [known.assignment.worst, known.bound]), how);
  const best = better(known.assignment, question.answer(worst));
  const bound = worst.status === 'optimal' ? best.worst : Math.min(known.bound, Math.floor(worst.bound + 1e-6));
  const total = solver.maximise(question.program('total', [best.worst, best.worst]), how);
  const assignment = better(best, question.answer(total));
  const proven =
    worst.status === 'optimal' && total.status === 'optimal' && assignment.total >= Math.floor(total.bound + 1e-6);
  return { assignment, proven, bound, nodes: worst.nodes + total.nodes, mostNodes: known.mostNodes };
}

function better(one: Assignment, other: Assignment | null): Assignment {
  return other !== null && isFairer(other, one) ? other : one;
}

/** One column for each pair, in an order that the seed draws, so that it decides among equal answers; the last is the worst sum. */
class FairQuestion {
  private readonly order: Int32Array;

  constructor(
    private readonly problem: AssignmentProblem,
    seed: string,
  ) {
    const draw = draws(problem, seed);
    const drawn = Float64Array.from(problem.pairs.utility, (_, pair) => draw(pair));
    this.order = Int32Array.from(drawn, (_, pair) => pair).sort((a, b) => drawn[a]! - drawn[b]! || a - b);
  }

  program(aim: 'worst' | 'total', [least, most]: readonly [number, number]): IntegerProgram {
    const { problem, order } = this;
    const { pairs, hasSeat, fixed } = problem;
    const builder = new ProgramBuilder();
    const ofProposal = problem.proposals.map((): [number, number][] => []);
    const ofReviewer = problem.reviewers.map((): [number, number][] => []);
    order.forEach((pair) => {
      const utility = pairs.utility[pair]!;
      const column = builder.column(aim === 'total' ? utility : 0, fixed[pair]!, 1);
      ofProposal[pairs.proposal[pair]!]!.push([column, utility]);
      ofReviewer[pairs.reviewer[pair]!]!.push([column, 1]);
    });
    const worst = builder.column(aim === 'worst' ? 1 : 0, least, most);
    const seated = (column: number): boolean => hasSeat?.[pairs.reviewer[order[column]!]!] === 1;
    for (const terms of ofProposal) {
      const once = terms.map(([column]) => [column, 1] as const);
      builder.row(problem.reviewsPerProposal, problem.reviewsPerProposal, once);
      if (hasSeat !== null)
        builder.row(
          1,
          Infinity,
          once.filter(([column]) => seated(column)),
        );
      builder.row(0, Infinity, [...terms, [worst, -1]]);
    }
    ofReviewer.forEach((terms, r) => builder.row(problem.minLoads[r]!, problem.maxLoads[r]!, terms));
    return builder.build();
  }

  answer({ values }: ProgramAnswer): Assignment | null {
    if (values === null) return null;
    const chosen = this.order.filter((_, column) => values[column] === 1).sort();
    return keepsRules(this.problem, chosen) ? assignmentOf(this.problem, chosen) : null;
  }
}
