import type { FeasibleAnswer, NamedBlocking, NamedPair } from './assign-answer.js';
import type { AssignmentInput, Id, OrderedProblem } from './assignment-input.js';
import type { Blocking } from './blocking.js';
import type { Assignment, AssignmentProblem } from './problem.js';

/** How sure an answer is, and what else is known of it. */
type Sureness = Pick<FeasibleAnswer, 'proven' | 'bound' | 'nodes' | 'mostNodes'>;

/** From the numbers of a problem back to the names and the order of its input. */
export class Names {
  constructor(
    private readonly input: AssignmentInput,
    private readonly ordered: OrderedProblem,
  ) {}

  /** The id at a position of the input, when both lists of ids are given. */
  proposal(at: number): Id {
    return this.input.reviewers === undefined ? at : (this.input.proposals?.[at] ?? at);
  }

  reviewer(at: number): Id {
    return this.input.proposals === undefined ? at : (this.input.reviewers?.[at] ?? at);
  }

  blocking({ kind, proposals, reviewers, need, have, sentence }: Blocking): NamedBlocking {
    const { proposalAt, reviewerAt } = this.ordered;
    return {
      kind,
      proposals: proposals.map((p) => this.proposal(proposalAt[p]!)),
      reviewers: reviewers.map((r) => this.reviewer(reviewerAt[r]!)),
      need,
      have,
      sentence,
    };
  }

  /** `problem` is the one that was solved: it may have fewer pairs than the input. */
  assigned(problem: AssignmentProblem, { chosen, total, worst, loads }: Assignment, sure: Sureness): FeasibleAnswer {
    const { proven, ...more } = sure;
    const byReviewer = new Array<number>(loads.length).fill(0);
    loads.forEach((load, r) => (byReviewer[this.ordered.reviewerAt[r]!] = load));
    const assignment = this.pairs(problem, chosen);
    return { feasible: true, proven, total, worst, ...more, loads: byReviewer, assignment };
  }

  private pairs({ pairs }: AssignmentProblem, chosen: Int32Array): NamedPair[] {
    const { proposalAt, reviewerAt } = this.ordered;
    const at = Array.from(
      chosen,
      (pair) => [proposalAt[pairs.proposal[pair]!]!, reviewerAt[pairs.reviewer[pair]!]!] as const,
    );
    at.sort(([p, r], [q, s]) => p - q || r - s);
    return at.map(([p, r]) => [this.proposal(p), this.reviewer(r)]);
  }
}
