import type { Database, Transaction } from '#lib/database';
import { VersionIsStale, writeAudit } from '#lib/engine';
import type { FrozenRules } from '#lib/regulation';
import { lockInHand, type InHand } from './assert-in-hand.js';
import { judgeProposal, type IntakeRequest, type WrittenProposal } from './write-proposal.js';

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
      const current = await lockInHand(tx, this.frozen, id);
      if (current.revision !== revision) throw new VersionIsStale(revision, current.revision);
      const form = await this.frozen.form(current.rulesHash);
      const content = form.withFilesOf(current.content, written.content);
      const saved = await saveWritten(tx, { frozen: this.frozen, id, current }, { ...written, content });
      await writeAudit(tx, { region, actor: actorId, act: 'proposal.save', subjectKind: 'proposal', subjectId: id });
      return saved;
    });
  }
}

interface Saving {
  readonly frozen: FrozenRules;
  readonly id: string;
  readonly current: InHand;
}

/** Writes what the lead applicant holds, judged anew; returns the new revision. */
export async function saveWritten(
  tx: Transaction,
  { frozen, id, current }: Saving,
  written: WrittenProposal,
): Promise<number> {
  const judged = await judgeProposal(frozen, current.rulesHash, written);
  const { content, contentHash, organisation, complete, eligible, eligibility } = judged;
  const values = [id, written.title, content, contentHash, organisation, complete, eligible, eligibility];
  const [row] = await tx.query<{ revision: number }>(UPDATE, values);
  return row?.revision ?? 0;
}
