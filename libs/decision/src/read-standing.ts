import { handles } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';
import type { RankingModel } from './rank-by-regulation.js';

/** Whether the newest ranking of a call still says what the scores say. */
export interface Standing {
  /** Null when nothing was ranked yet. */
  readonly rankedAt: Instant | null;
  /** By what the newest ranking orders; null when nothing was ranked yet. */
  readonly model: RankingModel | null;
  /** False when a score moved since. */
  readonly rankingHolds: boolean;
  /** Numbers of what was scored before and is under review again, or of which a review counts no more; as far as the reader may see them. */
  readonly moving: readonly string[];
}

const READ = {
  name: 'standing-of-call',
  text: `select app.iso(newest.made_at) as "rankedAt", newest.model, app.ranking_holds($1) as "rankingHolds",
      (select coalesce(jsonb_agg(p.number order by p.number), '[]') from proposal p where p.call_id = $1 and ${handles('p')} and (
        p.phase = 'in-review' and p.total_exact is not null or p.phase in ('ranked', 'advised', 'decided') and not app.totals_hold(p.id))) as moving
    from (select) always left join lateral (select made_at, model from ranking where call_id = $1 order by made_at desc limit 1) newest on true`,
};

export async function readStanding(tx: Transaction, callId: string): Promise<Standing> {
  const [standing] = await tx.query<Standing>(READ, [callId]);
  return standing ?? { rankedAt: null, model: null, rankingHolds: true, moving: [] };
}
