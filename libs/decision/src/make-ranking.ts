import { randomUUID } from 'node:crypto';
import { assertHolds, type Viewer } from '#lib/access';
import type { Database, Transaction } from '#lib/database';
import { claimKey, SubjectNotFound, writeAudit, type RequestKey } from '#lib/engine';
import { canonicalJson, DomainError, Fraction, sha256 } from '#lib/kernel';
import type { Shortage } from '#lib/funding';
import { meetsThreshold, rankByMean, type ScoringRubric } from '#lib/scoring';
import { askMargins } from './ask-margins.js';

/** No proposal of the call has final scores yet. Close the review of at least one. */
export class NothingToRank extends DomainError {
  readonly code = 'nothing-to-rank';
  constructor(call: string) {
    super('No proposal of this call has final scores yet.', { call });
  }
}

/** The call gives money in order of arrival, so nothing is ranked. */
export class CallIsNotRanked extends DomainError {
  readonly code = 'call-is-not-ranked';
  constructor(call: string) {
    super('This call gives money in order of arrival.', { call });
  }
}

interface Scored {
  readonly id: string;
  readonly number: string;
  readonly requestedCents: number;
  readonly reviews: number;
  readonly total: string;
  readonly criteria: Readonly<Record<string, string>>;
}

const LOCK = {
  name: 'lock-call-to-rank',
  text: `select c.number, c.parameters -> 'rubric' as rubric, (c.parameters ->> 'ceilingCents')::float8 as "ceilingCents",
      (select f.content #>> '{regulation,distribution,atShortage}' from frozen_pack f where f.hash = c.rules_hash) as "atShortage",
      app.in_order_of_arrival(c) as "inOrderOfArrival" from call c where c.id = $1 for share`,
};
const SCORED = {
  name: 'scored-proposals',
  text: `select id, number, coalesce((content #>> '{budget,requestedCents}')::float8, 0) as "requestedCents", reviews_counted as reviews, total_exact as total, criteria_exact as criteria from proposal
    where call_id = $1 and total_exact is not null and phase in ('ranked', 'advised', 'decided') order by id`,
};
const INSERT = {
  name: 'make-ranking',
  text: `with made as (insert into ranking (id, region, call_id, made_by, model, result, result_hash, margins_job) values ($1, $2, $3, $4, 'mean', $5, $6, $8))
    insert into ranking_entry (ranking_id, region, proposal_id, position, reviews, total_exact, total, meets_threshold)
    select $1, $2, e.proposal, e.position, e.reviews, e.exact, e.total, e.meets from jsonb_to_recordset($7::jsonb)
      as e(proposal uuid, position numeric, reviews integer, exact text, total numeric, meets boolean)`,
};
const DECIMALS = 4;

/** Ranks a call's proposals by the exact mean of their reviews: a snapshot with a hash; a later one stands beside it. */
export class MakeRanking {
  constructor(private readonly database: Database) {}

  /** Returns the ranking's id. Throws NotForThisViewer, SubjectNotFound, CallIsNotRanked, NothingToRank. */
  async execute(viewer: Viewer, place: { region: string; callId: string }, key?: RequestKey): Promise<string> {
    const { region, callId } = place;
    const actor = assertHolds(viewer, region, ['secretary', 'coordinator', 'chair']);
    const id = randomUUID();
    return this.database.unit({ regions: [region], actor }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      const { call, scored, entries } = await rankedIn(tx, callId);
      const result = canonicalJson({ model: 'mean', entries });
      const hash = sha256(result);
      const margins = await askMargins(tx, { region, actor, ...lineOf(call, scored, entries) });
      await tx.query(INSERT, [id, region, callId, actor, result, hash, JSON.stringify(entries), margins]);
      const subject = { subjectKind: 'ranking', subjectId: id };
      await writeAudit(tx, { region, actor, act: 'ranking.make', ...subject, data: { call: callId, hash } });
      return id;
    });
  }
}

interface Entry {
  readonly proposal: string;
  readonly position: number;
  readonly reviews: number;
  readonly exact: string;
  readonly total: string;
  readonly meets: boolean;
}

interface Locked {
  readonly number: string;
  readonly rubric: ScoringRubric;
  readonly ceilingCents: number;
  readonly atShortage: string | null;
  readonly inOrderOfArrival: boolean;
}

interface RankedNow {
  readonly call: Locked;
  readonly scored: readonly Scored[];
  readonly entries: readonly Entry[];
}

async function rankedIn(tx: Transaction, callId: string): Promise<RankedNow> {
  const [call] = await tx.query<Locked>(LOCK, [callId]);
  if (call === undefined) throw new SubjectNotFound('call', callId);
  if (call.inOrderOfArrival) throw new CallIsNotRanked(call.number);
  const scored = await tx.query<Scored>(SCORED, [callId]);
  if (scored.length === 0) throw new NothingToRank(call.number);
  const byId = new Map(scored.map((one) => [one.id, { ...one, exact: Fraction.parse(one.total) }]));
  const ranked = rankByMean([...byId.values()].map(({ id, exact }) => ({ id, total: exact })));
  const entries = ranked.flatMap(({ id, position }) => {
    const one = byId.get(id);
    if (one === undefined) return [];
    const { reviews, total: exact } = one;
    return [{ proposal: id, position, reviews, exact, total: one.exact.toDecimal(DECIMALS), meets: meets(call, one) }];
  });
  return { call, scored, entries };
}

/** What the margins need to know: who would get money when it is given out from the top. */
function lineOf(
  { rubric, ceilingCents, atShortage }: Locked,
  scored: readonly Scored[],
  entries: readonly Entry[],
): Omit<Parameters<typeof askMargins>[1], 'region' | 'actor'> {
  const byId = new Map(scored.map((one) => [one.id, one]));
  const shortage: Shortage = atShortage === 'skip' ? 'skip' : 'stop';
  const proposals = entries.map(({ proposal: id, meets: meetsThreshold }) => ({
    ...{ id, meetsThreshold, number: byId.get(id)?.number ?? '' },
    cents: byId.get(id)?.requestedCents ?? 0,
  }));
  return { rubric, ceilingCents, shortage, proposals };
}

function meets({ rubric }: { readonly rubric: ScoringRubric }, { reviews, total, criteria }: Scored): boolean {
  const means = Object.entries(criteria).map(([key, mean]) => [key, Fraction.parse(mean)] as const);
  return meetsThreshold(rubric, { reviews, total: Fraction.parse(total), criteria: Object.fromEntries(means) });
}
