import type { Effect, MoveContext } from '#lib/engine';
import { thinkOfReserveList } from './reserve-list.js';

/** The decision stays in force as it was announced; what it gave goes back to the ledger, or to who is next on the reserve list. */
const WAIVE = {
  name: 'waive-decision',
  text: `with waived as (update decision set waived_at = $2, waived_by = $3 where proposal_id = $1 and undone_at is null and waived_at is null
      returning call_id, amount_cents),
    ledger as (update ceiling c set awarded_cents = c.awarded_cents - w.amount_cents from waived w
      where c.call_id = w.call_id and w.amount_cents is not null)
    delete from decision_draft where proposal_id = $1`,
};

/** Who applies gives up what an announced decision gives. */
async function waiveDecision(context: MoveContext): Promise<void> {
  const { tx, subject, actor, receivedAt, writes } = context;
  await thinkOfReserveList(context);
  writes.send(tx.query(WAIVE, [subject.id, receivedAt, actor.id]));
}

export const WAIVING_EFFECTS: Readonly<Record<string, Effect>> = {
  'waive-decision': { version: 1, run: waiveDecision },
};
