/** The national desk: what no network covers, and what names none. */
export const NATIONAL = 'landelijk';

/** What an initiative needs: support (draagvlak), partners, money. */
export const NEEDS = ['support', 'partners', 'money'] as const;
export const THEMES = ['wt', 'excellence', 'both'] as const;
/** Fields of which the initiator says one by one whether partners may read them. */
export const CONSENT_FIELDS = ['what', 'forWhom', 'wantedPartners', 'school', 'contact'] as const;
export type ConsentField = (typeof CONSENT_FIELDS)[number];

/** What an initiator writes. */
export interface InitiativeContent {
  readonly what: string;
  readonly forWhom: string;
  readonly needs: readonly (typeof NEEDS)[number][];
  readonly theme: (typeof THEMES)[number];
  readonly wantedPartners: string;
  /** From the registry of schools; empty for who has no school yet. */
  readonly school: {
    readonly site: string;
    readonly name: string;
    readonly place: string;
    readonly province: string;
  } | null;
  /** How partners reach the initiator, when that may be known. */
  readonly contact: string;
}

export interface WrittenInitiative {
  readonly title: string;
  readonly content: InitiativeContent;
  readonly consent: readonly ConsentField[];
}

/** The fields of an initiative that partners may read; nothing without consent. */
export function publicPart(content: InitiativeContent, consent: readonly string[]): Partial<InitiativeContent> {
  return Object.fromEntries(Object.entries(content).filter(([field]) => consent.includes(field)));
}
