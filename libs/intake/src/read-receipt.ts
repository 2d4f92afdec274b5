import { scopeOf, writes } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';

/** What was received, as it was received: the copy that belongs to a receipt. */
export interface ReceiptView {
  readonly id: string;
  readonly receivedAt: Instant;
  readonly inTime: boolean;
  /** SHA-256 of the canonical JSON (RFC 8785) of `content`. */
  readonly contentHash: string;
  /** The receipt that this one comes in the place of; null: it is the first. */
  readonly replaces: { readonly id: string; readonly receivedAt: Instant; readonly contentHash: string } | null;
  /** All answers, the title among them. */
  readonly content: Readonly<Record<string, unknown>>;
  /** What was issued of it; null for receipts given before documents were kept. */
  readonly documentId: string | null;
}

const READ = {
  name: 'read-receipt',
  text: `select r.id, app.iso(r.received_at) as "receivedAt", r.in_time as "inTime", r.content_hash as "contentHash", r.content,
      (select t.id from document t where t.kind = 'receipt' and t.source_id = r.id) as "documentId",
      (select jsonb_build_object('id', f.id, 'receivedAt', app.iso(f.received_at), 'contentHash', f.content_hash) from receipt f
        where f.proposal_id = r.proposal_id and f.received_at < r.received_at order by f.received_at desc limit 1) as replaces
    from receipt r join proposal p on p.id = r.proposal_id where r.id = $1 and r.proposal_id = $2 and ${scopeOf('proposal', 'p')}
      and (${writes('p')} or app.staff_roles(p.region, app.actor()) <> '[]')`,
};

/** For who applies, who writes along, and staff; null for others, and when it does not exist. */
export async function readReceipt(tx: Transaction, proposalId: string, id: string): Promise<ReceiptView | null> {
  const [receipt] = await tx.query<ReceiptView>(READ, [id, proposalId]);
  return receipt ?? null;
}
