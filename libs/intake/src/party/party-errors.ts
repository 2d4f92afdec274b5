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

/** A party is asked at most five times a day. */
export class PartyAskedTooOften extends DomainError {
  readonly code = 'party-asked-too-often';
  constructor() {
    super('This party was asked five times today.');
  }
}
