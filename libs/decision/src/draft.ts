import type { Effect, MoveContext } from '#lib/engine';
import type { Transaction } from '#lib/database';
import { PayloadIsWrong } from '#lib/workflow';
import type { FrozenRules } from '#lib/regulation';
import { outcomeOf } from './advice.js';
import { advisedAmount, amountOf, limitsOf } from './amount.js';

/** Why a proposal can be refused. */
const REFUSAL_GROUNDS = ['condition', 'threshold', 'ceiling', 'late'] as const;
/** Not processing is no refusal but a decision of its own, on a ground of its own (Awb 4:5). */
export const GROUNDS = [...REFUSAL_GROUNDS, 'incomplete'] as const;
export type Ground = (typeof GROUNDS)[number];

export type DraftOutcome = 'grant' | 'refuse' | 'not-process';

/** A decision as it lies before the decider. */
export interface DecisionDraft {
  readonly outcome: DraftOutcome;
  readonly ground: Ground | null;
  readonly amountCents: number | null;
  readonly reasons: string;
  readonly deviationReason: string;
}

/** What others applied for is no fact that the applicant gave: before a refusal on it the applicant is heard (Awb 4:7). */
const RESTS_ON_OTHERS = `(select app.only_once(p, c) from proposal p join call c on c.id = p.call_id where p.id = $1)`;

const UPSERT = {
  name: 'prepare-decision',
  text: `insert into decision_draft (proposal_id, region, outcome, ground, amount_cents, reasons, deviation_reason, rests_on_others_facts, prepared_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8 or coalesce($4 = 'condition' and ${RESTS_ON_OTHERS}, false), $9)
    on conflict (proposal_id) do update set outcome = excluded.outcome, ground = excluded.ground, amount_cents = excluded.amount_cents,
      reasons = excluded.reasons, deviation_reason = excluded.deviation_reason, rests_on_others_facts = excluded.rests_on_others_facts,
      prepared_by = excluded.prepared_by, prepared_at = app_now()`,
};
const READ = {
  name: 'read-decision-draft',
  text: `select outcome, ground, amount_cents::float8 as "amountCents", reasons, deviation_reason as "deviationReason" from decision_draft where proposal_id = $1`,
};

/** Lays a decision before the decider; a later draft replaces an earlier one. `propose-refusal` has no outcome to choose. */
async function prepareDecision(context: MoveContext, frozen: FrozenRules): Promise<void> {
  const { payload } = context;
  const outcome = 'outcome' in payload ? outcomeOf(payload) : 'refuse';
  const ground = groundOf(outcome, payload);
  if (outcome === 'refuse') {
    lay(context, { outcome, ground, amountCents: null });
    return;
  }
  const limits = await limitsOf(context, frozen, await advisedAmount(context));
  lay(context, { outcome, ground, amountCents: amountOf(context, limits) });
}

function lay(context: MoveContext, draft: Pick<DecisionDraft, 'outcome' | 'ground' | 'amountCents'>): void {
  const { tx, opened, subject, payload, actor, writes } = context;
  const { outcome, ground, amountCents } = draft;
  const deviation = typeof payload['deviationReason'] === 'string' ? payload['deviationReason'] : '';
  const rests = payload['restsOnOthersFacts'] === true;
  const values = [subject.id, opened.region, outcome, ground, amountCents, payload['reasons'], deviation, rests];
  writes.send(tx.query(UPSERT, [...values, actor.id]));
  writes.setEvidence({ preparedBy: actor.id });
}

export function draftEffects(frozen: FrozenRules): Readonly<Record<string, Effect>> {
  return {
    'prepare-decision': { version: 1, run: (context) => prepareDecision(context, frozen) },
    'prepare-not-processing': {
      version: 1,
      run: (context) => lay(context, { outcome: 'not-process', ground: 'incomplete', amountCents: null }),
    },
  };
}

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
  const ground = REFUSAL_GROUNDS.find((known) => known === given);
  if (ground !== undefined) return ground;
  throw new PayloadIsWrong([{ field: 'ground', fault: given === undefined ? 'missing' : 'not-allowed' }]);
}
