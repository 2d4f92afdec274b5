import { handles } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';
import type { RankingModel } from './rank-by-regulation.js';

/** A ranking with its places, best first. */
export interface RankingView {
  readonly id: string;
  /** By what it orders. */
  readonly model: RankingModel;
  readonly madeAt: Instant;
  readonly resultHash: string;
  /** Of everything that the places follow from. */
  readonly inputsHash: string;
  /** False when a score moved since: nothing can be laid before anybody on it. */
  readonly holds: boolean;
  readonly entries: readonly {
    readonly proposal: { readonly id: string; readonly number: string; readonly title: string };
    /** Equal totals share the mean of their places. */
    readonly position: number;
    readonly reviews: number;
    /** The exact mean as n/d, and rounded to four decimals. */
    readonly totalExact: string;
    readonly total: string;
    readonly meetsThreshold: boolean;
    readonly requestedCents: number | null;
  }[];
}

/** Staff of the region read rankings; an entry of a proposal that was withdrawn since (not of one that waived: it was announced), or in which the reader has an interest or a side, is left out. */
const NEWEST = {
  name: 'newest-ranking',
  text: `select r.id, r.model, r.made_at as "madeAt", r.result_hash as "resultHash", r.inputs_hash as "inputsHash", app.ranking_holds(r.call_id) as holds, (select coalesce(jsonb_agg(jsonb_build_object(
      'proposal', jsonb_build_object('id', p.id, 'number', p.number, 'title', p.title), 'position', e.position::float8,
      'reviews', e.reviews, 'totalExact', e.total_exact, 'total', e.total::text, 'meetsThreshold', e.meets_threshold,
      'requestedCents', p.content #> '{budget,requestedCents}') order by e.position, p.number), '[]')
      from ranking_entry e join proposal p on p.id = e.proposal_id where e.ranking_id = r.id and (p.phase <> 'ended' or p.outcome in ('granted', 'refused'))
        and ${handles('p')}) as entries
    from ranking r where r.call_id = $1 and app.staff_roles(r.region, app.actor()) <> '[]' order by r.made_at desc limit 1`,
};

/** A ranking names all that it ranks, so its print is for who handles every one of them. */
const DOCUMENT = {
  name: 'document-of-newest-ranking',
  text: `select t.id from document t join ranking r on r.id = t.source_id
    where t.kind = 'ranking' and t.call_id = $1 and app.staff_roles(r.region, app.actor()) <> '[]'
      and not exists (select 1 from ranking_entry e join proposal p on p.id = e.proposal_id where e.ranking_id = r.id and not ${handles('p')})
    order by t.version desc limit 1`,
};

/** What was issued of the newest ranking; null when there is none, or not for this viewer. */
export async function newestRankingDocument(tx: Transaction, callId: string): Promise<string | null> {
  const [document] = await tx.query<{ id: string }>(DOCUMENT, [callId]);
  return document?.id ?? null;
}

/** The newest ranking of a call; null when there is none, or not for this viewer. */
export async function newestRanking(tx: Transaction, callId: string): Promise<RankingView | null> {
  const [ranking] = await tx.query<RankingView>(NEWEST, [callId]);
  return ranking ?? null;
}
