import type { Database, Transaction } from '#lib/database';
import { VersionIsStale, writeAudit } from '#lib/engine';
import type { FrozenRules } from '#lib/regulation';
import { askedForIn, changeable, changedPaths, labelsOf } from './completion/asked-for.js';
import { OnlyWhatWasAsked } from './completion/completion-errors.js';
import { lockInHand, type InHand } from './assert-in-hand.js';
import { judgeProposal, type IntakeRequest, type WrittenProposal } from './write-proposal.js';

const UPDATE = {
  name: 'save-proposal',
  text: `update proposal set title = $2, content = $3, content_hash = $4, organisation = $5, complete = $6, eligible = $7, eligibility = $8, repairable = $9,
    revision = revision + 1 where id = $1 returning revision`,
};

/** Replaces what the lead applicant wrote, while the proposal is in that person's hands: as a draft, or to complete it. */
export class SaveProposal {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
  ) {}

  /** Returns the new revision. Throws SubjectNotFound, ProposalNotInYourHands, VersionIsStale, OnlyWhatWasAsked. */
  async execute(id: string, written: WrittenProposal, revision: number, request: IntakeRequest): Promise<number> {
    const { actorId, region } = request;
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const current = await lockInHand(tx, this.frozen, id);
      if (current.revision !== revision) throw new VersionIsStale(revision, current.revision);
      if (current.phase !== 'preparing') await this.refuseMore(current, written, request);
      const saved = await this.save(tx, id, current, written);
      await writeAudit(tx, { region, actor: actorId, act: 'proposal.save', subjectKind: 'proposal', subjectId: id });
      return saved;
    });
  }

  /** In a completion nothing changes but what was asked for. */
  private async refuseMore(current: InHand, written: WrittenProposal, { receivedAt }: IntakeRequest): Promise<void> {
    const form = await this.frozen.form(current.rulesHash);
    const asked = askedForIn(current.completionAskedFor);
    const mayChange = changeable(form, { asked, isClosed: current.endsAt <= receivedAt }, current);
    const more = changedPaths(form, current, written).filter((path) => !mayChange(path));
    if (more.length > 0) throw new OnlyWhatWasAsked(more, labelsOf(form, more));
  }

  private async save(tx: Transaction, id: string, { rulesHash }: InHand, written: WrittenProposal): Promise<number> {
    const judged = await judgeProposal(this.frozen, rulesHash, written);
    const { content, contentHash, organisation, complete, repairable, eligible, eligibility } = judged;
    const values = [id, written.title, content, contentHash, organisation, complete, eligible, eligibility, repairable];
    const [row] = await tx.query<{ revision: number }>(UPDATE, values);
    return row?.revision ?? 0;
  }
}
