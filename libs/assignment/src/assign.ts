import type { IntegerSolver, CalculatorTools } from '#lib/kernel';
import type { AssignAnswer, NamedChanges, NamedPair, NamedWhyNot } from './assign-answer.js';
import { inverse, orderedProblem, type AssignmentInput, type OrderedProblem } from './assignment-input.js';
import { explainBlocking } from './blocking.js';
import type { BrokenCut } from './irreducible-rules.js';
import { maximiseWorst } from './max-min.js';
import { maximiseTotal } from './maximise-total.js';
import { Names } from './names.js';
import { assignmentNetwork } from './network.js';
import { findPair, type Assignment, type AssignmentProblem } from './problem.js';
import { rebalance, type DropOut } from './rebalance.js';
import { whyNot } from './why-not.js';

/** What is asked of an input without faults; proposals and reviewers by their position in it. */
export interface AssignQuestion {
  readonly input: AssignmentInput;
  readonly objective: 'total' | 'max-min';
  /** The seat that every proposal must have among its reviewers; null: no such rule. */
  readonly seat: string | null;
  readonly seed: string;
  readonly whyNot?: readonly [proposal: number, reviewer: number];
  readonly change?: Change;
}

type Pair = readonly [proposal: number, reviewer: number];

/** What happened since an earlier assignment: who can do no more, and which reviews are done. */
export interface Change {
  readonly previous: readonly Pair[];
  readonly finished: readonly Pair[];
  readonly dropped: readonly number[];
}

/** The best assignment, or the rules that cannot hold together. The solver is needed for `max-min` only. Throws AssignmentCancelled. */
export function assign(question: AssignQuestion, solver: IntegerSolver | null, tools: CalculatorTools): AssignAnswer {
  const ordered = orderedProblem(question.input, question.seat);
  return new Answering(question, ordered, tools).answer(solver);
}

class Answering {
  private readonly names: Names;

  constructor(
    private readonly question: AssignQuestion,
    private readonly ordered: OrderedProblem,
    private readonly tools: CalculatorTools,
  ) {
    this.names = new Names(question.input, ordered);
  }

  answer(solver: IntegerSolver | null): AssignAnswer {
    const { objective, change } = this.question;
    if (change !== undefined) return this.rebalanced(change);
    return objective === 'max-min' && solver !== null ? this.fairest(solver) : this.best();
  }

  private best(): AssignAnswer {
    const { problem } = this.ordered;
    const outcome = maximiseTotal(problem, this.question.seed, this.tools);
    if ('broken' in outcome) return this.blocked(problem, outcome.broken);
    const answer = this.names.assigned(problem, outcome.assignment, { proven: true });
    const about = this.question.whyNot;
    return about === undefined ? answer : { ...answer, whyNot: this.explained(outcome.assignment, about) };
  }

  private fairest(solver: IntegerSolver): AssignAnswer {
    const { problem } = this.ordered;
    const fairest = maximiseWorst(problem, this.question.seed, solver, this.tools);
    if ('broken' in fairest) return this.blocked(problem, fairest.broken);
    const { assignment, ...sure } = fairest;
    return this.names.assigned(problem, assignment, sure);
  }

  private rebalanced(change: Change): AssignAnswer {
    const { seed } = this.question;
    const { changed, outcome } = rebalance(this.ordered.problem, marked(this.ordered, change), seed, this.tools);
    if ('broken' in outcome) return this.blocked(changed, outcome.broken);
    const answer = this.names.assigned(changed, outcome.assignment, { proven: true });
    const before = change.previous.map(([p, r]): NamedPair => [this.names.proposal(p), this.names.reviewer(r)]);
    return { ...answer, rebalance: changes(before, answer.assignment) };
  }

  private explained(assignment: Assignment, [p, r]: Pair): NamedWhyNot {
    const { proposalAt, reviewerAt, problem } = this.ordered;
    const about = {
      proposal: proposalAt.indexOf(p),
      reviewer: reviewerAt.indexOf(r),
      seat: this.question.seat ?? '',
      seed: this.question.seed,
    };
    const { blocking, ...rest } = whyNot(problem, assignment, about, this.tools);
    const named = blocking.map((one) => this.names.blocking(one));
    return { proposal: this.names.proposal(p), reviewer: this.names.reviewer(r), ...rest, blocking: named };
  }

  private blocked(problem: AssignmentProblem, broken: BrokenCut): AssignAnswer {
    const blocking = explainBlocking(problem, assignmentNetwork(problem), broken, this.question.seat ?? '');
    return { feasible: false, blocking: blocking.map((one) => this.names.blocking(one)) };
  }
}

/** A pair that has become a conflict since is not among the problem's pairs any more. */
function marked({ problem, proposalAt, reviewerAt }: OrderedProblem, { previous, finished, dropped }: Change): DropOut {
  const [proposalOf, reviewerOf] = [inverse(proposalAt), inverse(reviewerAt)];
  const mark = (pairs: readonly Pair[]): Uint8Array => {
    const marks = new Uint8Array(problem.fixed.length);
    for (const [p, r] of pairs) {
      const pair = findPair(problem, proposalOf[p]!, reviewerOf[r]!);
      if (pair >= 0) marks[pair] = 1;
    }
    return marks;
  };
  const isDropped = Uint8Array.from(reviewerAt, (at) => Number(dropped.includes(at)));
  return { previous: mark(previous), finished: mark(finished), dropped: isDropped };
}

function changes(before: readonly NamedPair[], after: readonly NamedPair[]): NamedChanges {
  const keys = (pairs: readonly NamedPair[]): Set<string> => new Set(pairs.map((pair) => JSON.stringify(pair)));
  const [had, has] = [keys(before), keys(after)];
  const added = after.filter((pair) => !had.has(JSON.stringify(pair)));
  const removed = before.filter((pair) => !has.has(JSON.stringify(pair)));
  return { kept: before.length - removed.length, added, removed };
}
