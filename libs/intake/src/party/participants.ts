import type { PartyView } from './party.js';

type Content = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;
type Known = Pick<PartyView, 'role' | 'organisation' | 'institution' | 'state' | 'part'>;

/** Somebody who takes part: named among the answers, asked to confirm a part, or both. */
export interface Participant<P extends Known = PartyView> {
  /** Where it stands among the answers (`schools.0`); null: it is asked for a part, and stands nowhere there. */
  readonly at: string | null;
  readonly list: 'schools' | 'partners';
  readonly name: string;
  /** BRIN of a school; null of a partner. */
  readonly institution: string | null;
  /** Whether it is the lead applicant itself, which confirms by submitting. */
  readonly isLead: boolean;
  readonly party: P | null;
}

/** One list of who takes part: schools and partners of the answers, each with the part that was asked of it; then the parts of others. */
export function participantsOf<P extends Known>(content: Content, parties: readonly P[]): readonly Participant<P>[] {
  const taking = parties.filter(({ role }) => role !== 'contact' && role !== 'payee');
  const left = new Set(taking);
  const named = [...rowsOf(content, 'schools'), ...rowsOf(content, 'partners')].map((one) => {
    const party = [...left].find((each) => isSame(each, one)) ?? null;
    if (party !== null) left.delete(party);
    return { ...one, isLead: isLead(content, one), party };
  });
  const others = [...left].map((party) => ({
    ...{ at: null, list: party.role === 'school' ? ('schools' as const) : ('partners' as const) },
    ...{ name: party.organisation, institution: party.institution, isLead: false, party },
  }));
  return [...named, ...others];
}

type Named = Pick<Participant, 'at' | 'list' | 'name' | 'institution'>;

function rowsOf(content: Content, list: 'schools' | 'partners'): readonly Named[] {
  const rows = Array.isArray(content[list]) ? (content[list] as readonly Row[]) : [];
  return rows.flatMap((row, i) => {
    const institution = list === 'schools' ? text(row['brin']) : null;
    const name = text(row['name']) ?? institution;
    return name === null ? [] : [{ at: `${list}.${i}`, list, name, institution }];
  });
}

function isSame({ organisation, institution }: Known, named: Named): boolean {
  return (institution !== null && institution === named.institution) || isSameName(organisation, named.name);
}

function isLead(content: Content, { institution, name }: Named): boolean {
  const lead = (content['lead'] ?? {}) as Row;
  return (
    (institution !== null && text(lead['institution']) === institution) || isSameName(text(lead['name']) ?? '', name)
  );
}

function isSameName(one: string, other: string): boolean {
  const plain = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();
  return plain(one) !== '' && plain(one) === plain(other);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** What parties give beside what the budget says of it, in cents. */
export interface Pledge {
  readonly of: 'partner-cash' | 'own-cash' | 'in-kind';
  /** Of everybody who did not say no. */
  readonly pledgedCents: number;
  readonly confirmedCents: number;
  /** Null while the budget does not say. */
  readonly budgetCents: number | null;
  /** Whether both cannot be true: money of partners is what others pay; all else is at most what the budget counts. */
  readonly differs: boolean;
}

const GIVES: Readonly<
  Record<
    Pledge['of'],
    { readonly roles: readonly string[]; readonly field: 'cashCents' | 'inKindCents'; readonly budget: string }
  >
> = {
  'partner-cash': { roles: ['partner'], field: 'cashCents', budget: 'thirdPartyCents' },
  'own-cash': { roles: ['school', 'co-applicant'], field: 'cashCents', budget: 'ownCashCents' },
  'in-kind': { roles: ['partner', 'school', 'co-applicant'], field: 'inKindCents', budget: 'inKindCents' },
};

/** What parties give, as far as they give or the budget counts on partners. */
export function pledgesOf(content: Content, parties: readonly Known[]): readonly Pledge[] {
  const budget = (content['budget'] ?? {}) as Row;
  const standing = parties.filter(({ state }) => state !== 'declined');
  return Object.entries(GIVES).flatMap(([of, { roles, field, budget: path }]) => {
    const giving = standing.filter(({ role }) => roles.includes(role));
    const sum = (some: readonly Known[]): number => some.reduce((total, { part }) => total + (part[field] ?? 0), 0);
    const pledgedCents = sum(giving);
    const budgetCents = typeof budget[path] === 'number' ? budget[path] : null;
    const isCountedOn = of === 'partner-cash' && giving.length > 0 && (budgetCents ?? 0) > 0;
    if (pledgedCents === 0 && !isCountedOn) return [];
    const confirmedCents = sum(giving.filter(({ state }) => state === 'confirmed'));
    const exact = of === 'partner-cash' ? pledgedCents !== budgetCents : pledgedCents > (budgetCents ?? 0);
    return [
      { of: of as Pledge['of'], pledgedCents, confirmedCents, budgetCents, differs: budgetCents !== null && exact },
    ];
  });
}
