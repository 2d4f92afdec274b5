import { DomainError, type Text } from '#lib/kernel';

/** A completion changes only what was asked for. Leave the named answers as they were. */
export class OnlyWhatWasAsked extends DomainError {
  readonly code = 'only-what-was-asked';
  constructor(questions: readonly string[], labels: Text) {
    super('A completion changes only what was asked for.', { questions, labels });
  }
}

/** After closing a tender takes no new substance: these answers can no longer be completed. */
export class NotRepairableAfterClosing extends DomainError {
  readonly code = 'not-repairable-after-closing';
  constructor(questions: readonly string[], labels: Text) {
    super('These answers can no longer be completed after closing.', { questions, labels });
  }
}

/** A request for completion names questions of the form. */
export class QuestionUnknown extends DomainError {
  readonly code = 'question-unknown';
  constructor(questions: readonly string[]) {
    super('The form has no such question.', { questions, labels: questions.join(' · ') });
  }
}
