import type { Database, Transaction } from '#lib/database';
import { VersionIsStale, writeAudit } from '#lib/engine';
import type { FrozenRules } from '#lib/regulation';
import { lockInHand, type InHand } from './assert-in-hand.js';
import { judgeProposal, type IntakeRequest, type WrittenProposal } from './write-proposal.js';

const UPDATE = {
  name: 'save-proposal',
  text: `update proposal set title = $2, content = $3, content_hash = $4, organisation = $5, complete = $6, eligible = $7, eligibility = $8,
    lead_institution = $9, revision = revision + 1 where id = $1 returning revision`,
};

/** Whose account changed after it was confirmed must be asked again. */
const ACCOUNT = {
  name: 'ask-payee-again',
  text: `update party t set state = 'changed', revision = t.revision + 1 from proposal p where t.proposal_id = $1 and p.id = $1
    and t.role = 'payee' and t.state = 'confirmed' and t.removed_at is null and t.account is distinct from p.content -> 'payee'`,
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
      const current = await lockInHand(tx, this.frozen, id);
      if (current.revision !== revision) throw new VersionIsStale(revision, current.revision);
      const saved = await this.save(tx, id, current, written);
      await writeAudit(tx, { region, actor: actorId, act: 'proposal.save', subjectKind: 'proposal', subjectId: id });
      return saved;
    });
  }

  private async save(tx: Transaction, id: string, { rulesHash }: InHand, written: WrittenProposal): Promise<number> {
    const judged = await judgeProposal(this.frozen, rulesHash, written);
    const { content, contentHash, organisation, complete, eligible, eligibility, leadInstitution } = judged;
    const values = [
      id,
      written.title,
      content,
      contentHash,
      organisation,
      complete,
      eligible,
      eligibility,
      leadInstitution,
    ];
    const [row] = await tx.query<{ revision: number }>(UPDATE, values);
    await tx.query(ACCOUNT, [id]);
    return row?.revision ?? 0;
  }
}
