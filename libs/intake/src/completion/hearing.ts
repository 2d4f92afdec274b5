import type { MoveContext, Notice, NoticeWriter } from '#lib/engine';
import type { CalendarDate } from '#lib/kernel';
import type { PersonDirectory } from '#lib/people';
import { toLeadApplicant } from '../to-lead-applicant.js';
import { toStaff } from '../to-staff.js';
import { applicantsLastDay } from './applicants-term.js';

/** Asks for the applicant's view before a refusal (Awb 4:7); an earlier view was on an earlier draft. */
export function askView({ payload, writes }: MoveContext): void {
  writes.setEvidence({ hearingAbout: payload['about'], hearingView: null, heardAt: null });
}

/** The applicant was heard: in writing, by word of mouth (Awb 4:9), or let the term pass by and gave no view. */
export function recordHearing({ payload, receivedAt, writes }: MoveContext): void {
  writes.setEvidence({ heardAt: receivedAt, hearingView: payload['view'] ?? null });
}

const DECIDE_BY = {
  name: 'last-day-to-decide',
  text: `select last_day::text as "decideBy" from term where subject_id = $1 and name = 'decision' and state = 'running'`,
};

/** The mails of a hearing: the question, a note of what was said, a receipt of it, and word to who prepares and decides. */
export function hearingNotices(directory: PersonDirectory): Readonly<Record<string, NoticeWriter>> {
  return {
    hearing: toLeadApplicant('hearing', {
      more: (context) => ({ about: context.payload['about'], lastDay: applicantsLastDay(context) }),
      isPersonal: true,
    }),
    heard: toLeadApplicant('heard', { more: ({ payload }) => ({ view: payload['view'] }), isPersonal: true }),
    'view-given': inAll(
      toStaff('view-given', ['secretary', 'decider'], directory, decideBy),
      toLeadApplicant('view-received', { more: receivedView, isPersonal: true }),
    ),
  };
}

/** A view is a formal message: who sent it gets a receipt (Awb afd. 2.3). */
function receivedView({ payload, receivedAt }: MoveContext): Readonly<Record<string, unknown>> {
  return { view: payload['view'], receivedAt };
}

/** The last day to decide, as it runs now. */
async function decideBy({ tx, subject }: MoveContext): Promise<Readonly<Record<string, unknown>>> {
  const [term] = await tx.query<{ decideBy: CalendarDate }>(DECIDE_BY, [subject.id]);
  return { decideBy: term?.decideBy ?? null };
}

function inAll(...writers: readonly NoticeWriter[]): NoticeWriter {
  return async (context) => {
    const notices: Notice[] = [];
    for (const write of writers) notices.push(...(await write(context)));
    return notices;
  };
}
