import { randomUUID } from 'node:crypto';
import type { Transaction } from '#lib/database';
import type { Effect, MoveContext, SubjectPort } from '#lib/engine';

interface ReviewContext {
  readonly call: string;
  readonly proposal: string;
  readonly reviewer: string;
}

const DECLARE = {
  name: 'declare-interest-of-reviewer',
  text: `insert into interest (id, region, call_id, proposal_id, person_id, reason, declared_by) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (proposal_id, person_id) do nothing`,
};

/** The interest stands in the same transaction as the end of the review: between them nobody could read the file. */
function declareInterest({ tx, opened, payload, actor, writes }: MoveContext): void {
  const { call, proposal, reviewer } = opened.context as unknown as ReviewContext;
  const values = [randomUUID(), opened.region, call, proposal, reviewer, payload['reason'], actor.id];
  writes.send(tx.query(DECLARE, values));
}

const SCORED_PROPOSAL = {
  name: 'scored-proposal-of-review',
  text: `select p.id from review r join proposal p on p.id = r.proposal_id where r.id = $1 and p.phase in ('ranked', 'advised', 'decided')`,
};

/** The proposal of a review when its totals were computed already: a review that counts no more takes its scores out of them. */
async function scoredProposal(tx: Transaction, kind: string, reviewId: string): Promise<readonly string[]> {
  if (kind !== 'proposal') return [];
  return (await tx.query<{ id: string }>(SCORED_PROPOSAL, [reviewId])).map(({ id }) => id);
}

const evidence = (values: (context: MoveContext) => Readonly<Record<string, unknown>>): Effect => ({
  version: 1,
  run: (context) => context.writes.setEvidence(values(context)),
});

/** How the engine opens, judges and writes a review. */
export function reviewPort(remind: NonNullable<SubjectPort['remind']>): SubjectPort {
  return {
    kind: 'review',
    table: 'review',
    opens: 'app.open_review_and_rests',
    evidence: {
      acceptedAt: { column: 'accepted_at', type: 'timestamptz' },
      submittedAt: { column: 'submitted_at', type: 'timestamptz' },
      declinedReason: { column: 'declined_reason', type: 'text' },
    },
    effects: {
      'record-acceptance': evidence(({ receivedAt }) => ({ acceptedAt: receivedAt })),
      'record-decline': evidence(({ payload }) => ({ declinedReason: payload['reason'] })),
      'record-submission': evidence(({ receivedAt }) => ({ submittedAt: receivedAt })),
      'clear-submission': evidence(() => ({ submittedAt: null })),
      'declare-interest': { version: 1, run: declareInterest },
    },
    notices: {},
    related: scoredProposal,
    remind,
  };
}
