import type { Group } from './groups.js';
import type { Accuracy } from './posterior.js';
import type { Model } from './spreads.js';
import type { Warning } from './warnings.js';

/** The models of the contract; `mean` has no model of reviewers. */
export type RankModel = Model | 'mean';

/** Mean and standard deviation on the scale from 1 to 6; no SD when the scores carry no information. */
export interface Effect {
  readonly mean: number;
  readonly sd: number | null;
}

/** A proposal's place and how sure it is. Ranks run from 1, the best; without any score all is null. */
export interface RankedProposal {
  readonly id: string;
  readonly reviews: number;
  readonly rawMean: number | null;
  readonly rawRank: number | null;
  readonly effect: Effect | null;
  readonly expectedRank: number | null;
  readonly pcer: number | null;
  readonly rankSd: number | null;
  readonly interval50: readonly [number, number] | null;
  readonly interval90: readonly [number, number] | null;
  readonly probabilityWithinLine: number | null;
  readonly group: Group | null;
  readonly firm: boolean | null;
}

/** How strict a reviewer is: below 0 strict, above 0 lenient. For the chair only. */
export interface RankedReviewer {
  readonly id: string;
  readonly reviews: number;
  readonly effect: Effect | null;
}

/** The answer of `rank`, in the order of its input. Numbers are rounded to 1e-6. */
export interface Ranking {
  readonly model: RankModel;
  readonly scaleMappedTo: readonly [1, 6];
  readonly proposals: readonly RankedProposal[];
  readonly reviewers: readonly RankedReviewer[];
  readonly fundingLine: number | null;
  readonly spread: { readonly proposal: number; readonly reviewer: number; readonly residual: number } | null;
  readonly warnings: readonly Warning[];
}

/** A ranking with how well its grid integrated; null where nothing was integrated. */
export interface AccountedRanking {
  readonly ranking: Ranking;
  readonly accuracy: (Accuracy & { readonly draws: number }) | null;
}
