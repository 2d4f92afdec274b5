import type { StaffRole } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { DueReminder, Notice, SubjectPort } from '#lib/engine';
import { staffOf } from '#lib/intake';
import type { Instant, Text } from '#lib/kernel';
import type { Addressee, PersonDirectory } from '#lib/people';

interface Case {
  /** The proposal's. */
  readonly id: string;
  readonly region: string;
  readonly number: string;
  readonly title: string;
  readonly call: Text;
  readonly regionName: Text;
  readonly lead: string;
  readonly closesAt: Instant;
  readonly reviewer: string | null;
}

/** A proposal, or the proposal that a review is about. */
const READ = {
  name: 'case-to-remind-of',
  text: `select p.id, p.region, p.number, p.title, jsonb_build_object('nl', c.name_nl, 'en', c.name_en) as call,
      jsonb_build_object('nl', g.name_nl, 'en', g.name_en) as "regionName", p.lead_applicant as lead,
      app.iso((app.moments_of(c)).closes_at) as "closesAt", r.reviewer_id as reviewer
    from proposal p join call c on c.id = p.call_id join region g on g.code = p.region left join review r on r.id = $1
    where p.id = coalesce(r.proposal_id, $1)`,
};

/** Whom a role that must act stands for; a committee as a whole is reminded through its secretary. */
const STAFF: Readonly<Record<string, StaffRole>> = {
  ...{ member: 'secretary', secretary: 'secretary', chair: 'chair' },
  ...{ coordinator: 'coordinator', decider: 'decider' },
};

/** Reminds whoever must act on a proposal or a review before its term ends. */
export function remindersTo(directory: PersonDirectory): NonNullable<SubjectPort['remind']> {
  return async (tx, reminder) => {
    const [found] = await tx.query<Case>(READ, [reminder.subject.id]);
    if (found === undefined) return [];
    const people = await whoMustAct(tx, { directory, found, waitsFor: reminder.waitsFor });
    return people.map((person) => mailTo(person, found, reminder));
  };
}

interface Asked {
  readonly directory: PersonDirectory;
  readonly found: Case;
  readonly waitsFor: string | null;
}

async function whoMustAct(tx: Transaction, { directory, found, waitsFor }: Asked): Promise<readonly Addressee[]> {
  if (waitsFor === 'lead-applicant') return directory.addressees(tx, [found.lead]);
  if (waitsFor === 'assigned-reviewer')
    return directory.addressees(tx, found.reviewer === null ? [] : [found.reviewer]);
  const role = STAFF[waitsFor ?? ''];
  return role === undefined ? [] : staffOf(tx, found, [role], directory);
}

function mailTo({ personId, name, address, language }: Addressee, found: Case, reminder: DueReminder): Notice {
  const { number, title, call, regionName, region } = found;
  const { id: eventId, term, lastDay } = reminder;
  // Whose proposal was taken back must know what happens without a deed: that is more than a term that ends.
  const template = term === 'taken-back' ? 'taken-back-soon' : 'term-reminder';
  const about = { name, number, title, call: call[language], region: regionName[language] };
  return {
    ...{ region, eventId, recipientKey: personId, template, language, to: { address, name } },
    view: {
      ...about,
      term: TERMS[term]?.term[language] ?? '',
      act: TERMS[term]?.act[language] ?? null,
      ...{ lastDay, closesAt: found.closesAt },
    },
  };
}

interface Ending {
  /** What ends, as a person reads it. */
  readonly term: Text;
  /** What is asked until then, and what becomes of it otherwise. */
  readonly act: Text;
}

const TERMS: Readonly<Record<string, Ending>> = {
  decision: {
    term: { nl: 'de termijn voor het besluit', en: 'the term for the decision' },
    act: {
      nl: 'Doe de volgende stap, zodat het besluit op tijd komt.',
      en: 'Take the next step, so that the decision comes in time.',
    },
  },
  completion: {
    term: { nl: 'de termijn voor de aanvulling', en: 'the term for the completion' },
    act: {
      nl: 'Vul aan en verstuur de aanvulling. Hebben wij dan niets, dan beslist het bestuur of uw aanvraag buiten behandeling blijft.',
      en: 'Complete it and send the completion. If we have nothing by then, the board decides whether your proposal is left unprocessed.',
    },
  },
  hearing: {
    term: { nl: 'de termijn voor uw zienswijze', en: 'the term for your view' },
    act: {
      nl: 'Schrijf uw zienswijze op de pagina van uw aanvraag. Daarna beslist het bestuur, ook zonder uw zienswijze.',
      en: 'Write your view on the page of your proposal. After that the board decides, also without your view.',
    },
  },
  'not-processing': {
    term: { nl: 'de termijn om buiten behandeling te stellen', en: 'the term to leave it unprocessed' },
    act: {
      nl: 'Beslis vóór die dag voorbij is of de aanvraag buiten behandeling blijft.',
      en: 'Decide before the end of that day whether the proposal is left unprocessed.',
    },
  },
  review: {
    term: { nl: 'de termijn voor het oordeel', en: 'the term for the review' },
    act: {
      nl: 'Dien uw oordeel in, of meld dat u het niet kunt geven.',
      en: 'Hand in your review, or say that you cannot.',
    },
  },
};
