import { join } from 'node:path';
import type { Transaction } from '#lib/database';
import { Fraction } from '#lib/kernel';
import { ThreadPool } from '#lib/queue';
import { rankByMean, type Ranked, type ScoringRubric } from '#lib/scoring';
import { projectFolder } from '#lib/settings';
import { rankInputOf, readGivenReviews } from './ask-margins.js';

/** By what a ranking orders: the exact mean of the reviews, or the expected rank. */
export type RankingModel = 'mean' | 'expected-rank';

interface Scored {
  readonly id: string;
  readonly number: string;
  /** Exact, as n/d. */
  readonly total: string;
  readonly requestedCents: number;
}

/** One at a time in a process: a ranking is made a few times in a round. */
const POOL = new ThreadPool(1);
const THREAD = join(projectFolder(), 'dist', 'libs', 'decision', 'src', 'expected-ranks-thread.js');

/** The places of a call's proposals as its regulation says, best first; equals share the mean of their places. */
export async function rankByRegulation(
  tx: Transaction,
  { rubric, model }: { readonly rubric: ScoringRubric; readonly model: RankingModel },
  scored: readonly Scored[],
): Promise<readonly Ranked[]> {
  if (model === 'mean') return rankByMean(scored.map(({ id, total }) => ({ id, total: Fraction.parse(total) })));
  const reviews = await readGivenReviews(
    tx,
    scored.map(({ id }) => id),
  );
  const proposals = scored.map(({ id, number, requestedCents: cents }) => ({
    id,
    number,
    cents,
    meetsThreshold: true,
  }));
  // where the money ends has no part in an expected rank
  const line = { ceilingCents: Number.MAX_SAFE_INTEGER, shortage: 'stop' as const };
  const input = rankInputOf({ rubric, ...line, proposals }, reviews);
  const ranked = (await POOL.run({ module: THREAD, input })) as readonly Ranked[];
  const idOf = new Map(scored.map(({ id, number }) => [number, id]));
  return ranked.map(({ id, position }) => ({ id: idOf.get(id) ?? id, position }));
}
