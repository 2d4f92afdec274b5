import { maskedIban, PARTY_ROLES } from '#lib/intake';
import type { Fields } from '../form-fields.js';
import { isInHand } from '../proposal/proposal-case.js';
import type { PartyCase } from './party-case.js';

interface Account {
  readonly name?: string;
  readonly iban?: string;
}

/** The lead applicant, the parties with where each stands, and the form for one more. */
export function partiesView({ proposal, parties }: PartyCase, fields: Fields, say: (key: string) => string): object {
  const { kind, name = '' } = (proposal.content['lead'] ?? {}) as { kind?: string; name?: string };
  const payee = proposal.content['payee'] as Account | undefined;
  const { name: holder = '', iban = '' } = payee ?? {};
  const account = iban === '' ? null : { name: holder, iban: maskedIban(iban) };
  return {
    proposal,
    lead: { name, role: say(kind === 'PERSON' ? 'party.role-lead-person' : 'party.role-lead') },
    parties: parties.map((party) => ({
      ...party,
      isContact: party.role === 'contact',
      account: party.role === 'payee' ? account : null,
      lacksAccount: party.role === 'payee' && account === null,
    })),
    roles: PARTY_ROLES.map((value) => ({
      ...{ value, text: say(`party.role-${value}`), on: (fields['role'] ?? 'partner') === value },
    })),
    fields,
    inHand: isInHand(proposal),
  };
}
