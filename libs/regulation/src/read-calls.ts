import type { Transaction } from '#lib/database';
import type { Phase } from '#lib/workflow';
import { scopeOf, type Page, type PageRequest } from '#lib/access';
import type { Instant, Text } from '#lib/kernel';
import { TOLD_MOMENTS, type CallMoments } from './call-moments.js';
import type { Rubric } from './regulation-file.js';
import type { Tranche } from './tranches.js';

/** A call as its readers see it. */
export interface CallView extends CallMoments {
  readonly id: string;
  readonly region: string;
  readonly number: string;
  readonly name: Text;
  readonly state: string;
  readonly phase: Phase;
  readonly version: number;
  /** The same as `closesAt`, from that moment on; null before it. */
  readonly closedAt: Instant | null;
  readonly closeReason: string | null;
  readonly announcedAt: Instant | null;
  readonly ceilingCents: number;
  /** Which tranche of the regulation it is; null where there are none. */
  readonly tranche: Tranche | null;
  readonly rubric: Rubric;
  readonly rulesHash: string;
}

const COLUMNS = `c.id, c.region, c.number, jsonb_build_object('nl', c.name_nl, 'en', c.name_en) as name, c.state, c.phase, c.version,
  ${TOLD_MOMENTS}, case when (app.moments_of(c)).closes_at <= app_now() then (app.moments_of(c)).closes_at end as "closedAt", c.close_reason as "closeReason",
  c.announced_at as "announcedAt", (c.parameters ->> 'ceilingCents')::int as "ceilingCents", c.parameters -> 'rubric' as rubric, c.parameters -> 'tranche' as tranche,
  c.rules_hash as "rulesHash"`;

const ONE = { name: 'read-call', text: `select ${COLUMNS} from call c where c.id = $1 and ${scopeOf('call', 'c')}` };
const LIST = {
  name: 'list-calls',
  text: `select ${COLUMNS} from call c where c.region = $1 and ($2::text is null or c.number > $2) and ${scopeOf('call', 'c')}
    order by c.number limit $3`,
};

/** Null when it does not exist or not for this viewer. */
export async function readCall(tx: Transaction, id: string): Promise<CallView | null> {
  const [call] = await tx.query<CallView>(ONE, [id]);
  return call ?? null;
}

const PUBLISHED = {
  name: 'published-calls',
  text: `select ${COLUMNS} from call c where ${scopeOf('call', 'c')}
    order by array_position(array['submitted', 'preparing', 'in-review', 'announced', 'ended'], c.phase), c.closes_at limit 200`,
};

/** Calls of all regions of this unit of work that the viewer may see: open ones first, then by closing. */
export async function listCallsOfRegions(tx: Transaction): Promise<readonly CallView[]> {
  return tx.query<CallView>(PUBLISHED, []);
}

/** Calls of a region by number. */
export async function listCalls(tx: Transaction, region: string, page: PageRequest): Promise<Page<CallView>> {
  const rows = await tx.query<CallView>(LIST, [region, page.after, page.size + 1]);
  return page.of(rows, ({ number }) => number);
}
