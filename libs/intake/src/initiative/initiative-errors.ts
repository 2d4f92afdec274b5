import { DomainError } from '#lib/kernel';

/** The initiative has ended; nothing of it changes any more. */
export class InitiativeHasEnded extends DomainError {
  readonly code = 'initiative-has-ended';
  constructor(number: string) {
    super('This initiative has ended and cannot be changed.', { number });
  }
}

/** The registry of schools has no such site. */
export class SchoolUnknown extends DomainError {
  readonly code = 'school-unknown';
  constructor(site: string) {
    super('No school has this number.', { site });
  }
}

/** The offer was not confirmed by its mail, or was withdrawn. */
export class OfferNotAvailable extends DomainError {
  readonly code = 'offer-not-available';
  constructor() {
    super('This offer was not confirmed yet, or was withdrawn.');
  }
}

/** Help was offered too often in the name of this address, or from this network. */
export class OfferedTooOften extends DomainError {
  readonly code = 'offered-too-often';
  constructor(readonly minutes: number) {
    super('Help was offered too often; wait.', { minutes });
  }
}

/** The link was used up, is older than two weeks, or never existed. */
export class OfferLinkNotValid extends DomainError {
  readonly code = 'offer-link-not-valid';
  constructor() {
    super('This link does not hold any more.');
  }
}

/** An initiative goes on as a proposal in a call of its own region that is open. */
export class CallOfAnotherRegion extends DomainError {
  readonly code = 'call-of-another-region';
  constructor() {
    super('Choose a call of the network that leads this initiative.');
  }
}
