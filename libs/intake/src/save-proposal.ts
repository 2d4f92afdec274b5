import type { Database, Transaction } from '#lib/database';
import { SubjectNotFound, VersionIsStale, writeAudit } from '#lib/engine';
import { DomainError } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import { judgeProposal, type IntakeRequest, type WrittenProposal } from './write-proposal.js';

/** The proposal was submitted; what was received is not changed. */
export class ProposalNotInYourHands extends DomainError {
  readonly code = 'proposal-not-in-your-hands';
  constructor(number: string) {
    super('This proposal was submitted and cannot be changed now.', { number });
  }
}

interface Current {
  readonly number: string;
  readonly state: string;
  readonly workflow: string;
  readonly revision: number;
  readonly rulesHash: string;
}

const LOCK = {
  name: 'lock-own-proposal',
  text: `select p.number, p.state, p.workflow, p.revision, c.rules_hash as "rulesHash" from proposal p join call c on c.id = p.call_id
    where p.id = $1 and p.lead_applicant = app.actor() for update of p`,
};
const UPDATE = {
  name: 'save-proposal',
  text: `update proposal set title = $2, content = $3, content_hash = $4, organisation = $5, complete = $6, eligible = $7, eligibility = $8,
    revision = revision + 1 where id = $1 returning revision`,
};

/** Replaces what the lead applicant wrote, while the proposal is in that person's hands: as a draft, or to complete it. */
export class SaveProposal {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
  ) {}

  /** Returns the new revision. Throws SubjectNotFound, ProposalNotInYourHands, VersionIsStale. */
  async execute(id: string, written: WrittenProposal, revision: number, request: IntakeRequest): Promise<number> {
    const { actorId, region } = request;
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const [current] = await tx.query<Current>(LOCK, [id]);
      if (current === undefined) throw new SubjectNotFound('proposal', id);
      await this.assertInHand(current);
      if (current.revision !== revision) throw new VersionIsStale(revision, current.revision);
      const saved = await this.save(tx, id, current, written);
      await writeAudit(tx, { region, actor: actorId, act: 'proposal.save', subjectKind: 'proposal', subjectId: id });
      return saved;
    });
  }

  private async assertInHand({ rulesHash, workflow, state, number }: Current): Promise<void> {
    const { definition } = await this.frozen.workflow(rulesHash, workflow);
    if (definition.states[state]?.['waits-for'] !== 'lead-applicant') throw new ProposalNotInYourHands(number);
  }

  private async save(tx: Transaction, id: string, { rulesHash }: Current, written: WrittenProposal): Promise<number> {
    const judged = await judgeProposal(this.frozen, rulesHash, written);
    const { content, contentHash, organisation, complete, eligible, eligibility } = judged;
    const values = [id, written.title, content, contentHash, organisation, complete, eligible, eligibility];
    const [row] = await tx.query<{ revision: number }>(UPDATE, values);
    return row?.revision ?? 0;
  }
}
