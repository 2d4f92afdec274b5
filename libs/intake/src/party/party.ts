import type { Instant } from '#lib/kernel';

/** A contact gets copies of mails and signs nothing; a payee confirms the account. */
export const PARTY_ROLES = ['co-applicant', 'partner', 'school', 'payee', 'contact'] as const;
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
  /** BRIN or number of the board whose part it is: who has a mandate can answer for it. Null: another organisation, a person. */
  readonly institution: string | null;
}

/** A party as the lead applicant and staff see it. */
export interface PartyView extends WrittenParty {
  readonly id: string;
  readonly revision: number;
  readonly state: 'listed' | 'asked' | 'confirmed' | 'declined' | 'changed';
  readonly askedAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly answeredName: string | null;
  readonly answeredFunction: string | null;
  readonly note: string | null;
}

/** The account that a payee confirms. */
export interface Account {
  readonly name?: string;
  readonly iban?: string;
}

const LAST = 4;

/** An IBAN as others than its holder and the applicant read it: country and the last four characters. */
export function maskedIban(iban: string): string {
  const plain = iban.replace(/\s/g, '');
  return plain.length <= LAST + 2 ? '•'.repeat(plain.length) : `${plain.slice(0, 2)}••••${plain.slice(-LAST)}`;
}

/** Of the account others than the applicant and its holder read the last four characters, and nothing of what was typed for it. */
export function withMaskedAccount(content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const payee = content['payee'] as { readonly iban?: unknown } | undefined;
  const typed = Object.entries((content['typed'] ?? {}) as Readonly<Record<string, unknown>>);
  const others = typed.filter(([path]) => !path.startsWith('payee.'));
  return {
    ...content,
    ...(typeof payee?.iban === 'string' ? { payee: { ...payee, iban: maskedIban(payee.iban) } } : {}),
    ...(typed.length === others.length ? {} : { typed: Object.fromEntries(others) }),
  };
}
