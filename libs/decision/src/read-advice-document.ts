import { handles } from '#lib/access';
import type { Transaction } from '#lib/database';

/** What was issued, and the number of its proposal. */
export interface AdviceDocument {
  readonly id: string;
  readonly number: string;
}

const READ = {
  name: 'document-of-newest-advice',
  text: `select t.id, p.number from proposal p join document t on t.kind = 'advice' and t.proposal_id = p.id where p.id = $1 and ${handles('p')}
    order by t.version desc limit 1`,
};

/** What was issued of the newest advice on a proposal, for staff; null when there is none, or not for this viewer. */
export async function newestAdviceDocument(tx: Transaction, proposalId: string): Promise<AdviceDocument | null> {
  const [document] = await tx.query<AdviceDocument>(READ, [proposalId]);
  return document ?? null;
}
