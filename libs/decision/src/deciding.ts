import type { Effect, MoveContext } from '#lib/engine';
import { proposalContext } from '#lib/intake';
import { readDraft } from './draft.js';

const AWARD = {
  name: 'record-award',
  text: `with ledger as (update ceiling set awarded_cents = awarded_cents + $3 where call_id = $2)
    insert into decision (region, call_id, proposal_id, transition_id, outcome, amount_cents, reasons, deviation_reason, prepared_by, decided_by)
    select region, $2, proposal_id, $4, 'granted', $3, reasons, deviation_reason, prepared_by, $5 from decision_draft where proposal_id = $1`,
};
const REFUSAL = {
  name: 'record-refusal',
  text: `insert into decision (region, call_id, proposal_id, transition_id, outcome, ground, reasons, deviation_reason, prepared_by, decided_by)
    select region, $2, proposal_id, $3, 'refused', ground, reasons, deviation_reason, prepared_by, $4 from decision_draft where proposal_id = $1`,
};
/** The draft stays when the undoing itself goes on to a new decision (a promotion). */
const UNDO = {
  name: 'undo-decision',
  text: `with undone as (update decision set undone_at = app_now() where proposal_id = $1 and undone_at is null
      returning call_id, transition_id, amount_cents),
    ledger as (update ceiling c set awarded_cents = c.awarded_cents - u.amount_cents from undone u
      where c.call_id = u.call_id and u.amount_cents is not null),
    unsent as (update outbox o set status = 'cancelled', secret = null from undone u where o.event_id = u.transition_id and o.status = 'held')
    delete from decision_draft where proposal_id = $1 and not $2::boolean`,
};

/** Takes the amount from the ledger and writes the decision down; the ledger's own limit makes a second last euro impossible. */
async function recordAward(context: MoveContext): Promise<void> {
  const { tx, subject, actor, receivedAt, eventId, writes } = context;
  const { amountCents } = await readDraft(tx, subject.id);
  const { call } = proposalContext(context);
  writes.send(tx.query(AWARD, [subject.id, call, amountCents, eventId, actor.id]));
  const decided = { decidedBy: actor.id, decidedAt: receivedAt };
  writes.setEvidence({ ...decided, outcome: 'granted', ground: null, amountCents });
}

async function recordRefusal(context: MoveContext): Promise<void> {
  const { tx, subject, actor, receivedAt, eventId, writes } = context;
  const { ground } = await readDraft(tx, subject.id);
  const { call } = proposalContext(context);
  writes.send(tx.query(REFUSAL, [subject.id, call, eventId, actor.id]));
  writes.setEvidence({ decidedBy: actor.id, decidedAt: receivedAt, outcome: 'refused', ground, amountCents: null });
}

/** Takes a decision back before it was announced: the money returns to the ledger and the held letter is never sent. */
function undoDecision({ tx, subject, to, writes }: MoveContext): void {
  writes.send(tx.query(UNDO, [subject.id, to.phase === 'decided']));
  writes.setEvidence({ decidedBy: null, decidedAt: null, outcome: null, ground: null, amountCents: null });
}

export const DECIDING_EFFECTS: Readonly<Record<string, Effect>> = {
  'record-award': { version: 1, run: recordAward },
  'record-refusal': { version: 1, run: recordRefusal },
  'undo-decision': { version: 1, run: undoDecision },
};
