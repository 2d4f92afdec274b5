import { participantsOf, pledgesOf, type Participant } from '#lib/intake';
import type { Fields } from '../form-fields.js';
import type { PartyCase } from './party-case.js';

/** Who the answers name and nobody asked yet, each with the form that asks for the part. */
export function toAskView({ proposal, parties }: PartyCase): readonly object[] {
  return participantsOf(proposal.content, parties)
    .filter(({ party, isLead }) => party === null && !isLead)
    .map(({ at, list, name, institution }) => ({
      ...{ name, institution: institution ?? '', role: list === 'schools' ? 'school' : 'partner' },
      href: `/aanvragen/${proposal.id}/partijen?deelnemer=${at ?? ''}#toevoegen`,
    }));
}

/** Ids of the parties that the answers do not name. */
export function unnamedParties({ proposal, parties }: PartyCase): ReadonlySet<string> {
  const unnamed = participantsOf(proposal.content, parties).filter(({ at }) => at === null);
  return new Set(unnamed.flatMap(({ party }) => (party === null ? [] : [party.id])));
}

/** The form for one of those that the answers name, as far as they say who it is; empty when there is no such one. */
export function fieldsOfParticipant({ proposal, parties }: PartyCase, at: string | undefined): Fields {
  const found = participantsOf(proposal.content, parties).find((one) => at !== undefined && one.at === at);
  return found === undefined ? {} : fieldsOf(found);
}

function fieldsOf({ list, name, institution }: Participant): Fields {
  return {
    role: list === 'schools' ? 'school' : 'partner',
    ...{ organisation: name.slice(0, 200), institution: institution ?? '' },
  };
}

/** What parties give beside the budget; empty while nobody gives anything. */
export function pledgesView({ proposal, parties }: PartyCase): readonly object[] {
  return pledgesOf(proposal.content, parties).map((pledge) => ({ ...pledge, label: `party.pledge-${pledge.of}` }));
}
