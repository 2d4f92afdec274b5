import { groupsOf, lastRankWithin, type Group, type Standing } from './groups.js';
import type { RawRank } from './raw-ranks.js';
import type { Effect, Ranking } from './ranking.js';

/** What a model says of one proposal. */
export interface Placement {
  readonly effect: Effect | null;
  readonly expectedRank: number;
  readonly rankSd: number | null;
  readonly interval50: readonly [number, number] | null;
  readonly interval90: readonly [number, number] | null;
  readonly probabilityWithinLine: number | null;
  readonly group: Group;
  readonly firm: boolean;
}

/** What a model says of all that was scored, by id. */
export interface Placements {
  readonly proposals: ReadonlyMap<string, Placement>;
  readonly reviewers: ReadonlyMap<string, Effect | null>;
  readonly fundingLine: number | null;
  readonly spread: Ranking['spread'];
}

/** A proposal whose rank has a distribution. */
export interface Spread extends Standing {
  readonly effect: Effect;
  readonly rankSd: number;
  readonly interval90: readonly [number, number];
}

/** Groups and funding line of proposals whose ranks have distributions. */
export function placeByLine(
  ids: readonly string[],
  spreads: readonly Spread[],
  places: number,
): Pick<Placements, 'proposals' | 'fundingLine'> {
  const { line, groups, firm } = groupsOf(spreads, places);
  const placements = spreads.map(({ within, ...spread }, i) => ({
    ...spread,
    probabilityWithinLine: line === null ? 0 : within(lastRankWithin(line)),
    group: groups[i] ?? 'reject',
    firm: firm[i] ?? false,
  }));
  return { proposals: new Map(ids.map((id, i) => [id, placements[i]] as [string, Placement])), fundingLine: line };
}

/** All scores are the same: every order is as likely as any other. */
export function placeWithoutInformation(
  ids: readonly string[],
  reviewers: readonly string[],
  places: number,
): Placements {
  const size = ids.length;
  const rank = (share: number): number => Math.max(1, Math.ceil(size * share));
  const spread: Spread = {
    effect: { mean: 0, sd: null },
    expectedRank: (size + 1) / 2,
    rankSd: Math.sqrt((size * size - 1) / 12),
    interval50: [rank(0.25), rank(0.75)],
    interval90: [rank(0.05), rank(0.95)],
    within: (r) => Math.min(1, Math.max(0, r / size)),
  };
  const placed = placeByLine(
    ids,
    ids.map(() => spread),
    places,
  );
  return { ...placed, reviewers: new Map(reviewers.map((id) => [id, spread.effect])), spread: null };
}

/** By mean: whoever ties across the line is drawn. */
export function placeByMean(
  raw: ReadonlyMap<string, RawRank>,
  reviewers: readonly string[],
  places: number,
): Placements {
  const ranks = Array.from(raw.values(), ({ rank }) => rank).sort((a, b) => a - b);
  const fundingLine = places === 0 ? null : (ranks[Math.min(places, ranks.length) - 1] ?? null);
  const [inside, outside] = [ranks[places - 1], ranks[places]];
  const groupOf = (rank: number): Group => {
    if (rank === inside && rank === outside) return 'random';
    return inside !== undefined && rank <= inside ? 'accept' : outside === undefined ? 'accept' : 'reject';
  };
  const unknown = { effect: null, rankSd: null, interval50: null, interval90: null, probabilityWithinLine: null };
  return {
    proposals: new Map(
      Array.from(raw, ([id, { rank }]) => [id, { ...unknown, expectedRank: rank, group: groupOf(rank), firm: true }]),
    ),
    reviewers: new Map(reviewers.map((id) => [id, null])),
    ...{ fundingLine, spread: null },
  };
}
