import { DomainError } from '#lib/kernel';

/** Too much was asked from one network, or by everybody together, in a day. */
export class OpeningAskedTooOften extends DomainError {
  readonly code = 'opening-asked-too-often';
  constructor() {
    super('To be told of openings was asked too often from here; wait.');
  }
}

/** The call has opened, has ended, or is none that anybody may see: nothing of it is left to tell. */
export class NothingToTell extends DomainError {
  readonly code = 'nothing-to-tell';
  constructor() {
    super('This call has opened already, or will not open.');
  }
}
