import type { Effect, MoveContext } from '#lib/engine';
import { proposalContext } from '#lib/intake';
import { LOTS_EFFECTS } from './lots.js';
import { objectionTerm, type Regime } from './objection-term.js';

const ANNOUNCE = {
  name: 'announce',
  text: `insert into announcement (call_id, region, announced_by, announced_at, objection_last_day, objection_because)
    values ($1, $2, $3, $4, $5, $6)`,
};
/** Only now is known until when one may object, so the letters get that day as they leave. */
const RELEASE = {
  name: 'release-letters',
  text: `update outbox set status = 'new', next_attempt_at = app_now(), view = view || jsonb_build_object('objectionLastDay', $2::text)
    where hold_id = $1 and status = 'held'`,
};

/** Makes all decisions of a call visible at once (Awb 3:41): one row, which every reading of a decision joins. */
function announce({ tx, subject, opened, actor, receivedAt, writes }: MoveContext): void {
  const { lastDay, because } = objectionTerm(receivedAt, opened.context['regime'] as Regime);
  const values = [subject.id, opened.region, actor.id, receivedAt, lastDay, JSON.stringify(because)];
  writes.send(tx.query(ANNOUNCE, values));
  writes.send(tx.query(RELEASE, [subject.id, lastDay]));
  writes.setEvidence({ announcedBy: actor.id, announcedAt: receivedAt });
}

const ANNOUNCE_ONE = {
  name: 'announce-decision',
  text: `insert into announcement (call_id, region, decision_id, announced_by, announced_at, objection_last_day, objection_because)
    select call_id, region, id, $2, $3, $4, $5 from decision where transition_id = $1`,
};

/** Announces the decision that this move takes, by itself: where money is given in order of arrival nobody waits for the others. */
function announceDecision(context: MoveContext): void {
  const { tx, actor, receivedAt, eventId, writes } = context;
  const { lastDay, because } = objectionTerm(receivedAt, proposalContext(context).regime);
  writes.send(tx.query(ANNOUNCE_ONE, [eventId, actor.id, receivedAt, lastDay, JSON.stringify(because)]));
}

/** A call whose decisions were all announced one by one is done. */
function recordFinish({ actor, receivedAt, writes }: MoveContext): void {
  writes.setEvidence({ announcedBy: actor.id, announcedAt: receivedAt });
}

/** What announcing adds to a proposal; it follows the effect that writes the decision. */
export const ANNOUNCING_EFFECTS: Readonly<Record<string, Effect>> = {
  'announce-decision': { version: 1, run: announceDecision },
};

/** What deciding adds to a call. */
export const CALL_EFFECTS: Readonly<Record<string, Effect>> = {
  announce: { version: 1, run: announce },
  'record-finish': { version: 1, run: recordFinish },
  ...LOTS_EFFECTS,
};
