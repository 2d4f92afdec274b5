import { DomainError } from '#lib/kernel';

/** The link was replaced, has run out, or never existed; or the party was taken out. */
export class PartyLinkNotValid extends DomainError {
  readonly code = 'party-link-not-valid';
  constructor() {
    super('This link does not hold any more.');
  }
}

/** The part was answered already; who wants to change the answer asks the lead applicant for a new mail. */
export class PartAnsweredAlready extends DomainError {
  readonly code = 'part-answered-already';
  constructor() {
    super('This part was answered already.');
  }
}

/** The lead applicant changed the part while it was read; look at it again before answering. */
export class PartWasChanged extends DomainError {
  readonly code = 'part-was-changed';
  constructor() {
    super('This part was changed while you read it.');
  }
}

/** A party is asked at most five times a day. */
export class PartyAskedTooOften extends DomainError {
  readonly code = 'party-asked-too-often';
  constructor() {
    super('This party was asked five times today.');
  }
}
