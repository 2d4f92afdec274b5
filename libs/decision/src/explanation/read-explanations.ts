import { appliesTo, scopeOf, writesAlong } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';
import type { WantedExplanation } from './ask-explanation.js';

/** A request for an explanation, with the explanation once it was given. */
export interface ExplanationView extends WantedExplanation {
  readonly id: string;
  readonly askedAt: Instant;
  readonly askedBy: string;
  /** Null while it waits. */
  readonly answer: string | null;
  readonly answeredAt: Instant | null;
}

const READ = {
  name: 'explanations-of-proposal',
  text: `select x.id, x.way, x.words, x.phone, x.times, x.asked_at as "askedAt", o.name as "askedBy", x.answer, x.answered_at as "answeredAt"
    from explanation_request x join proposal p on p.id = x.proposal_id join person o on o.id = x.asked_by
    where x.proposal_id = $1 and ${scopeOf('proposal', 'p')} and not ${writesAlong('p')}
      and (${appliesTo('p')} or app.staff_roles(p.region, app.actor()) ? 'secretary') order by x.asked_at desc limit 20`,
};

/** For the applicant and the secretary, newest first; empty for others. */
export async function listExplanations(tx: Transaction, proposalId: string): Promise<readonly ExplanationView[]> {
  return tx.query<ExplanationView>(READ, [proposalId]);
}
