import type { Effect, MoveContext } from '#lib/engine';
import { LOTS_EFFECTS } from './lots.js';
import { objectionTerm, type Regime } from './objection-term.js';

const ANNOUNCE = {
  name: 'announce',
  text: `insert into announcement (call_id, region, announced_by, announced_at, objection_last_day, objection_because)
    values ($1, $2, $3, $4, $5, $6)`,
};
/**
 * Places on the reserve list, in the order of the newest ranking; between equals who came in first. They are given once and never change,
 * so that the letter stays true.
 */
const RESERVE = {
  name: 'number-the-reserve',
  text: `with ranked as (
      select d.id, row_number() over (order by e.position nulls last, p.received_at, p.number) as place
      from decision d join proposal p on p.id = d.proposal_id
        left join ranking_entry e on e.proposal_id = d.proposal_id
          and e.ranking_id = (select r.id from ranking r where r.call_id = $1 order by r.made_at desc limit 1)
      where d.call_id = $1 and d.undone_at is null and d.outcome = 'refused' and d.ground = 'ceiling')
    update decision d set reserve_place = r.place from ranked r where d.id = r.id`,
};
/** The decisions become documents: figures as they are at this moment, for ever. What was told by itself before is one already. */
const ISSUE = {
  name: 'issue-decisions',
  text: `select app.issue_document('decision', f.decision, $1, f.proposal, $2, f.figures, f.inputs) from app.decision_figures($1, null, true) f
    where not exists (select 1 from document t where t.kind = 'decision' and t.source_id = f.decision)`,
};
/** Only now is known until when one may object, which place on the reserve list a refusal holds, and who else gets money: the letters get it as they leave. */
const RELEASE = {
  name: 'release-letters',
  text: `update outbox set status = 'new', next_attempt_at = app_now(), view = view || jsonb_build_object('objectionLastDay', $2::text,
      'reservePlace', (select d.reserve_place from decision d where d.transition_id = outbox.event_id))
      || case when (select (t.figures #>> '{rank,wasPassed}')::boolean from decision d join document t on t.kind = 'decision' and t.source_id = d.id
          where d.transition_id = outbox.event_id) and view ? 'groundWhenPassed'
        then jsonb_build_object('ground', view -> 'groundWhenPassed') else '{}' end
    where hold_id = $1 and status = 'held'`,
};

/** Makes all decisions of a call visible at once (Awb 3:41): one row, which every reading of a decision joins. */
function announce({ tx, subject, opened, actor, receivedAt, writes }: MoveContext): void {
  const { lastDay, because } = objectionTerm(receivedAt, opened.context['regime'] as Regime);
  const values = [subject.id, opened.region, actor.id, receivedAt, lastDay, JSON.stringify(because)];
  writes.send(tx.query(RESERVE, [subject.id]));
  writes.send(tx.query(ANNOUNCE, values));
  writes.send(tx.query(ISSUE, [subject.id, receivedAt]));
  writes.send(tx.query(RELEASE, [subject.id, lastDay]));
  writes.setEvidence({ announcedBy: actor.id, announcedAt: receivedAt });
}

/** A call whose decisions were all announced one by one is done. */
function recordFinish({ actor, receivedAt, writes }: MoveContext): void {
  writes.setEvidence({ announcedBy: actor.id, announcedAt: receivedAt });
}

/** What deciding adds to a call. */
export const CALL_EFFECTS: Readonly<Record<string, Effect>> = {
  announce: { version: 1, run: announce },
  'record-finish': { version: 1, run: recordFinish },
  ...LOTS_EFFECTS,
};
