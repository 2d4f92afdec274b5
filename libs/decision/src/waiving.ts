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

/** The confirmation is a document (`WaiverFigures`). */
const ISSUE = {
  name: 'issue-waiver',
  text: `select app.issue_document('waiver', d.id, d.call_id, p.id, d.waived_at,
      jsonb_build_object('number', p.number, 'title', p.title, 'organisation', p.organisation, 'applicant', l.name, 'waivedBy', b.name,
        'call', jsonb_build_object('number', c.number, 'name', jsonb_build_object('nl', c.name_nl, 'en', c.name_en)),
        'regime', c.parameters ->> 'regime', 'isInOrder', app.in_order_of_arrival(c), 'amountCents', d.amount_cents,
        'reservePlace', d.reserve_place, 'reason', $2::text, 'waivedAt', app.iso(d.waived_at), 'announcedAt', app.iso(a.announced_at),
        'objectionLastDay', a.objection_last_day),
      jsonb_build_object('decision', d.id, 'transition', $3::uuid, 'rulesHash', c.rules_hash,
        'document', (select t.id from document t where t.kind = 'decision' and t.source_id = d.id)))
    from decision d join proposal p on p.id = d.proposal_id join call c on c.id = d.call_id join person l on l.id = p.lead_applicant
      join person b on b.id = d.waived_by join lateral app.announcement_of(p.id) a on true
    where d.proposal_id = $1 and d.waived_at is not null`,
};

/** Who applies gives up what an announced decision gives. */
async function waiveDecision(context: MoveContext): Promise<void> {
  const { tx, subject, payload, actor, receivedAt, eventId, writes } = context;
  const reason = typeof payload['reason'] === 'string' ? payload['reason'].trim() : '';
  await thinkOfReserveList(context);
  writes.send(tx.query(WAIVE, [subject.id, receivedAt, actor.id]));
  writes.send(tx.query(ISSUE, [subject.id, reason, eventId]));
}

export const WAIVING_EFFECTS: Readonly<Record<string, Effect>> = {
  'waive-decision': { version: 1, run: waiveDecision },
};
