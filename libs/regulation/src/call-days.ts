import { dateOf, type CalendarDate, type Instant } from '#lib/kernel';
import { computeTerm } from '#lib/terms';
import type { RegulationFile } from './regulation-file.js';

/** Until when questions about a call may be asked, where a regulation does not say it: working days before the closing. */
export const QUESTIONS_UNTIL = 'P5WD';

/** Days before the closing of a call on which something ends, as its regulation says. */
export interface CallDays {
  /** Last day on which a question that is answered to everyone may be asked. */
  readonly questionsUntil: CalendarDate;
  /** Null where the regulation does not offer it. */
  readonly earlyCheck: { readonly askUntil: CalendarDate; readonly answerBy: CalendarDate } | null;
}

/** Counted back from the closing, so no day moves (Atw art. 1 lid 2); what comes in on the day itself is in time. */
export function callDays({ questionsUntil, earlyCheck }: RegulationFile, closesAt: Instant): CallDays {
  const before = (period: string): CalendarDate =>
    computeTerm({ start: dateOf(closesAt), period, source: 'own-rules', direction: 'backward' }).lastDay;
  return {
    questionsUntil: before(questionsUntil ?? QUESTIONS_UNTIL),
    earlyCheck:
      earlyCheck === undefined
        ? null
        : { askUntil: before(earlyCheck.askUntil), answerBy: before(earlyCheck.answerBy) },
  };
}
