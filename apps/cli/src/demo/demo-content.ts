import type { FoundSchool } from '#lib/people';
import type { CompiledForm } from '#lib/regulation';
import type { ProposalInFile } from './network-file.js';

/** What the form keeps of a school. */
type SchoolOfExample = Pick<FoundSchool, 'name' | 'brin' | 'site' | 'board' | 'province' | 'level'>;

const CENTS = 100;
/** A test account of a bank that does not exist; it passes the check of mod 97. */
const IBAN = 'NL02ABNA0123456789';
/** What everything goes to, in parts of the costs. */
const LINES: readonly (readonly [label: string, share: number])[] = [
  ['Begeleiding door de partners', 0.4],
  ['Materiaal en huur', 0.25],
  ['Uren van leraren', 0.35],
];

/** The answers of an example, as the form asks for them. `numbers`: of the Chamber of Commerce, by names of partners. */
export function contentOf(
  proposal: ProposalInFile,
  schools: readonly SchoolOfExample[],
  numbers: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const { summary, goal, approach, partners, months, without = [] } = proposal;
  const lead = schools[0]?.name ?? '';
  const whole: Record<string, unknown> = {
    lead: { kind: 'ORGANISATION', name: lead },
    summary,
    schools: schools.map(({ name, brin, site, board, province, level }) => ({
      ...{ name, brin, site, board, province, level },
      affiliated: true,
    })),
    partners: partners.map((partner) => ({ ...partner, kvk: numbers.get(partner.name), benefitCents: 0 })),
    budget: budgetOf(proposal),
    plan: { months, startsAfterClosing: true },
    payee: { kind: 'SCHOOL_BOARD', name: lead.slice(0, 70), iban: IBAN },
    answers: { ...(goal === undefined ? {} : { goal }), approach },
    file: {
      ...{ boardConsent: true, sharingPlan: true, measurementPlan: true, curriculumIntegration: true },
    },
  };
  return Object.fromEntries(Object.entries(whole).filter(([part]) => !without.includes(part)));
}

/** A budget that balances: of what is not asked for, three fifths in money and the rest in hours. */
function budgetOf({ asks, costs }: ProposalInFile): object {
  const own = (costs - asks) * CENTS;
  const ownCashCents = Math.ceil((own * 3) / 5 / 5000) * 5000;
  const lines = LINES.map(([label, share]) => ({ label, cents: Math.round((costs * CENTS * share) / 100) * 100 }));
  return {
    ...{ lines, totalCents: costs * CENTS, requestedCents: asks * CENTS },
    minimumCents: Math.ceil(asks * 0.8) * CENTS,
    ...{ ownCashCents, inKindCents: own - ownCashCents, thirdPartyCents: 0 },
  };
}

/** Questions that only a file answers, and must. */
export function questionsToProve(form: CompiledForm, content: Readonly<Record<string, unknown>>): readonly string[] {
  return form.asked(content).flatMap(({ path, question }) => (question.proves === undefined ? [] : [path]));
}
