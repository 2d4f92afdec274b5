import type { PartyRole, PartyView } from './party.js';

/** A party as far as it says who takes part. */
export type Standing = Pick<PartyView, 'role' | 'organisation' | 'institution' | 'state'>;

/** Who is named in a proposal and has not confirmed it: a party by its state, or a school or partner that nobody wrote down as a party. */
export interface Unconfirmed {
  readonly organisation: string;
  readonly state: Exclude<PartyView['state'], 'confirmed'> | 'not-named';
}

type Content = Readonly<Record<string, unknown>>;

interface Named {
  readonly name?: string;
  readonly brin?: string;
  readonly board?: string;
}

/** The parties of the proposal `p`, as one JSON list. */
export const STANDINGS = `coalesce((select jsonb_agg(jsonb_build_object('role', t.role, 'organisation', t.organisation, 'institution', t.institution,
    'state', t.state) order by t.created_at, t.id) from party t where t.proposal_id = p.id and t.removed_at is null), '[]')`;

const LISTS: Readonly<Record<'schools' | 'partners', readonly PartyRole[]>> = {
  schools: ['school', 'co-applicant'],
  partners: ['partner', 'co-applicant'],
};

/**
 * The answers as conditions judge them: without schools, partners and a payee that said no. Who did not answer yet counts, because the
 * applicant answers for what is written (Awb 4:2) until somebody contradicts it; who checks reads their names (`unconfirmedOf`).
 */
export function withoutDeclined(content: Content, parties: readonly Standing[]): Content {
  const declined = parties.filter(({ state }) => state === 'declined');
  if (declined.length === 0) return content;
  const lists = Object.entries(LISTS).flatMap(([key, roles]) => {
    if (content[key] === undefined) return [];
    const isOut = (one: Named): boolean => declined.some((party) => roles.includes(party.role) && isSame(party, one));
    return [[key, namedIn(content, key).filter((one) => !isOut(one))] as const];
  });
  const { payee, ...others } = content;
  const isPaid = payee !== undefined && !declined.some(({ role }) => role === 'payee');
  return { ...others, ...(isPaid ? { payee } : {}), ...Object.fromEntries(lists) };
}

/** Who has not confirmed to take part, in the order in which they were written down; a contact person confirms nothing that anybody waits for. */
export function unconfirmedOf(content: Content, parties: readonly Standing[]): readonly Unconfirmed[] {
  const open = parties.flatMap(({ role, organisation, state }) =>
    role === 'contact' || state === 'confirmed' ? [] : [{ organisation, state }],
  );
  return [...open, ...notNamed(content, parties)];
}

/** Schools and partners of the answers that are no party. Who applies answers for itself. */
function notNamed(content: Content, parties: readonly Standing[]): readonly Unconfirmed[] {
  const lead = (content['lead'] ?? {}) as { readonly name?: string; readonly institution?: string };
  const applicant = { organisation: lead.name ?? '', institution: lead.institution ?? null };
  return Object.entries(LISTS).flatMap(([key, roles]) => {
    return namedIn(content, key)
      .filter((one) => !isSame(applicant, one))
      .filter((one) => !parties.some((party) => roles.includes(party.role) && isSame(party, one)))
      .map(({ name, brin }) => ({ organisation: name ?? brin ?? '', state: 'not-named' as const }));
  });
}

function namedIn(content: Content, key: string): readonly Named[] {
  return Array.isArray(content[key]) ? (content[key] as readonly Named[]) : [];
}

/** A school by its BRIN or board, anything else by its name. */
function isSame(
  { organisation, institution }: Pick<Standing, 'organisation' | 'institution'>,
  { name, brin, board }: Named,
): boolean {
  const number = institution?.toUpperCase();
  if (number !== undefined && (number === brin?.toUpperCase() || number === board)) return true;
  return name !== undefined && plain(name) === plain(organisation);
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}
