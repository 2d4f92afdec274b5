import type { Database, Transaction } from '#lib/database';
import { claimKey, isRepeated, writeAudit, type RequestKey } from '#lib/engine';
import { withValueAt, type FrozenRules } from '#lib/regulation';
import { lockToWrite, type InHand } from '../assert-in-hand.js';
import { saveWritten } from '../save-proposal.js';
import type { IntakeRequest } from '../write-proposal.js';
import { TooManyFiles } from './attachment-errors.js';
import { insertAttachment } from './insert-attachment.js';
import { filesAt, MOST_OF_PROPOSAL, questionForFiles, type AttachmentView, type NewFile } from './attachment.js';

interface AddOptions {
  /** What a new file is: `quarantined` where a scanner looks at it, `unscanned` where there is none. */
  readonly state: Extract<AttachmentView['state'], 'unscanned' | 'quarantined'>;
  /** Wakes the worker after the commit; never throws, never waits. */
  readonly ring: () => void;
}

const COUNT = {
  name: 'count-attachments',
  text: 'select count(*)::int as n from attachment where proposal_id = $1 and removed_at is null',
};

/** Puts a file that lies in the store among the answers, while the proposal is in the hands of its lead applicant. */
export class AddAttachment {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
    private readonly options: AddOptions,
  ) {}

  /**
   * Returns the id of the attachment: that of the file, or under a repeated key that of the earlier one. Throws SubjectNotFound,
   * ProposalNotInYourHands, QuestionTakesNoFiles, TooManyFiles, KeyUsedForAnother.
   */
  async execute(proposalId: string, file: NewFile, request: IntakeRequest): Promise<string> {
    const { region, actorId, key } = request;
    const id = await this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, file.id);
      if (claimed?.repeated === true) return claimed.subjectId;
      const current = await lockToWrite(tx, this.frozen, proposalId);
      await this.assertRoom(tx, { proposalId, current, path: file.path });
      await insertAttachment(
        tx,
        { ...file, state: this.options.state },
        { region, proposalId, actorId, objectionId: null },
      );
      const { path, name, bytes, sha256 } = file;
      const { title } = current;
      const files = [...filesAt(current.content, path), { id: file.id, name, sha256, bytes }];
      const content = withValueAt(current.content, path, files);
      await saveWritten(
        tx,
        { frozen: this.frozen, id: proposalId, current, receivedAt: request.receivedAt },
        { title, content },
      );
      const data = { proposal: proposalId, sha256 };
      await writeAudit(tx, {
        ...{ region, actor: actorId, act: 'attachment.add', subjectKind: 'attachment', subjectId: file.id, data },
      });
      return file.id;
    });
    this.options.ring();
    return id;
  }

  /** Whether a file was put in under this key before: its answer stays, also when the proposal has left the applicant's hands. */
  async isRepeat(region: string, key: RequestKey): Promise<boolean> {
    return this.database.unit({ regions: [region], actor: key.personId, readOnly: true }, (tx) => isRepeated(tx, key));
  }

  private async assertRoom(
    tx: Transaction,
    { proposalId, current, path }: { readonly proposalId: string; readonly current: InHand; readonly path: string },
  ): Promise<void> {
    const { question } = questionForFiles(await this.frozen.form(current.rulesHash), current, path);
    const most = Number(question.schema['maxItems']);
    if (filesAt(current.content, path).length >= most) throw new TooManyFiles(most);
    const [all] = await tx.query<{ n: number }>(COUNT, [proposalId]);
    if ((all?.n ?? 0) >= MOST_OF_PROPOSAL) throw new TooManyFiles(MOST_OF_PROPOSAL);
  }
}
