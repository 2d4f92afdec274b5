import { maskedIban, mayChangeRole, PARTY_ROLES } from '#lib/intake';
import type { Fields } from '../form-fields.js';
import { isInHand } from '../proposal/proposal-case.js';
import { pledgesView, toAskView, unnamedParties } from './participants.view.js';
import type { PartyCase } from './party-case.js';

interface Account {
  readonly name?: string;
  readonly iban?: string;
}

/** The lead applicant, the parties with where each stands, and the form for one more. */
export function partiesView(found: PartyCase, fields: Fields, say: (key: string) => string): object {
  const { proposal, parties, mayChange, hourlyRateCents } = found;
  const { kind, name = '' } = (proposal.content['lead'] ?? {}) as { kind?: string; name?: string };
  const payee = proposal.content['payee'] as Account | undefined;
  const { name: holder = '', iban = '' } = payee ?? {};
  const unnamed = unnamedParties(found);
  const account = iban === '' ? null : { name: holder, iban: maskedIban(iban) };
  return {
    proposal,
    lead: { name, role: say(kind === 'PERSON' ? 'party.role-lead-person' : 'party.role-lead') },
    parties: parties.map((party) => ({
      ...party,
      isContact: party.role === 'contact',
      isUnnamed: unnamed.has(party.id),
      isSchool: party.role === 'school',
      mayChange: mayChangeRole(party.role, mayChange),
      account: party.role === 'payee' ? account : null,
      lacksAccount: party.role === 'payee' && account === null,
    })),
    ...{ toAsk: toAskView(found), pledges: pledgesView(found) },
    roles: rolesView(found, fields, say),
    hourlyRateCents,
    isCompletion: proposal.phase !== 'preparing',
    fields,
    inHand: proposal.isOwn && isInHand(proposal),
  };
}

/** The roles that a party may have now, with the chosen one. */
export function rolesView({ mayChange }: PartyCase, fields: Fields, say: (key: string) => string): readonly object[] {
  const open = PARTY_ROLES.filter((role) => mayChangeRole(role, mayChange));
  const chosen = open.find((role) => role === (fields['role'] ?? 'partner')) ?? open[0];
  return open.map((value) => ({ value, text: say(`party.role-${value}`), on: value === chosen }));
}
