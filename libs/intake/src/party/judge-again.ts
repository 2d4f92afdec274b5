import type { Transaction } from '#lib/database';
import type { FrozenRules } from '#lib/regulation';
import { judgeEligibility } from '../write-proposal.js';
import { INFECTED } from '../attachment/attachment.js';
import { STANDINGS, type Standing } from './taking-part.js';

const READ = {
  name: 'judge-again-by-parties',
  text: `select p.content, c.rules_hash as "rulesHash", ${STANDINGS} as parties, ${INFECTED} as infected from proposal p join call c on c.id = p.call_id
    where p.id = $1 and p.phase in ('preparing', 'submitted', 'screening')`,
};
const WRITE = {
  name: 'write-eligibility',
  text: 'update proposal set eligible = $2, eligibility = $3 where id = $1',
};

interface Row {
  readonly content: Readonly<Record<string, unknown>>;
  readonly rulesHash: string;
  readonly parties: readonly Standing[];
  readonly infected: readonly string[];
}

/** Judges the conditions anew when a party answered, was changed or taken out; what left the intake stays as it was judged. The proposal is locked. */
export async function judgeAgain(tx: Transaction, frozen: FrozenRules, proposalId: string): Promise<void> {
  const [row] = await tx.query<Row>(READ, [proposalId]);
  if (row === undefined) return;
  const { eligible, eligibility } = await judgeEligibility(frozen, row.rulesHash, row.content, row);
  await tx.query(WRITE, [proposalId, eligible, eligibility]);
}
