import type { MoveContext, NoticeWriter } from '#lib/engine';
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

/** The mails of a hearing: the question, a note of what was said, and word to who prepares and decides. */
export function hearingNotices(directory: PersonDirectory): Readonly<Record<string, NoticeWriter>> {
  return {
    hearing: toLeadApplicant('hearing', (context) => ({
      about: context.payload['about'],
      lastDay: applicantsLastDay(context),
    })),
    heard: toLeadApplicant('heard', ({ payload }) => ({ view: payload['view'] })),
    'view-given': toStaff('view-given', ['secretary', 'decider'], directory),
  };
}
