import type { Database } from '#lib/database';
import { claimKey, SubjectNotFound, writeAudit, type RequestKey } from '#lib/engine';
import { insertAttachment, TooManyFiles, type AttachmentView } from '#lib/intake';

/** Files of one objection at most. */
const MOST = 10;
/** Where a file stands that is no answer: at a path that no form has. */
const PATH = 'objection.file';

const FIND = {
  name: 'own-objection-to-add-to',
  text: `select o.id, (select count(*)::int from attachment f where f.objection_id = o.id and f.removed_at is null) as files
    from objection o join proposal p on p.id = o.proposal_id where p.id = $1 and o.objected_by = app.actor()
    order by o.received_at desc limit 1 for update of p`,
};

interface Asked {
  readonly actorId: string;
  readonly region: string;
  readonly key: RequestKey;
}

/** Puts a file that lies in the store with the objection that its sender registered. */
export class AddObjectionFile {
  constructor(private readonly database: Database) {}

  /** Returns the id of the file that has a row: this one, or under a repeated key the earlier one. Throws SubjectNotFound, TooManyFiles. */
  async execute(
    proposalId: string,
    file: Omit<AttachmentView, 'path'>,
    { actorId, region, key }: Asked,
  ): Promise<string> {
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const claimed = await claimKey(tx, key, file.id);
      if (claimed.repeated) return claimed.subjectId;
      const [found] = await tx.query<{ id: string; files: number }>(FIND, [proposalId]);
      if (found === undefined) throw new SubjectNotFound('objection', proposalId);
      if (found.files >= MOST) throw new TooManyFiles(MOST);
      await insertAttachment(tx, { ...file, path: PATH }, { region, proposalId, actorId, objectionId: found.id });
      const data = { proposal: proposalId, objection: found.id, sha256: file.sha256 };
      await writeAudit(tx, {
        ...{ region, actor: actorId, act: 'attachment.add', subjectKind: 'attachment', subjectId: file.id, data },
      });
      return file.id;
    });
  }
}
