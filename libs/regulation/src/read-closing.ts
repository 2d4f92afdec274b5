import { scopeOf } from '#lib/access';
import type { Transaction } from '#lib/database';
import { dateOf, instantOf, wallTimeOf, type Instant } from '#lib/kernel';
import { addWorkingDays } from '#lib/terms';

/** What disturbed the closing of a call, and how it was moved: published with its reason. */
export interface ClosingView {
  readonly closesAt: Instant;
  /** Outages that reached into the last hour before this closing or an earlier one. */
  readonly outages: readonly { readonly startsAt: Instant; readonly endsAt: Instant; readonly note: string }[];
  readonly extensions: readonly {
    readonly from: Instant;
    readonly to: Instant;
    readonly reason: string;
    readonly extendedAt: Instant;
  }[];
  /** Whether an outage reached into the last hour before the closing as it stands. */
  readonly isDisturbed: boolean;
}

const READ = {
  name: 'closing-of-call',
  text: `select m.closes_at as "closesAt",
      exists (select 1 from app.outages_before(c.region, m.closes_at)) as "isDisturbed",
      (select coalesce(jsonb_agg(jsonb_build_object('startsAt', app.iso(o.starts_at), 'endsAt', app.iso(o.ends_at), 'note', o.note)
          order by o.starts_at), '[]') from outage o where o.id in (
        select b.id from (select m.closes_at as at union select e.from_closes_at from call_extension e where e.call_id = c.id) k,
          app.outages_before(c.region, k.at) b)) as outages,
      (select coalesce(jsonb_agg(jsonb_build_object('from', app.iso(e.from_closes_at), 'to', app.iso(e.to_closes_at), 'reason', e.reason,
          'extendedAt', app.iso(e.extended_at)) order by e.extended_at), '[]') from call_extension e where e.call_id = c.id) as extensions
    from call c cross join app.moments_of(c) m where c.id = $1 and ${scopeOf('call', 'c')}`,
};

/** Null when the call does not exist or not for this viewer. */
export async function readClosing(tx: Transaction, callId: string): Promise<ClosingView | null> {
  const [closing] = await tx.query<ClosingView>(READ, [callId]);
  return closing ?? null;
}

/** The closing to propose after an outage: the same time of day, a whole working day after it ended and not before today. */
export function closingAfter({ closesAt, outages }: ClosingView, now: Instant): Instant {
  const [last = now] = outages
    .map(({ endsAt }) => endsAt)
    .sort()
    .reverse();
  const from = [dateOf(last), dateOf(closesAt), dateOf(now)].sort().at(-1) ?? dateOf(now);
  return instantOf(`${addWorkingDays(from, 1)}T${wallTimeOf(closesAt).slice(11)}`);
}
