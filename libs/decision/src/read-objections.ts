import { scopeOf, writes } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { AttachmentView } from '#lib/intake';
import type { Instant } from '#lib/kernel';

export interface ObjectionView {
  readonly id: string;
  readonly receivedAt: Instant;
  readonly inTime: boolean;
  /** Whether it is about the decision that holds now. */
  readonly isCurrent: boolean;
  readonly reasons: string;
  /** Who objects. */
  readonly by: string;
  readonly files: readonly AttachmentView[];
}

/** Read by who objected, and by staff of the region without an interest. */
const READ = {
  name: 'read-objections',
  text: `select o.id, o.received_at as "receivedAt", o.in_time as "inTime", o.reasons, b.name as by, d.undone_at is null as "isCurrent",
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'path', f.path, 'name', f.name, 'mediaType', f.media_type,
        'bytes', f.bytes, 'sha256', f.sha256, 'state', f.state) order by f.uploaded_at, f.id)
        from attachment f where f.objection_id = o.id and f.removed_at is null), '[]') as files
    from objection o join proposal p on p.id = o.proposal_id join person b on b.id = o.objected_by join decision d on d.id = o.decision_id
    where o.proposal_id = $1 and (o.objected_by = app.actor()
      or ${scopeOf('proposal', 'p')} and app.staff_roles(p.region, app.actor()) <> '[]' and not ${writes('p')})
    order by o.received_at desc`,
};

/** The objections to the decisions on a proposal that the viewer may read, newest first. */
export async function readObjections(tx: Transaction, proposalId: string): Promise<readonly ObjectionView[]> {
  return tx.query<ObjectionView>(READ, [proposalId]);
}
