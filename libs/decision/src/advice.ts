import type { Effect, MoveContext } from '#lib/engine';
import type { FrozenRules } from '#lib/regulation';
import { PayloadIsWrong, type PayloadFault } from '#lib/workflow';
import { amountOf, limitsOf } from './amount.js';

type Outcome = 'grant' | 'refuse';

const RUBRIC = {
  name: 'criteria-of-proposal',
  text: `select array(select k ->> 'key' from jsonb_array_elements(c.parameters #> '{rubric,criteria}') k) as criteria
    from proposal p join call c on c.id = p.call_id where p.id = $1`,
};
const INSERT = {
  name: 'record-advice',
  text: `with stale as (delete from decision_draft where proposal_id = $2)
    insert into advice (region, proposal_id, transition_id, outcome, amount_cents, reasons, present, given_by, members, scores_hash,
      scores_moved, ranking_id)
    select $1, p.id, $3, $4, $5, $6, $7, $8, app.advisers_of(p), p.scores_hash, app.times_scores_moved(p.call_id),
      (select r.id from ranking r where r.call_id = p.call_id order by r.made_at desc limit 1) from proposal p where p.id = $2`,
};

/** The advice is a document (`AdviceFigures`). */
const ISSUE = {
  name: 'issue-advice',
  text: `select app.issue_document('advice', v.id, p.call_id, p.id, v.given_at,
      jsonb_build_object('number', p.number, 'title', p.title, 'organisation', p.organisation, 'regime', c.parameters ->> 'regime',
        'call', jsonb_build_object('number', c.number, 'name', jsonb_build_object('nl', c.name_nl, 'en', c.name_en)), 'outcome', v.outcome,
        'amountCents', v.amount_cents, 'reasons', v.reasons, 'members', v.members, 'givenAt', app.iso(v.given_at), 'total', p.total_exact,
        'rank', (select jsonb_build_object('position', e.position, 'of', (select count(*) from ranking_entry o where o.ranking_id = v.ranking_id))
          from ranking_entry e where e.ranking_id = v.ranking_id and e.proposal_id = p.id)),
      jsonb_build_object('advice', v.id, 'scoresHash', v.scores_hash, 'ranking', v.ranking_id, 'rulesHash', c.rules_hash))
    from advice v join proposal p on p.id = v.proposal_id join call c on c.id = p.call_id where v.transition_id = $1`,
};

/** What the committee advises, with a reason for every criterion, and what it rests on. A draft decision that was made on an earlier advice falls. */
async function recordAdvice(context: MoveContext, frozen: FrozenRules): Promise<void> {
  const { tx, opened, subject, payload, actor, receivedAt, eventId, writes } = context;
  const [row] = await tx.query<{ criteria: string[] }>(RUBRIC, [subject.id]);
  const outcome = outcomeOf(payload);
  const reasons = payload['reasonsPerCriterion'] as Readonly<Record<string, string>>;
  refuse(reasonFaults(reasons, row?.criteria ?? []));
  const amountCents = outcome === 'grant' ? amountOf(context, await limitsOf(context, frozen, null)) : null;
  const { unconflicted } = opened.facts['committee'] as { unconflicted: number };
  const values = [opened.region, subject.id, eventId, outcome, amountCents, JSON.stringify(reasons), unconflicted];
  writes.send(tx.query(INSERT, [...values, actor.id]));
  writes.send(tx.query(ISSUE, [eventId]));
  writes.setEvidence({ advisedBy: actor.id, advisedAt: receivedAt });
}

export function adviceEffects(frozen: FrozenRules): Readonly<Record<string, Effect>> {
  return { 'record-advice': { version: 1, run: (context) => recordAdvice(context, frozen) } };
}

/** `grant` or `refuse`. Throws PayloadIsWrong. */
export function outcomeOf(payload: MoveContext['payload']): Outcome {
  const { outcome } = payload;
  if (outcome === 'grant' || outcome === 'refuse') return outcome;
  throw new PayloadIsWrong([{ field: 'outcome', fault: 'not-allowed' }]);
}

/** Throws PayloadIsWrong when there are faults. */
export function refuse(faults: readonly PayloadFault[]): void {
  if (faults.length > 0) throw new PayloadIsWrong(faults);
}

/** Each criterion of the rubric has its reason, and nothing else has one. */
function reasonFaults(reasons: Readonly<Record<string, string>>, criteria: readonly string[]): PayloadFault[] {
  const missing = criteria.filter((key) => (reasons[key] ?? '').trim() === '');
  const unknown = Object.keys(reasons).filter((key) => !criteria.includes(key));
  return [
    ...missing.map((key): PayloadFault => ({ field: `reasonsPerCriterion/${key}`, fault: 'missing' })),
    ...unknown.map((key): PayloadFault => ({ field: `reasonsPerCriterion/${key}`, fault: 'unknown' })),
  ];
}
