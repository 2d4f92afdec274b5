import { appliesTo, scopeOf, writesAlong } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { PartyView } from './party.js';

const LIST = {
  name: 'list-parties',
  text: `select t.id, t.revision, t.role, t.organisation, t.institution, t.contact_name as "contactName", t.email::text, t.language, t.part, t.state, t.asked_at as "askedAt",
      t.answered_at as "answeredAt", t.answered_name as "answeredName", t.answered_function as "answeredFunction", t.note
    from party t join proposal p on p.id = t.proposal_id where t.proposal_id = $1 and t.removed_at is null and ${scopeOf('proposal', 'p')} and not ${writesAlong('p')}
      and (${appliesTo('p')} or app.staff_roles(p.region, app.actor()) <> '[]') order by t.created_at, t.id`,
};

/** Parties of a proposal for who applies and for staff; nobody else reads how to reach them. */
export async function listParties(tx: Transaction, proposalId: string): Promise<readonly PartyView[]> {
  return tx.query<PartyView>(LIST, [proposalId]);
}
