import { restartTerms, type Effect, type MoveContext } from '#lib/engine';
import type { Transaction } from '#lib/database';
import { dateOf, type Instant } from '#lib/kernel';
import { PayloadIsWrong } from '#lib/workflow';

const WRITE_DOWN = {
  name: 'extend-call',
  text: `with done as (update task set done_at = $6, done_by = $5 where subject_id = $2 and kind = 'extend-call' and done_at is null)
    insert into call_extension (region, call_id, transition_id, from_closes_at, to_closes_at, reason, extended_by, extended_at)
    values ($1, $2, $3, $4, $7, $8, $5, $6)`,
};
/** The closing itself and the drafts move with the moments that the call is about to have. */
const MOVE_ON = {
  name: 'move-closing',
  text: `with closing as (select c.id, m.ends_at, m.drafts_expire_at from call c
      cross join app.moments_of(jsonb_populate_record(c, jsonb_build_object('closes_at', $2::timestamptz, 'closed_at', null))) m where c.id = $1),
    call_term as (update term t set due_at = g.ends_at, last_day = (g.ends_at at time zone 'Europe/Amsterdam')::date from closing g
      where t.subject_id = g.id and t.state = 'running' and t.on_expiry ->> 'action' = 'close')
    update term t set due_at = g.drafts_expire_at, last_day = (g.drafts_expire_at at time zone 'Europe/Amsterdam')::date
      from closing g join proposal p on p.call_id = g.id where t.subject_id = p.id and p.phase = 'preparing' and t.state = 'running'
        and t.on_expiry ? 'action'`,
};
/** A refusal on intake is decided before the others and told with them: until then its day moves as theirs does. */
export const TOLD_AFTER_DECIDING: readonly string[] = ['decision'];

const SUBMITTED = {
  name: 'submitted-of-call',
  text: `select id from proposal where call_id = $1 and phase not in ('preparing', 'ended')`,
};

/** Moves the closing on, with everything that hangs on it. Throws PayloadIsWrong for a moment that is not later. */
async function extend(context: MoveContext): Promise<void> {
  const { tx, subject, opened, payload, actor, receivedAt, eventId, writes } = context;
  const closing = payload['newClosing'] as Instant;
  const before = (opened.facts['call'] as { closesAt: Instant }).closesAt;
  if (Date.parse(closing) <= Math.max(Date.parse(before), Date.parse(receivedAt)))
    throw new PayloadIsWrong([{ field: 'newClosing', fault: 'too-early' }]);
  writes.setEvidence({ closesAt: closing, closedAt: null, closeReason: null });
  const moved = [before, actor.id, receivedAt, closing, payload['reason']];
  writes.send(tx.query(WRITE_DOWN, [opened.region, subject.id, eventId, ...moved]));
  writes.send(tx.query(MOVE_ON, [subject.id, closing]));
  // In order of arrival nothing is counted from the closing.
  if (opened.context['inOrderOfArrival'] === true) return;
  const rows = await tx.query<{ id: string }>(SUBMITTED, [subject.id]);
  const subjects = rows.map(({ id }) => id);
  const [countedFrom, from] = [dateOf(before), dateOf(closing)];
  await restartTerms(tx, { region: opened.region, subjects, countedFrom, from, alsoEnded: TOLD_AFTER_DECIDING });
}

export const EXTEND: Effect = { version: 1, run: extend };

/** A draft that expired: the last that happened to it. */
export const HAS_EXPIRED = `p.phase = 'ended' and exists (select 1 from transition x where x.subject_id = p.id and x.version = p.version and x.action = 'expire')`;
const EXPIRED = {
  name: 'expired-of-call',
  text: `select p.id from proposal p where p.call_id = $1 and ${HAS_EXPIRED} order by p.id`,
};

/** Drafts that expired when the call closed: they come back when it opens again. */
export async function expiredDrafts(tx: Transaction, kind: string, callId: string): Promise<readonly string[]> {
  if (kind !== 'proposal') return [];
  const rows = await tx.query<{ id: string }>(EXPIRED, [callId]);
  return rows.map(({ id }) => id);
}
