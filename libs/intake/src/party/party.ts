import type { Instant } from '#lib/kernel';

export const PARTY_ROLES = ['co-applicant', 'partner', 'school', 'payee'] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];

/** What a party does and gives. */
export interface Part {
  readonly task: string;
  readonly cashCents: number | null;
  readonly hours: number | null;
  readonly inKindCents: number | null;
}

export interface WrittenParty {
  readonly role: PartyRole;
  readonly organisation: string;
  readonly contactName: string;
  readonly email: string;
  readonly language: 'nl' | 'en';
  readonly part: Part;
}

/** A party as the lead applicant and staff see it. */
export interface PartyView extends WrittenParty {
  readonly id: string;
  readonly state: 'listed' | 'asked' | 'confirmed' | 'declined' | 'changed';
  readonly askedAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly answeredName: string | null;
  readonly answeredFunction: string | null;
  readonly note: string | null;
}
