import type { Effect, MoveContext } from '#lib/engine';
import { proposalContext } from '#lib/intake';
import { PayloadIsWrong, type PayloadFault } from '#lib/workflow';

type Outcome = 'grant' | 'refuse';

const RUBRIC = {
  name: 'criteria-of-proposal',
  text: `select array(select k ->> 'key' from jsonb_array_elements(c.parameters #> '{rubric,criteria}') k) as criteria
    from proposal p join call c on c.id = p.call_id where p.id = $1`,
};
const INSERT = {
  name: 'record-advice',
  text: `with stale as (delete from decision_draft where proposal_id = $2)
    insert into advice (region, proposal_id, transition_id, outcome, amount_cents, reasons, present, given_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8)`,
};

/** What the committee advises, with a reason for every criterion. A draft decision that was made on an earlier advice falls. */
async function recordAdvice(context: MoveContext): Promise<void> {
  const { tx, opened, subject, payload, actor, receivedAt, eventId, writes } = context;
  const [row] = await tx.query<{ criteria: string[] }>(RUBRIC, [subject.id]);
  const outcome = outcomeOf(payload);
  const reasons = payload['reasonsPerCriterion'] as Readonly<Record<string, string>>;
  refuse(reasonFaults(reasons, row?.criteria ?? []));
  const amountCents = outcome === 'grant' ? amountOf(context, requested(context)) : null;
  const { unconflicted } = opened.facts['committee'] as { unconflicted: number };
  const values = [opened.region, subject.id, eventId, outcome, amountCents, JSON.stringify(reasons), unconflicted];
  writes.send(tx.query(INSERT, [...values, actor.id]));
  writes.setEvidence({ advisedBy: actor.id, advisedAt: receivedAt });
}

export const ADVICE_EFFECTS: Readonly<Record<string, Effect>> = { 'record-advice': { version: 1, run: recordAdvice } };

/** `grant` or `refuse`. Throws PayloadIsWrong. */
export function outcomeOf(payload: MoveContext['payload']): Outcome {
  const { outcome } = payload;
  if (outcome === 'grant' || outcome === 'refuse') return outcome;
  throw new PayloadIsWrong([{ field: 'outcome', fault: 'not-allowed' }]);
}

/** The amount of an award: as given, else the usual one; never above what was asked for. Throws PayloadIsWrong. */
export function amountOf(context: MoveContext, usual: number | null): number {
  const given = context.payload['amountCents'];
  const amount = typeof given === 'number' ? given : usual;
  if (amount === null) throw new PayloadIsWrong([{ field: 'amountCents', fault: 'missing' }]);
  const most = requested(context);
  if (most !== null && amount > most) throw new PayloadIsWrong([{ field: 'amountCents', fault: 'too-high' }]);
  return amount;
}

export function requested(context: MoveContext): number | null {
  return proposalContext(context).requestedCents;
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
