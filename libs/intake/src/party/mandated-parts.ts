import type { Page, PageRequest } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant, Text } from '#lib/kernel';
import type { PartyRole, PartyView } from './party.js';

/** A part that was asked of a school or board, as who has its mandate reads it in a list. */
export interface MandatedPart {
  readonly id: string;
  readonly region: string;
  readonly institution: string;
  readonly organisation: string;
  readonly role: PartyRole;
  readonly state: PartyView['state'];
  readonly title: string;
  readonly leadOrganisation: string;
  readonly call: Text;
  readonly askedAt: Instant | null;
  readonly answeredAt: Instant | null;
}

const LIST = {
  name: 'mandated-parts',
  text: `select t.id, t.region, t.institution, t.organisation, t.role, t.state, p.title, p.organisation as "leadOrganisation",
      jsonb_build_object('nl', c.name_nl, 'en', c.name_en) as call, t.asked_at as "askedAt", t.answered_at as "answeredAt"
    from party t join proposal p on p.id = t.proposal_id join call c on c.id = p.call_id
    where t.institution = any ((select app.mandated(app.actor(), 'confirm'))::text[]) and t.removed_at is null and t.state <> 'listed' and p.phase <> 'ended'
      and ($1::text is null or t.id::text > $1) order by t.id limit $2`,
};

/** Parts asked of schools and boards for which the actor has a mandate to confirm, in the regions of this unit of work. */
export async function listMandatedParts(tx: Transaction, page: PageRequest): Promise<Page<MandatedPart>> {
  const rows = await tx.query<MandatedPart>(LIST, [page.after, page.size + 1]);
  return page.of(rows, ({ id }) => id);
}
