import type { MoveContext, NoticeWriter } from '#lib/engine';
import { dateOf, type Text } from '#lib/kernel';
import type { CompiledForm, FrozenRules } from '#lib/regulation';
import { toLeadApplicant } from '../to-lead-applicant.js';
import { isInOrder } from '../is-in-order.js';
import { applicantsLastDay } from './applicants-term.js';
import { labelsOf } from './asked-for.js';
import { NotRepairableAfterClosing, QuestionUnknown } from './completion-errors.js';

/** Asks the applicant to complete named answers; after closing only those that may be repaired then. */
export function recordMissing(frozen: FrozenRules) {
  return async (context: MoveContext): Promise<void> => {
    const { opened, payload, receivedAt, writes } = context;
    const form = await frozen.form(opened.rulesHash);
    const questions = questionsIn(payload);
    const unknown = questions.filter((path) => form.questionAt(path) !== path);
    if (unknown.length > 0) throw new QuestionUnknown(unknown);
    const fixed = questions.filter((path) => !form.repairable().includes(path));
    if (isClosed(context) && fixed.length > 0) throw new NotRepairableAfterClosing(fixed, labelsOf(form, fixed));
    const { note = '' } = payload;
    writes.setEvidence({ completionAskedFor: { questions, note, askedAt: receivedAt } });
  };
}

/** The mail with what is missing, each with the last moment at which it can be given. */
export function completionRequest(frozen: FrozenRules): NoticeWriter {
  return toLeadApplicant('completion-request', {
    more: async (context, { language }) => {
      const { opened, payload } = context;
      const form = await frozen.form(opened.rulesHash);
      const repairable = form.repairable();
      const { closesAt } = opened.facts['call'] as { closesAt: string };
      const lastDay = applicantsLastDay(context);
      // A closing that comes after the term ends nothing before it.
      const endsEarlier = dateOf(closesAt) <= lastDay;
      const mayStay = isClosed(context) || isInOrder(opened.facts) || !endsEarlier;
      const missing = questionsIn(payload).map((path) => ({
        question: askedFor(form, path)[language],
        until: mayStay || repairable.includes(path) ? null : closesAt,
      }));
      return {
        missing,
        note: payload['note'] ?? '',
        lastDay,
        isInOrder: isInOrder(opened.facts),
      };
    },
  });
}

/** What is asked: a statement is not missing, it is to be ticked. */
function askedFor(form: CompiledForm, path: string): Text {
  const label = labelsOf(form, [path]);
  if (form.file.questions[path]?.kind !== 'tick') return label;
  return { nl: `Vink aan als het klopt: ${label.nl}`, en: `Tick if it is right: ${label.en}` };
}

/** Texts may come as a list or by name. */
function questionsIn(payload: MoveContext['payload']): readonly string[] {
  return [...new Set(Object.values(payload['missing'] as Readonly<Record<string, string>>))];
}

/**
 * A closing ends the substance where proposals are compared; who is judged alone may complete all of it. What is asked is told with its last
 * moment, so the announced closing counts here, without its grace.
 */
function isClosed({ opened, receivedAt }: MoveContext): boolean {
  const { closesAt } = opened.facts['call'] as { closesAt: string };
  return closesAt <= receivedAt && !isInOrder(opened.facts);
}
