import { rankByExpectedRank, type RankInput } from '#lib/scoring';

/** What a thread computes for a ranking by expected rank: 200 proposals take seconds, and nobody else waits for them. */
export function compute(input: unknown): unknown {
  return rankByExpectedRank(input as RankInput);
}
