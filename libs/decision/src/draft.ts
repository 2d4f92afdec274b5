import type { Effect, MoveContext } from '#lib/engine';
import type { Transaction } from '#lib/database';
import { PayloadIsWrong } from '#lib/workflow';
import { amountOf, outcomeOf, requested } from './advice.js';

/** Why a proposal can be refused; `incomplete` is no ground here, because not processing is another decision (Awb 4:5). */
const GROUNDS = ['condition', 'threshold', 'ceiling', 'late'] as const;
export type Ground = (typeof GROUNDS)[number];

/** A decision as it lies before the decider. */
export interface DecisionDraft {
  readonly outcome: 'grant' | 'refuse';
  readonly ground: Ground | null;
  readonly amountCents: number | null;
  readonly reasons: string;
}

const ADVISED = {
  name: 'advised-amount',
  text: `select amount_cents::float8 as "amountCents" from advice where proposal_id = $1 order by given_at desc limit 1`,
};
const UPSERT = {
  name: 'prepare-decision',
  text: `insert into decision_draft (proposal_id, region, outcome, ground, amount_cents, reasons, deviation_reason, rests_on_others_facts, prepared_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (proposal_id) do update set outcome = excluded.outcome, ground = excluded.ground, amount_cents = excluded.amount_cents,
      reasons = excluded.reasons, deviation_reason = excluded.deviation_reason, rests_on_others_facts = excluded.rests_on_others_facts,
      prepared_by = excluded.prepared_by, prepared_at = app_now()`,
};
const READ = {
  name: 'read-decision-draft',
  text: `select outcome, ground, amount_cents::float8 as "amountCents", reasons from decision_draft where proposal_id = $1`,
};

/** Lays a decision before the decider; a later draft replaces an earlier one. `propose-refusal` has no outcome to choose. */
async function prepareDecision(context: MoveContext): Promise<void> {
  const { tx, opened, subject, payload, actor, writes } = context;
  const outcome = 'outcome' in payload ? outcomeOf(payload) : 'refuse';
  const ground = groundOf(outcome, payload);
  const amount = outcome === 'grant' ? amountOf(context, await advisedAmount(context)) : null;
  const deviation = typeof payload['deviationReason'] === 'string' ? payload['deviationReason'] : '';
  const rests = payload['restsOnOthersFacts'] === true;
  const values = [subject.id, opened.region, outcome, ground, amount, payload['reasons'], deviation, rests, actor.id];
  writes.send(tx.query(UPSERT, values));
  writes.setEvidence({ preparedBy: actor.id });
}

export const DRAFT_EFFECTS: Readonly<Record<string, Effect>> = {
  'prepare-decision': { version: 1, run: prepareDecision },
};

/** The draft that a decision rests on; the workflow's conditions have made sure that there is one. */
export async function readDraft(tx: Transaction, proposalId: string): Promise<DecisionDraft> {
  const [draft] = await tx.query<DecisionDraft>(READ, [proposalId]);
  if (draft === undefined) throw new PayloadIsWrong([{ field: 'outcome', fault: 'missing' }]);
  return draft;
}

function groundOf(outcome: 'grant' | 'refuse', payload: MoveContext['payload']): Ground | null {
  const given = payload['ground'];
  if (outcome === 'grant') {
    if (given === undefined) return null;
    throw new PayloadIsWrong([{ field: 'ground', fault: 'not-allowed' }]);
  }
  const ground = GROUNDS.find((known) => known === given);
  if (ground !== undefined) return ground;
  throw new PayloadIsWrong([{ field: 'ground', fault: given === undefined ? 'missing' : 'not-allowed' }]);
}

async function advisedAmount(context: MoveContext): Promise<number | null> {
  const [advice] = await context.tx.query<{ amountCents: number | null }>(ADVISED, [context.subject.id]);
  return advice?.amountCents ?? requested(context);
}
