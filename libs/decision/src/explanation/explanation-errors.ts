import { DomainError } from '#lib/kernel';

/** One request at a time; after the explanation another one can be asked. */
export class ExplanationIsAsked extends DomainError {
  readonly code = 'explanation-is-asked';
  constructor() {
    super('An explanation of this decision is asked already.');
  }
}

/** There is no request that waits: it was answered, or nobody asked. */
export class NoExplanationWaits extends DomainError {
  readonly code = 'no-explanation-waits';
  constructor() {
    super('No request for an explanation waits here.');
  }
}
