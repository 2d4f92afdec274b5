import { appliesTo, scopeOf } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { LeftOut } from './carry-over.js';

/** From which earlier proposal a draft began, and what did not go along. */
export interface ProposalOrigin {
  readonly sourceId: string;
  readonly sourceNumber: string;
  readonly leftOut: readonly LeftOut[];
  /** Parties that were listed along, to be asked anew. */
  readonly parties: number;
}

const READ = {
  name: 'read-proposal-origin',
  text: `select o.source_id as "sourceId", o.source_number as "sourceNumber", o.left_out as "leftOut", o.parties
    from proposal_origin o join proposal p on p.id = o.proposal_id
    where o.proposal_id = $1 and ${appliesTo('p')} and ${scopeOf('proposal', 'p')}`,
};

/** For the lead applicant alone; null when the proposal began empty. */
export async function readOrigin(tx: Transaction, proposalId: string): Promise<ProposalOrigin | null> {
  const [origin] = await tx.query<ProposalOrigin>(READ, [proposalId]);
  return origin ?? null;
}
