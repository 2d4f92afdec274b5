import type { Transaction } from '#lib/database';

/** Who was asked for, or is barred from, which proposal of a call. */
export interface AssignmentRow {
  readonly proposalId: string;
  readonly personId: string;
  /** Barred by a declared interest; else asked to review. */
  readonly isInterest: boolean;
}

const READ = {
  name: 'assignments-of-call',
  text: `select r.proposal_id as "proposalId", r.reviewer_id as "personId", false as "isInterest" from review r
      where r.call_id = $1 and r.phase <> 'ended' and app.staff_roles(r.region, app.actor()) <> '[]'
    union all select i.proposal_id, i.person_id, true from interest i where i.call_id = $1 and app.staff_roles(i.region, app.actor()) <> '[]'`,
};

/** For staff of the region; empty for others. */
export async function readAssignments(tx: Transaction, callId: string): Promise<readonly AssignmentRow[]> {
  return tx.query<AssignmentRow>(READ, [callId]);
}
