import { EQUAL } from './ties.js';

export type Group = 'accept' | 'random' | 'reject';

/** What a group is decided by, for one proposal. */
export interface Standing {
  readonly expectedRank: number;
  /** The closed 50 % interval of the rank. */
  readonly interval50: readonly [number, number];
  /** P(rank <= r). */
  readonly within: (r: number) => number;
}

/** The funding line and where each proposal stands to it, in the order of the input. */
export interface Groups {
  /** The expected rank of the last that fits; null when nothing can be funded. */
  readonly line: number | null;
  readonly groups: readonly Group[];
  readonly firm: readonly boolean[];
}

/**
 * The rule of the SNSF: accepted when the 50 % interval lies before the line, rejected when it lies behind it, else drawn by lot. The
 * proposal on the line is always drawn; who would be drawn for as many places as there are, is accepted; and of more accepted than fit,
 * those behind the line are drawn.
 */
export function groupsOf(standings: readonly Standing[], places: number): Groups {
  const line = lineAt(standings, places);
  if (line === null) return { line, groups: standings.map(() => 'reject'), firm: standings.map(() => true) };
  if (places >= standings.length)
    return { line, groups: standings.map(() => 'accept'), firm: standings.map(() => true) };
  const first = standings.map((standing) => groupBeside(line, standing));
  const isFull = count(first, 'accept') > places;
  const groups = first.map((group, i) =>
    isFull && group === 'accept' && (standings[i]?.expectedRank ?? 0) > line + EQUAL ? 'random' : group,
  );
  const allFit = count(groups, 'accept') + count(groups, 'random') === places;
  return {
    line,
    groups: groups.map((group) => (allFit && group === 'random' ? 'accept' : group)),
    firm: standings.map((standing) => isFirm(line, standing, standings.length)),
  };
}

/** The expected rank of the K-th by expected rank; null without places or proposals. */
export function lineAt(standings: readonly Pick<Standing, 'expectedRank'>[], places: number): number | null {
  const ranks = standings.map(({ expectedRank }) => expectedRank).sort((a, b) => a - b);
  return places === 0 ? null : (ranks[Math.min(places, ranks.length) - 1] ?? null);
}

/** The last whole rank within a line; the line may lack a rounding of being whole. */
export function lastRankWithin(line: number): number {
  return Math.floor(line + EQUAL);
}

/** The last ranks within the line when it is off by as much as a grid may be: one number, or two when it lies near a whole one. */
export function doubtfulRanks(line: number, proposals: number): readonly number[] {
  const doubt = proposals > 60 ? 0.02 : 0.005;
  return [...new Set([Math.floor(line - doubt), Math.floor(line + doubt)])];
}

function groupBeside(line: number, { expectedRank, interval50: [low, high] }: Standing): Group {
  if (Math.abs(expectedRank - line) <= EQUAL) return 'random';
  if (high < line - EQUAL) return 'accept';
  return low > line + EQUAL ? 'reject' : 'random';
}

/** Whether the probability of a place lies further than noise from the limits of the groups, 1/4 and 3/4. */
const FIRM_MARGIN = 0.01;

function isFirm(line: number, { within }: Standing, proposals: number): boolean {
  const shares = doubtfulRanks(line, proposals).map(within);
  const sides = new Set(shares.map((share) => Number(share >= 0.25) + Number(share >= 0.75)));
  return (
    sides.size === 1 && shares.every((share) => Math.min(Math.abs(share - 0.25), Math.abs(share - 0.75)) > FIRM_MARGIN)
  );
}

function count(groups: readonly Group[], which: Group): number {
  return groups.filter((group) => group === which).length;
}
