import { randomBytes } from 'node:crypto';
import type { StaffRole } from '#lib/access';
import type { Database } from '#lib/database';
import { OpenAccount, SYSTEM } from '#lib/people';
import type { DemoAccount } from '../installation/demo-accounts.js';
import type { NetworkFile } from './network-file.js';

/** Names of the accounts that have a password, as they stand before the @ of each network's addresses. */
const LOCAL = {
  ...{ teacher: 'leraar', expert: 'deskundige', coordinator: 'coordinator' },
  ...{ secretary: 'secretaris', chair: 'voorzitter', decider: 'bestuur' },
} as const;
type Part = keyof typeof LOCAL;

/** Ids of the people of one network by their names. */
export type PeopleByName = ReadonlyMap<string, string>;

interface Person {
  readonly name: string;
  readonly email: string;
  readonly role: StaffRole | null;
  /** Only those whom somebody may sign in as; the others have a mailed link. */
  readonly part: Part | null;
}

/** Opens the accounts of a network; six of them share a password of this installation alone. */
export async function openPeople(
  database: Database,
  file: NetworkFile,
): Promise<{ readonly people: PeopleByName; readonly accounts: readonly DemoAccount[] }> {
  const password = randomBytes(9).toString('base64url');
  const opening = new OpenAccount(database);
  const people = new Map<string, string>();
  const accounts: DemoAccount[] = [];
  for (const { name, email, role, part } of peopleOf(file)) {
    const roles = role === null ? [] : [{ region: file.network, role }];
    const own = part === null ? null : password;
    people.set(name, await opening.execute(SYSTEM, { email, name, language: 'nl', password: own, roles }));
    if (part !== null) accounts.push({ email, password, role: role ?? 'applicant', network: file.network });
  }
  return { people, accounts };
}

function peopleOf({ network, people, committee, calls, initiatives = [] }: NetworkFile): readonly Person[] {
  const at = (part: Part): string => `${LOCAL[part]}@demo-${network}.example`;
  const known = (part: Exclude<Part, 'expert' | 'chair'>, role: StaffRole | null): Person => ({
    ...{ name: people[part], email: at(part), role, part },
  });
  const expert = committee.find(({ kind, chair }) => kind === 'expert' && chair !== true);
  const members = committee.map((member): Person => {
    const part = member.chair === true ? 'chair' : member === expert ? 'expert' : null;
    const email = part === null ? `${dotted(member.name)}@demo-${network}.example` : at(part);
    return { name: member.name, email, role: member.chair === true ? 'chair' : 'member', part };
  });
  const staff = [known('coordinator', 'coordinator'), known('secretary', 'secretary'), known('decider', 'decider')];
  const named = [
    ...calls.flatMap(({ proposals }) => proposals.map(({ applicant }) => applicant)),
    ...initiatives.map(({ who }) => who),
  ];
  const applicants = [...new Set(named)].flatMap((name): Person[] =>
    name === undefined || name === people.teacher
      ? []
      : [{ name, email: `${dotted(name)}@scholen-${network}.example`, role: null, part: null }],
  );
  return [...staff, known('teacher', null), ...members, ...applicants];
}

/** `Klaas-Jan van der Zijl` as `klaas-jan.van.der.zijl`. */
function dotted(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '');
  return plain.toLowerCase().replace(/[^a-z-]+/g, '.');
}

const NATIONAL: readonly { readonly email: string; readonly name: string; readonly role: StaffRole }[] = [
  { email: 'landelijk@regioloket.example', name: 'Landelijk programmabureau', role: 'national-office' },
  { email: 'beheer@regioloket.example', name: 'Beheer', role: 'platform-admin' },
];

/** Opens the accounts that belong to no network, each with a password of its own. */
export async function openNationalPeople(database: Database): Promise<readonly DemoAccount[]> {
  const opening = new OpenAccount(database);
  const accounts: DemoAccount[] = [];
  for (const { email, name, role } of NATIONAL) {
    const password = randomBytes(15).toString('base64url');
    const roles = [{ region: 'landelijk', role }];
    await opening.execute(SYSTEM, { email, name, language: 'nl', password, roles });
    accounts.push({ email, password, role, network: 'landelijk' });
  }
  return accounts;
}
