import type { Transaction } from '#lib/database';
import type { AttachmentView } from './attachment.js';

const INSERT = {
  name: 'add-attachment',
  text: `insert into attachment (id, region, proposal_id, path, name, media_type, bytes, sha256, state, uploaded_by, objection_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
};

interface Place {
  readonly region: string;
  readonly proposalId: string;
  readonly actorId: string;
  /** Of which objection it is; null: it is an answer. */
  readonly objectionId: string | null;
}

/** Gives a file that lies in the store its row. */
export async function insertAttachment(
  tx: Transaction,
  { id, path, name, mediaType, bytes, sha256, state }: AttachmentView,
  { region, proposalId, actorId, objectionId }: Place,
): Promise<void> {
  await tx.query(INSERT, [id, region, proposalId, path, name, mediaType, bytes, sha256, state, actorId, objectionId]);
}
