import { DomainError } from '#lib/kernel';

/** So many colleagues write along on one proposal or were asked to. */
export const MOST_CO_WRITERS = 5;
/** So many invitations to write along one account sends in a day. */
export const MOST_INVITATIONS_A_DAY = 20;

/** A proposal has at most five colleagues who write along, the open invitations among them. */
export class TooManyCoWriters extends DomainError {
  readonly code = 'too-many-co-writers';
  constructor() {
    super('So many colleagues write along on this proposal, or were asked to.', { most: MOST_CO_WRITERS });
  }
}

/** An account sends at most twenty invitations to write along a day. */
export class CoWritersAskedTooOften extends DomainError {
  readonly code = 'co-writers-asked-too-often';
  constructor() {
    super('This account invited so many colleagues today.', { most: MOST_INVITATIONS_A_DAY });
  }
}

/** Nobody invites the own address: who applies writes already. */
export class CoWriterIsYourself extends DomainError {
  readonly code = 'co-writer-is-yourself';
  constructor() {
    super('This is your own address; you write this proposal already.');
  }
}

/** The address belongs to somebody who writes along on this proposal. */
export class WritesAlongAlready extends DomainError {
  readonly code = 'writes-along-already';
  constructor(address: string) {
    super('This colleague writes along already.', { address });
  }
}
