import { handles } from '#lib/access';
import type { Transaction } from '#lib/database';

/** What the reviewers of a proposal wrote about one criterion, without names and in no order that tells who. */
export interface ReasonsRow {
  readonly proposalId: string;
  readonly criterion: string;
  readonly reasons: readonly string[];
}

const READ = {
  name: 'reasons-of-call',
  text: `select r.proposal_id as "proposalId", s.criterion, jsonb_agg(distinct s.reason) as reasons from review r
      join proposal p on p.id = r.proposal_id join review_score s on s.review_id = r.id
    where r.call_id = $1 and r.phase = 'submitted' and s.reason <> '' and ${handles('p')}
    group by r.proposal_id, s.criterion`,
};

/** For staff who handle the proposals; empty for others. */
export async function readReasons(tx: Transaction, callId: string): Promise<readonly ReasonsRow[]> {
  return tx.query<ReasonsRow>(READ, [callId]);
}
