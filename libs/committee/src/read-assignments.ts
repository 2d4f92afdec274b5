import { handles } from '#lib/access';
import type { Transaction } from '#lib/database';

/** Who was asked for, or is barred from, which proposal of a call. */
export interface AssignmentRow {
  readonly proposalId: string;
  readonly personId: string;
  /** Kept away by a declared interest, or as one of the applicant's side; else asked to review. */
  readonly isInterest: boolean;
}

const READ = {
  name: 'assignments-of-call',
  text: `select r.proposal_id as "proposalId", r.reviewer_id as "personId", false as "isInterest" from review r
      join proposal p on p.id = r.proposal_id where r.call_id = $1 and r.phase <> 'ended' and ${handles('p')}
    union all select p.id, i.person_id, true from (select distinct person_id from interest where call_id = $1) i
      cross join unnest(app.barred_proposals(i.person_id)) b (id) join proposal p on p.id = b.id and p.call_id = $1 where ${handles('p')}
    union all select p.id, s.person_id, true from seat s cross join unnest(app.bound_proposals(s.person_id)) b (id)
      join proposal p on p.id = b.id and p.call_id = s.call_id where s.call_id = $1 and ${handles('p')}`,
};

/** Of the proposals that the reader handles as staff; empty for others. */
export async function readAssignments(tx: Transaction, callId: string): Promise<readonly AssignmentRow[]> {
  return tx.query<AssignmentRow>(READ, [callId]);
}
