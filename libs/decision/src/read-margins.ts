import { handles } from '#lib/access';
import type { Transaction } from '#lib/database';

/** Places that are reasonable for one proposal: those from `lo` to `hi` hold 90 percent of the chances. */
export interface Margin {
  readonly lo: number;
  readonly hi: number;
  readonly expectedRank: number;
}

/** How sure the places of the newest ranking are. */
export interface Margins {
  readonly status: 'new' | 'running' | 'done' | 'failed' | 'cancelled';
  /** The last place before the money first ran out when the ranking was made; the number of proposals when it reached everybody. */
  readonly line: number;
  /** How many were ranked. */
  readonly of: number;
  /** By number of the proposal; empty until the computation is done. What the reader has an interest in is left out. */
  readonly places: Readonly<Record<string, Margin>>;
}

const NEWEST = {
  name: 'margins-of-newest-ranking',
  text: `select j.status, (j.input #>> '{input,nFundable}')::int as line, jsonb_array_length(j.input #> '{input,proposals}') as of,
      coalesce((select jsonb_object_agg(p.number, jsonb_build_object('lo', one #> '{interval90,0}', 'hi', one #> '{interval90,1}', 'expectedRank', one -> 'expectedRank'))
        from jsonb_array_elements(j.result #> '{result,proposals}') one join proposal p on p.call_id = $1 and p.number = one ->> 'id' and ${handles('p')}
        where one #> '{interval90,0}' is not null), '{}') as places
    from (select margins_job from ranking where call_id = $1 and app.staff_roles(region, app.actor()) <> '[]' order by made_at desc limit 1) r
      join job j on j.id = r.margins_job`,
};

/** Null when there is no ranking, it was made without margins, or the reader is no staff of its region. */
export async function readMargins(tx: Transaction, callId: string): Promise<Margins | null> {
  const [margins] = await tx.query<Margins>(NEWEST, [callId]);
  return margins ?? null;
}
