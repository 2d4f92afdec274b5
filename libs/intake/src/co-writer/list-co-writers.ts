import { appliesTo } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';

/** A colleague who was invited to write along, or does. */
export interface CoWriterView {
  /** Of the invitation while it is open, then of the writing along. */
  readonly id: string;
  readonly state: 'invited' | 'expired' | 'writing';
  readonly name: string;
  readonly email: string;
  /** Invited, or writing along, since then. */
  readonly since: Instant;
  /** Until when an invitation holds; null for who writes along. */
  readonly expiresAt: Instant | null;
}

const APPLIES = `exists (select 1 from proposal p where p.id = $1 and ${appliesTo('p')})`;
const LIST = {
  name: 'list-co-writers',
  text: `select w.id, 'writing' as state, c.name, c.email::text, app.iso(w.since) as since, null as "expiresAt"
      from co_writer w join person c on c.id = w.person_id where w.proposal_id = $1 and w.ended_at is null and ${APPLIES}
    union all
    select i.id, case when i.expires_at > app_now() then 'invited' else 'expired' end, i.name, i.email::text, app.iso(i.invited_at), app.iso(i.expires_at)
      from invitation i where i.proposal_id = $1 and i.accepted_at is null and i.withdrawn_at is null and ${APPLIES}
    order by since, id`,
};

/** Colleagues who write along or were asked to, for who applies; empty for everybody else. */
export async function listCoWriters(tx: Transaction, proposalId: string): Promise<readonly CoWriterView[]> {
  return tx.query<CoWriterView>(LIST, [proposalId]);
}
