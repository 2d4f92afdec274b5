import { DomainError } from '#lib/kernel';

/** Another organisation has this code or this Chamber of Commerce number. */
export class OrganisationKnownAlready extends DomainError {
  readonly code = 'organisation-known-already';
  constructor(name: string) {
    super('The registry has this organisation already.', { name });
  }
}

export interface ActorFault {
  /** Where in the file: `/actors/3/kvk`. */
  readonly pointer: string;
  readonly message: string;
}

/** The file of actors cannot be used; nothing of it was taken. */
export class ActorFileUnusable extends DomainError {
  readonly code = 'actor-file-unusable';
  constructor(readonly faults: readonly ActorFault[]) {
    super('This file of actors cannot be used.', { faults });
  }
}
