import type { Database } from '#lib/database';
import { SubjectNotFound, writeAudit } from '#lib/engine';
import { withValueAt, type FrozenRules } from '#lib/regulation';
import { lockToWrite } from '../assert-in-hand.js';
import { saveWritten } from '../save-proposal.js';
import type { IntakeRequest } from '../write-proposal.js';
import { filesAt } from './attachment.js';

const REMOVE = {
  name: 'remove-attachment',
  text: `update attachment a set removed_at = app_now() where id = $1 and proposal_id = $2 and removed_at is null
    returning path, exists (select 1 from receipt r where r.proposal_id = a.proposal_id and position(a.id::text in r.content::text) > 0)
      as "isReceived"`,
};

/** Takes a file out of the answers, while the proposal is in the hands of its lead applicant. What a receipt names stays in the store. */
export class RemoveAttachment {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
  ) {}

  /** Returns whether its bytes are needed no longer. Throws SubjectNotFound, ProposalNotInYourHands. */
  async execute(proposalId: string, id: string, request: IntakeRequest): Promise<boolean> {
    const { region, actorId } = request;
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const current = await lockToWrite(tx, this.frozen, proposalId);
      const [removed] = await tx.query<{ path: string; isReceived: boolean }>(REMOVE, [id, proposalId]);
      if (removed === undefined) throw new SubjectNotFound('attachment', id);
      const { path, isReceived } = removed;
      const others = filesAt(current.content, path).filter((file) => file.id !== id);
      const content = withValueAt(current.content, path, others.length === 0 ? undefined : others);
      await saveWritten(
        tx,
        { frozen: this.frozen, id: proposalId, current, receivedAt: request.receivedAt },
        { title: current.title, content },
      );
      const data = { proposal: proposalId };
      await writeAudit(tx, {
        ...{ region, actor: actorId, act: 'attachment.remove', subjectKind: 'attachment', subjectId: id, data },
      });
      return !isReceived;
    });
  }
}
