/** What partners of a proposal can be. */
export const PARTNER_KINDS = [
  ...['COMPANY', 'PABO', 'HE', 'SCIENCE_HUB', 'SCIENCE_CENTRE', 'SCHOOL_VO', 'VMBO', 'MBO', 'SCHOOL_PO'],
  ...['MUNICIPALITY', 'PROVINCE', 'SUPPORT_SERVICE', 'OTHER'],
] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

/** Kinds of actors of the plan that take part in no proposal themselves. */
const ACTOR_KINDS = [
  ...['NETWORK', 'PLATFORM', 'COUNCIL', 'GOVERNMENT', 'PROGRAMME', 'INSTITUTE', 'CONSORTIUM'],
] as const;

export const ORGANISATION_KINDS = [...PARTNER_KINDS, ...ACTOR_KINDS] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** An organisation as it is written. */
export interface WrittenOrganisation {
  readonly code: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly kvk: string | null;
  readonly place: string;
  readonly province: string;
  readonly regions: readonly string[];
  /** From this day on it is no longer found; null: it goes on. */
  readonly endedOn: string | null;
}

/** An organisation of the registry. */
export interface Organisation extends WrittenOrganisation {
  readonly id: string;
  readonly revision: number;
}
