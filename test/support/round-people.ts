import type pg from 'pg';
import type { RoleInRegion, StaffRole, Viewer } from '#lib/access';

/** The people of one region's round; every id is a person's. */
export interface RoundPeople {
  readonly region: string;
  readonly coordinator: string;
  readonly secretary: string;
  readonly decider: string;
  /** The first is the chair. */
  readonly members: readonly string[];
  readonly applicants: readonly string[];
}

let made = 0;

/** People without passwords: tests that need a key give them a token. */
export async function makePeople(
  owner: pg.Client,
  region: string,
  counts: { readonly members: number; readonly applicants: number },
): Promise<RoundPeople> {
  const person = async (role: StaffRole | null): Promise<string> => {
    made += 1;
    const email = `${role ?? 'school'}.${region}.${made}@x.example`;
    const { rows } = await owner.query<{ id: string }>(
      `with p as (insert into person (email, name) values ($1, $2) returning id),
        r as (insert into role_assignment (region, person_id, role) select $3, id, $4 from p where $4::text is not null)
       select id from p`,
      [email, `${role ?? 'Leraar'} ${made}`, region, role],
    );
    return rows[0]?.id ?? '';
  };
  const several = async (count: number, role: StaffRole | null): Promise<string[]> => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++) ids.push(await person(role));
    return ids;
  };
  return {
    region,
    coordinator: await person('coordinator'),
    secretary: await person('secretary'),
    decider: await person('decider'),
    members: [await person('chair'), ...(await several(counts.members - 1, 'member'))],
    applicants: await several(counts.applicants, null),
  };
}

/** A viewer with one role in one region. */
export function viewerOf(id: string, region: string, role: StaffRole): Viewer {
  const roles: RoleInRegion[] = [{ region, role }];
  return { id, name: role, language: 'nl', roles };
}

/** Answers that meet the regulation of noord; `more` replaces whole parts. */
export function eligibleContent(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const school = { board: '90001', province: 'Drenthe', level: 'PO', affiliated: true };
  return {
    lead: { kind: 'ORGANISATION', name: 'Basisschool De Voorbeeldige' },
    summary: 'Leerlingen ontwerpen een waterzuivering met hulp van een bedrijf.',
    schools: [
      { ...school, brin: '90AA', site: '90AA00' },
      { ...school, brin: '90AB', site: '90AB00' },
    ],
    partners: [{ kind: 'COMPANY', name: 'Technisch Bedrijf Voorbeeld', kvk: '90000001', benefitCents: 0 }],
    budget: budgetOf(400_000),
    plan: { months: 12, startsAfterClosing: true },
    payee: { name: 'Basisschool De Voorbeeldige', iban: 'NL02ABNA0123456789' },
    answers: {
      goal: 'Leerlingen leren meten, ontwerpen en uitleggen wat zij zien.',
      approach: 'In het najaar bereiden de teams voor, in het voorjaar werken de klassen.',
    },
    file: {
      ...{ boardConsent: true, sharingPlan: true, measurementPlan: true, curriculumIntegration: true },
    },
    ...more,
  };
}

/** Answers that meet the regulation of oost. */
export function contentOfOost(requestedCents = 400_000): Record<string, unknown> {
  const school = { province: 'Overijssel', level: 'PO', affiliated: true };
  return eligibleContent({
    schools: [
      { ...school, brin: '90BA', site: '90BA00', board: '90011' },
      { ...school, brin: '90BB', site: '90BB00', board: '90011' },
      { ...school, brin: '90BC', site: '90BC00', board: '90012' },
    ],
    budget: budgetOf(requestedCents),
  });
}

/** A budget that balances, half of it asked for. */
export function budgetOf(requestedCents: number): Record<string, number> {
  const half = requestedCents / 2;
  return {
    ...{ totalCents: requestedCents * 2, requestedCents, minimumCents: half },
    ...{ ownCashCents: half, inKindCents: half, thirdPartyCents: 0 },
  };
}
