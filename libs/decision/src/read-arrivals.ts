import { handles } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Outcome } from '#lib/intake';
import type { Phase } from '#lib/workflow';
import type { CalendarDate } from '#lib/kernel';

/** A proposal in the order in which a call's proposals were complete. */
export interface ArrivalRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
  readonly phase: Phase;
  /** Day on which it was complete; null while it is not. */
  readonly day: CalendarDate | null;
  /** Place that lots gave it among those of its day. */
  readonly lot: number | null;
  /** What it can get at most: as advised, else as asked for. */
  readonly claimCents: number;
  readonly passes: boolean | null;
  readonly outcome: Outcome | null;
  readonly amountCents: number | null;
}

/** The order of arrival with the money that is left. */
export interface Arrivals {
  readonly ceilingCents: number;
  readonly availableCents: number;
  readonly rows: readonly ArrivalRow[];
}

const MONEY = {
  name: 'money-of-call',
  text: `select total_cents::float8 as "ceilingCents", (total_cents - awarded_cents)::float8 as "availableCents" from ceiling
    where call_id = $1 and app.staff_roles(region, app.actor()) <> '[]'`,
};
const READ = {
  name: 'arrivals-of-call',
  text: `select p.id, p.number, p.title, p.organisation, p.phase, app.arrival_day(p.arrived_at)::text as day, l.place as lot,
      app.claim_of(p)::float8 as "claimCents", p.passes, p.outcome, p.amount_cents::float8 as "amountCents"
    from proposal p left join lots_entry l on l.proposal_id = p.id
    where p.call_id = $1 and ${handles('p')}
    order by app.arrival_day(p.arrived_at) nulls last, l.place nulls last, p.arrived_at, p.number`,
};

/** The proposals of a call in their order of arrival, for its staff; those of one day are equals until lots are drawn. */
export async function readArrivals(tx: Transaction, callId: string): Promise<Arrivals> {
  const [money] = await tx.query<Pick<Arrivals, 'ceilingCents' | 'availableCents'>>(MONEY, [callId]);
  const rows = await tx.query<ArrivalRow>(READ, [callId]);
  return { ...(money ?? { ceilingCents: 0, availableCents: 0 }), rows };
}
