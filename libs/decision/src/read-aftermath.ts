import { appliesTo, scopeOf, writes } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';

/** What was asked about a decision after it was announced. */
export interface Aftermath {
  readonly proposalId: string;
  /** The newest objection that the viewer may read; null when there is none. */
  readonly objection: { readonly receivedAt: Instant; readonly inTime: boolean } | null;
  /** The newest request for an explanation; `answeredAt` is null while it waits. */
  readonly explanation: { readonly askedAt: Instant; readonly answeredAt: Instant | null } | null;
}

const STAFF = `(${scopeOf('proposal', 'p')} and not ${writes('p')})`;
const READ = {
  name: 'aftermath-of-proposals',
  text: `select p.id as "proposalId", o.objection, x.explanation from proposal p
    left join lateral (select jsonb_build_object('receivedAt', app.iso(received_at), 'inTime', in_time) as objection from objection
      where proposal_id = p.id and (objected_by = app.actor() or ${STAFF} and app.staff_roles(p.region, app.actor()) <> '[]')
      order by received_at desc limit 1) o on true
    left join lateral (select jsonb_build_object('askedAt', app.iso(asked_at), 'answeredAt', app.iso(answered_at)) as explanation
      from explanation_request where proposal_id = p.id
        and (${appliesTo('p')} or ${STAFF} and app.staff_roles(p.region, app.actor()) ? 'secretary') order by asked_at desc limit 1) x on true
    where p.id = any ($1::uuid[]) and (o.objection is not null or x.explanation is not null)`,
};

/** By proposal; those about which nobody asked anything are left out. For who applies, and for staff as far as they may read it. */
export async function readAftermath(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, Aftermath>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<Aftermath>(READ, [[...ids]]);
  return new Map(rows.map((row) => [row.proposalId, row]));
}
