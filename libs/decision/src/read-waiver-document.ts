import { appliesTo, handles } from '#lib/access';
import type { Transaction } from '#lib/database';

/** The confirmation of a waiver that was issued, and the number of its proposal. */
export interface WaiverDocument {
  readonly id: string;
  readonly number: string;
}

const READ = {
  name: 'document-of-waiver',
  text: `select t.id, p.number from proposal p join document t on t.kind = 'waiver' and t.proposal_id = p.id
    where p.id = $1 and (${appliesTo('p')} or ${handles('p')}) order by t.version desc limit 1`,
};

/** For who applies and for staff; null when nothing was waived, or not for this viewer. */
export async function readWaiverDocument(tx: Transaction, proposalId: string): Promise<WaiverDocument | null> {
  const [document] = await tx.query<WaiverDocument>(READ, [proposalId]);
  return document ?? null;
}
