import type { Transaction } from '#lib/database';
import { SubjectNotFound } from '#lib/engine';
import { shortageOf } from '#lib/funding';
import { canonicalJson, DomainError, Fraction, sha256 } from '#lib/kernel';
import { meetsThreshold, type ScoringRubric } from '#lib/scoring';
import type { RankedCall } from './ask-margins.js';
import { rankByRegulation, type RankingModel } from './rank-by-regulation.js';

/** No proposal of the call has final scores yet. Close the review of at least one. */
export class NothingToRank extends DomainError {
  readonly code = 'nothing-to-rank';
  constructor(call: string) {
    super('No proposal of this call has final scores yet.', { call });
  }
}

/** A review of these proposals counts no more since their totals were computed. Wait until they are computed again, or close the review again. */
export class ScoresAreOutdated extends DomainError {
  readonly code = 'scores-are-outdated';
  constructor(numbers: readonly string[]) {
    super('Totals of this call rest on reviews that count no more.', { numbers: numbers.join(', ') });
  }
}

/** The call gives money in order of arrival, so nothing is ranked. */
export class CallIsNotRanked extends DomainError {
  readonly code = 'call-is-not-ranked';
  constructor(call: string) {
    super('This call gives money in order of arrival.', { call });
  }
}

/** The call can still be applied to, so what there is now is not everything that is compared. */
export class CallIsStillOpen extends DomainError {
  readonly code = 'call-is-still-open';
  constructor(call: string) {
    super('This call is still open; nothing is compared before it has closed.', { call });
  }
}

interface Scored {
  readonly id: string;
  readonly number: string;
  readonly requestedCents: number;
  readonly reviews: number;
  readonly total: string;
  readonly criteria: Readonly<Record<string, string>>;
  /** Of the reviews that the totals were computed from. */
  readonly scoresHash: string | null;
  readonly isOutdated: boolean;
}

const LOCK = {
  name: 'lock-call-to-rank',
  text: `select c.number, c.region, c.parameters -> 'rubric' as rubric, (c.parameters ->> 'ceilingCents')::float8 as "ceilingCents",
      (select f.content #>> '{regulation,distribution,atShortage}' from frozen_pack f where f.hash = c.rules_hash) as "atShortage",
      (select case when f.content #>> '{regulation,ranksBy}' = 'expected-rank' then 'expected-rank' else 'mean' end
        from frozen_pack f where f.hash = c.rules_hash) as model, app.in_order_of_arrival(c) as "inOrderOfArrival", app_now() < (app.moments_of(c)).closes_at as "isOpen", c.rules_hash as "rulesHash" from call c where c.id = $1 for share`,
};
/** Decimals of the rounded total, for sorting and print; the exact one stands beside it. */
const DECIMALS = 4;

/** Scores that move while the ranking is made wait for it, and are counted behind it. */
const COUNT = {
  name: 'lock-moved-scores',
  text: `with kept as (insert into scores_moved (call_id, region, times) values ($1, $2, 0) on conflict (call_id) do update set times = scores_moved.times
    returning times) select times::text as times from kept`,
};
const SCORED = {
  name: 'scored-proposals',
  text: `select id, number, coalesce((content #>> '{budget,requestedCents}')::float8, 0) as "requestedCents", reviews_counted as reviews, total_exact as total, criteria_exact as criteria, scores_hash as "scoresHash",
      not app.totals_hold(id) as "isOutdated" from proposal
    where call_id = $1 and total_exact is not null and phase in ('ranked', 'advised', 'decided') order by id`,
};
/** One place, as it is stored. */
export interface Entry {
  readonly proposal: string;
  readonly position: number;
  readonly reviews: number;
  readonly exact: string;
  readonly total: string;
  readonly meets: boolean;
  /** Of the reviews that the total was computed from. */
  readonly scores: string | null;
}

interface Locked {
  readonly number: string;
  readonly rubric: ScoringRubric;
  readonly ceilingCents: number;
  readonly atShortage: string | null;
  readonly inOrderOfArrival: boolean;
  readonly model: RankingModel;
  readonly isOpen: boolean;
  readonly rulesHash: string;
  readonly region: string;
}

/** A call ranked by what its scores say at this moment. */
export interface RankedNow {
  readonly call: Locked;
  readonly scored: readonly Scored[];
  readonly entries: readonly Entry[];
  /** SHA-256 of everything that the places follow from. */
  readonly inputsHash: string;
  /** How often scores had moved before. */
  readonly moved: string;
}

/** Locks what scores wait for, then reads and ranks. Throws SubjectNotFound, CallIsNotRanked, CallIsStillOpen, NothingToRank, ScoresAreOutdated. */
export async function rankCall(tx: Transaction, callId: string): Promise<RankedNow> {
  const [call] = await tx.query<Locked>(LOCK, [callId]);
  if (call === undefined) throw new SubjectNotFound('call', callId);
  if (call.inOrderOfArrival) throw new CallIsNotRanked(call.number);
  if (call.isOpen) throw new CallIsStillOpen(call.number);
  const [count] = await tx.query<{ times: string }>(COUNT, [callId, call.region]);
  const scored = await tx.query<Scored>(SCORED, [callId]);
  if (scored.length === 0) throw new NothingToRank(call.number);
  const outdated = scored.filter(({ isOutdated }) => isOutdated);
  if (outdated.length > 0) throw new ScoresAreOutdated(outdated.map(({ number }) => number));
  const byId = new Map(scored.map((one) => [one.id, { ...one, exact: Fraction.parse(one.total) }]));
  const ranked = await rankByRegulation(tx, call, scored);
  const entries = ranked.flatMap(({ id, position }) => {
    const one = byId.get(id);
    if (one === undefined) return [];
    const { reviews, total: exact, scoresHash: scores } = one;
    const total = one.exact.toDecimal(DECIMALS);
    return [{ proposal: id, position, reviews, exact, total, meets: meets(call, one), scores }];
  });
  const inputs = scored.map(({ id, scoresHash, total, requestedCents }) => ({ id, scoresHash, total, requestedCents }));
  const inputsHash = sha256(canonicalJson({ rulesHash: call.rulesHash, proposals: inputs }));
  return { call, scored, entries, inputsHash, moved: count?.times ?? '0' };
}

/** What the margins need to know: who would get money when it is given out from the top. */
export function lineOf({
  call: { rubric, ceilingCents, atShortage },
  scored,
  entries,
}: RankedNow): Omit<RankedCall, 'region' | 'actor'> {
  const byId = new Map(scored.map((one) => [one.id, one]));
  const shortage = shortageOf(atShortage);
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
