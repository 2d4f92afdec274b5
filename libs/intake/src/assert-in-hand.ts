import { appliesTo } from '#lib/access';
import type { Transaction } from '#lib/database';
import { SubjectNotFound } from '#lib/engine';
import { DomainError } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';

/** The proposal was submitted; what was received is not changed. */
export class ProposalNotInYourHands extends DomainError {
  readonly code = 'proposal-not-in-your-hands';
  constructor(number: string) {
    super('This proposal was submitted and cannot be changed now.', { number });
  }
}

export interface InHand {
  readonly number: string;
  readonly title: string;
  readonly revision: number;
  readonly rulesHash: string;
}

const LOCK = {
  name: 'lock-own-proposal',
  text: `select p.number, p.title, p.state, p.workflow, p.revision, c.rules_hash as "rulesHash" from proposal p join call c on c.id = p.call_id
    where p.id = $1 and ${appliesTo('p')} for update of p`,
};

/** Locks a proposal that the actor applies with, while it waits for the applicant. Throws SubjectNotFound, ProposalNotInYourHands. */
export async function lockInHand(tx: Transaction, frozen: FrozenRules, id: string): Promise<InHand> {
  const [found] = await tx.query<InHand & { state: string; workflow: string }>(LOCK, [id]);
  if (found === undefined) throw new SubjectNotFound('proposal', id);
  const { definition } = await frozen.workflow(found.rulesHash, found.workflow);
  if (definition.states[found.state]?.['waits-for'] !== 'lead-applicant')
    throw new ProposalNotInYourHands(found.number);
  return found;
}
