import { DomainError, type CalendarDate } from '#lib/kernel';

/** The regulation of this call does not offer an early check. */
export class CheckIsNotOffered extends DomainError {
  readonly code = 'check-is-not-offered';
  constructor() {
    super('This call has no early completeness check.');
  }
}

/** The last day to ask has passed, or the call has closed. */
export class CheckComesTooLate extends DomainError {
  readonly code = 'check-comes-too-late';
  constructor(lastDay: CalendarDate) {
    super('The last day to ask for the early check has passed.', { lastDay });
  }
}

/** One check at a time; after the answer another one can be asked. */
export class CheckIsAsked extends DomainError {
  readonly code = 'check-is-asked';
  constructor() {
    super('An early check of this proposal is asked already.');
  }
}

/** The answer was given before. */
export class CheckWasAnswered extends DomainError {
  readonly code = 'check-was-answered';
  constructor() {
    super('This early check was answered already.');
  }
}
