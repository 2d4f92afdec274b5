import type { NoticeWriter } from '#lib/engine';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';
import type { PersonDirectory } from '#lib/people';
import { isInOrder } from '../is-in-order.js';
import { toLeadApplicant } from '../to-lead-applicant.js';
import { toStaff } from '../to-staff.js';

/** What a receipt comes in the place of. */
export interface FormerReceipt {
  readonly receivedAt: Instant;
  readonly contentHash: string;
}

const FORMER = {
  name: 'former-receipt',
  text: `select app.iso(received_at) as "receivedAt", content_hash as "contentHash" from receipt
    where proposal_id = $1 and transition_id <> $2 order by received_at desc limit 1`,
};

/** The newest receipt of a proposal beside that of an event; null when there is none. */
export async function formerReceipt(
  tx: Transaction,
  { proposalId, eventId }: { readonly proposalId: string; readonly eventId: string },
): Promise<FormerReceipt | null> {
  const [former] = await tx.query<FormerReceipt>(FORMER, [proposalId, eventId]);
  return former ?? null;
}

/** Who applies is told what a taking back means, and what stands in the end; the desk only where it had begun to handle it. */
export function takingBackNotices(directory: PersonDirectory): Readonly<Record<string, NoticeWriter>> {
  const about = (template: string): NoticeWriter =>
    toLeadApplicant(template, {
      more: async ({ tx, subject, eventId, opened }) => ({
        closesAt: (opened.facts['call'] as { closesAt: Instant }).closesAt,
        isInOrder: isInOrder(opened.facts),
        former: await formerReceipt(tx, { proposalId: subject.id, eventId }),
      }),
    });
  return {
    'taken-back': about('taken-back'),
    'stands-again': about('stands-again'),
    'taken-back-from-desk': toStaff('taken-back-from-desk', ['secretary'], directory),
  };
}
