import { appliesTo, scopeOf } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';
import type { AttachmentView } from '../attachment/attachment.js';

/** What an applicant had written after taking a proposal back, and did not submit before the closing. */
export interface SetAside {
  readonly title: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly setAsideAt: Instant;
  /** Files that belong to it, also those that the submitted version does not have. */
  readonly attachments: readonly AttachmentView[];
}

const READ = {
  name: 'read-set-aside',
  text: `select b.title, b.content, app.iso(b.set_aside_at) as "setAsideAt",
      (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'path', f.path, 'name', f.name, 'mediaType', f.media_type,
          'bytes', f.bytes, 'sha256', f.sha256, 'state', f.state) order by f.uploaded_at, f.id), '[]')
        from attachment f where f.proposal_id = p.id and f.objection_id is null and position(f.id::text in b.content::text) > 0) as attachments
    from taken_back b join proposal p on p.id = b.proposal_id
    where b.proposal_id = $1 and b.set_aside_at is not null and ${appliesTo('p')} and ${scopeOf('proposal', 'p')}
    order by b.set_aside_at desc limit 1`,
};

/** The newest, for who applies alone; null when everything that was written was submitted. */
export async function readSetAside(tx: Transaction, proposalId: string): Promise<SetAside | null> {
  const [found] = await tx.query<SetAside>(READ, [proposalId]);
  return found ?? null;
}
