import { reopenTerm, type Effect, type MoveContext } from '#lib/engine';
import { isInOrder, proposalContext } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import { advisedAmount, assertAwardable, limitsOf } from './amount.js';
import { readDraft, type DecisionDraft } from './draft.js';
import { objectionTerm } from './objection-term.js';
import { thinkOfReserveList } from './reserve-list.js';

/** What was announced is not taken away: a promotion replaces it, who applied can waive what it gives. */
export class AnnouncedDecisionStays extends DomainError {
  readonly code = 'announced-decision-stays';
  constructor() {
    super('This decision has been announced and stays.', {});
  }
}

/**
 * Takes the amount of an award from the ledger and writes the decision down as it was drafted; one that waits for nothing is announced by
 * itself.
 */
const DECIDE = {
  name: 'record-decision',
  text: `with draft as (select * from decision_draft where proposal_id = $1),
    ledger as (update ceiling c set awarded_cents = c.awarded_cents + d.amount_cents from draft d where c.call_id = $2 and d.amount_cents is not null),
    decided as (insert into decision (region, call_id, proposal_id, transition_id, outcome, ground, amount_cents, reasons, deviation_reason,
        prepared_by, decided_by)
      select region, $2, proposal_id, $3, $4, ground, amount_cents, reasons, deviation_reason, prepared_by, $5 from draft
      returning id, region, call_id)
    insert into announcement (call_id, region, decision_id, announced_by, announced_at, objection_last_day, objection_because)
    select call_id, region, id, $5, $6, $7, $8 from decided where $6::timestamptz is not null`,
};
/** What is announced by itself is a document at once. */
const ISSUE = {
  name: 'issue-decision',
  text: `select app.issue_document('decision', f.decision, $1, f.proposal, $3, f.figures, f.inputs) from app.decision_figures($1, $2, false) f`,
};
const IS_ANNOUNCED = {
  name: 'decision-is-announced',
  text: 'select exists (select 1 from app.announcement_of($1)) as announced',
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

/** A draft's outcome as the decision says it. */
export const OUTCOMES = { grant: 'granted', refuse: 'refused', 'not-process': 'not-processed' } as const;

/** Writes a drafted decision down; the ledger's own limit makes a second last euro impossible. */
function record(context: MoveContext, draft: DecisionDraft): void {
  const { tx, subject, actor, receivedAt, eventId, writes } = context;
  const { call, regime } = proposalContext(context);
  const outcome = OUTCOMES[draft.outcome];
  const own = toldAtOnce(context, draft.outcome) ? objectionTerm(receivedAt, regime) : null;
  const told = [
    own === null ? null : receivedAt,
    own?.lastDay ?? null,
    own === null ? null : JSON.stringify(own.because),
  ];
  writes.send(tx.query(DECIDE, [subject.id, call, eventId, outcome, actor.id, ...told]));
  if (own !== null) writes.send(tx.query(ISSUE, [call, subject.id, receivedAt]));
  const { ground, amountCents } = draft;
  writes.setEvidence({ decidedBy: actor.id, decidedAt: receivedAt, outcome, ground, amountCents });
}

/**
 * Not processing is told at once (Awb 4:5 lid 4), and so is what is decided after the announcement or where nobody waits for the others;
 * all else waits for the announcement of the call.
 */
export function toldAtOnce({ opened }: MoveContext, outcome: DecisionDraft['outcome']): boolean {
  const isAnnounced = (opened.facts['call'] as { announced?: boolean } | undefined)?.announced === true;
  return outcome === 'not-process' || isAnnounced || isInOrder(opened.facts);
}

async function recordAward(context: MoveContext, frozen: FrozenRules): Promise<void> {
  const draft = await readDraft(context.tx, context.subject.id);
  const limits = await limitsOf(context, frozen, await advisedAmount(context));
  if (draft.amountCents !== null) assertAwardable(draft.amountCents, limits);
  record(context, draft);
}

async function recordDraft(context: MoveContext): Promise<void> {
  record(context, await readDraft(context.tx, context.subject.id));
}

/**
 * Takes a decision back: the money returns to the ledger, a held letter is never sent, and who waits on the reserve list is thought of.
 * Throws AnnouncedDecisionStays, whatever the workflow allows that the call froze: then only a new decision takes its place.
 */
async function undoDecision(context: MoveContext): Promise<void> {
  const { tx, subject, to, writes } = context;
  const isReplaced = to.phase === 'decided';
  const [decision] = await tx.query<{ announced: boolean }>(IS_ANNOUNCED, [subject.id]);
  if (decision?.announced === true && !isReplaced) throw new AnnouncedDecisionStays();
  await thinkOfReserveList(context);
  writes.send(tx.query(UNDO, [subject.id, isReplaced]));
  // The term that the decision ended runs on: taking it back gives nobody more time, nor unlimited time (Awb 4:13).
  if (to.phase === 'advised') writes.send(reopenTerm(tx, subject.id, 'decision'));
  writes.setEvidence({ decidedBy: null, decidedAt: null, outcome: null, ground: null, amountCents: null });
}

export function decidingEffects(frozen: FrozenRules): Readonly<Record<string, Effect>> {
  return {
    'record-award': { version: 1, run: (context) => recordAward(context, frozen) },
    'record-refusal': { version: 1, run: recordDraft },
    'record-not-processed': { version: 1, run: recordDraft },
    'undo-decision': { version: 1, run: undoDecision },
  };
}
