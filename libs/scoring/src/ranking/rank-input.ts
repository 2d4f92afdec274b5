import { Fraction } from '#lib/kernel';
import type { Panel, PanelScore } from './panel.js';
import { partialTotal } from './partial-total.js';

/** The input of `rank` (contract `rank FILE`), checked. Either `scores`, or `criteria` with `reviews`. */
export interface RankInput {
  readonly scale: { readonly min: number; readonly max: number };
  readonly nFundable: number;
  readonly proposals: readonly string[];
  readonly reviewers: readonly string[];
  readonly scores?: readonly { readonly proposal: string; readonly reviewer: string; readonly score: number | null }[];
  readonly criteria?: readonly { readonly key: string; readonly weight: number }[];
  readonly minWeight?: number;
  readonly reviews?: readonly {
    readonly proposal: string;
    readonly reviewer: string;
    readonly criteria: Readonly<Record<string, number | null>>;
  }[];
}

/** With less than half of the weight given a review has no total, unless the input says otherwise. */
const MIN_WEIGHT = 0.5;

/** Exact scores of an input; an empty score is no row. */
export function panelOf(input: RankInput): Panel {
  const scores = input.scores === undefined ? fromCriteria(input) : fromScores(input.scores);
  const scale = { min: Fraction.fromNumber(input.scale.min), max: Fraction.fromNumber(input.scale.max) };
  return { scale, proposals: input.proposals, reviewers: input.reviewers, scores };
}

function fromScores(scores: NonNullable<RankInput['scores']>): PanelScore[] {
  const exact = remembered();
  return scores.flatMap(({ proposal, reviewer, score }) =>
    score === null ? [] : [{ proposal, reviewer, score: exact(score) }],
  );
}

function fromCriteria({ criteria = [], minWeight = MIN_WEIGHT, reviews = [] }: RankInput): PanelScore[] {
  const exact = remembered();
  const weighted = criteria.map(({ key, weight }) => ({ key, weight: exact(weight) }));
  return reviews.flatMap(({ proposal, reviewer, criteria: scores }) => {
    const given = Object.entries(scores).flatMap(([key, score]) =>
      score === null ? [] : [[key, exact(score)] as const],
    );
    const score = partialTotal(weighted, exact(minWeight), new Map(given));
    return score === null ? [] : [{ proposal, reviewer, score }];
  });
}

/** Numbers as fractions; a panel has few different ones. */
function remembered(): (value: number) => Fraction {
  const known = new Map<number, Fraction>();
  return (value) => {
    const fraction = known.get(value) ?? Fraction.fromNumber(value);
    known.set(value, fraction);
    return fraction;
  };
}
