import { scoreProposal } from './proposal-score.js';
import { rankByMean, type Ranked } from './rank-by-mean.js';
import type { CriterionScores, ScoringRubric } from './rubric.js';

/** The reviews of a call's proposals. */
export interface CallScores {
  readonly rubric: ScoringRubric;
  readonly proposals: readonly { readonly id: string; readonly reviews: readonly CriterionScores[] }[];
}

/** A place in the ranking with the exact total (n/d) it rests on. */
export type ScoredPlace = Ranked & { readonly total: string };

/** Totals and places of a whole call, to compare with what was frozen and ranked. Throws CriterionNotScored. */
export function compute({ rubric, proposals }: CallScores, tools?: { progress(share: number): void }): ScoredPlace[] {
  const scored = proposals.map(({ id, reviews }, i) => {
    if (i % 500 === 0) tools?.progress(i / proposals.length);
    return { id, total: scoreProposal(rubric, reviews).total };
  });
  const totals = new Map(scored.map(({ id, total }) => [id, total?.toString() ?? '']));
  return rankByMean(scored).map((place) => ({ ...place, total: totals.get(place.id) ?? '' }));
}
