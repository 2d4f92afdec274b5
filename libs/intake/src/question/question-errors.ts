import { DomainError, type CalendarDate } from '#lib/kernel';

/** The last day for questions about the call has passed, or the call takes none. */
export class QuestionsHaveEnded extends DomainError {
  readonly code = 'questions-have-ended';
  constructor(lastDay: CalendarDate) {
    super('The last day for questions about this call has passed.', { lastDay });
  }
}

/** A person asks at most ten questions a day about a call. */
export class QuestionAskedTooOften extends DomainError {
  readonly code = 'question-asked-too-often';
  constructor() {
    super('This person asked ten questions about this call today.');
  }
}

/** What would be published tells who asked. */
export class QuestionNamesSomebody extends DomainError {
  readonly code = 'question-names-somebody';
  constructor(found: string) {
    super('The words that would be published tell who asked.', { found });
  }
}

/** The question was published or closed before. */
export class QuestionWasHandled extends DomainError {
  readonly code = 'question-was-handled';
  constructor() {
    super('This question was handled already.');
  }
}
