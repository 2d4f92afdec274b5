import type { Text } from '#lib/kernel';
import type { BrokenCut, Rule, RuleKind } from './irreducible-rules.js';
import type { AssignmentNetwork } from './network.js';
import type { AssignmentProblem } from './problem.js';
import { sentenceOf } from './blocking-sentences.js';

/**
 * Rules of one kind among those that cannot hold together. `need` and `have` are those of all rules together: reviews asked for and
 * possible. For `fixed` the two lists are the pairs, side by side.
 */
export interface Blocking {
  readonly kind: RuleKind;
  readonly proposals: readonly number[];
  readonly reviewers: readonly number[];
  readonly need: number;
  readonly have: number;
  readonly sentence: Text;
}

const KINDS: readonly RuleKind[] = ['reviews', 'seat', 'min-load', 'max-load', 'fixed'];

/** The rules by kind, each kind with a sentence; the first sentence tells what they ask for together. */
export function explainBlocking(
  problem: AssignmentProblem,
  network: AssignmentNetwork,
  { rules, need, have }: BrokenCut,
  seat: string,
): readonly Blocking[] {
  const kinds = KINDS.filter((kind) => rules.some((rule) => rule.kind === kind));
  return kinds.map((kind, i) => {
    const about = rules.filter((rule) => rule.kind === kind).map((rule) => concerned(problem, network, rule));
    const proposals = about.flatMap(({ proposal }) => proposal ?? []);
    const reviewers = about.flatMap(({ reviewer }) => reviewer ?? []);
    const sentence = sentenceOf(
      { kind, proposals, reviewers, seat, together: i === 0 ? { need, have, alone: rules.length === 1 } : null },
      problem,
    );
    return { kind, proposals, reviewers, need, have, sentence };
  });
}

function concerned(
  { pairs }: AssignmentProblem,
  { seatArcs, reviewArcs, loadArcs }: AssignmentNetwork,
  { kind, arc }: Rule,
): { proposal?: number; reviewer?: number } {
  if (kind === 'fixed') return { proposal: pairs.proposal[arc]!, reviewer: pairs.reviewer[arc]! };
  if (kind === 'reviews') return { proposal: arc - reviewArcs };
  return kind === 'seat' ? { proposal: arc - seatArcs } : { reviewer: arc - loadArcs };
}
