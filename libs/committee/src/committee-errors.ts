import { DomainError } from '#lib/kernel';

/** Only who holds the role of member or chair in the region can sit on its committees. */
export class PersonIsNoMember extends DomainError {
  readonly code = 'person-is-no-member';
  constructor(region: string) {
    super('This person is no member in this region.', { region });
  }
}

/** The person sits on this committee already. */
export class SeatHeldAlready extends DomainError {
  readonly code = 'seat-held-already';
  constructor() {
    super('This person has a seat in this call already.');
  }
}

/** A committee has one chair. End the seat of the present one first. */
export class CommitteeHasAChair extends DomainError {
  readonly code = 'committee-has-a-chair';
  constructor() {
    super('This committee has a chair already.');
  }
}

/** Who still has reviews to write keeps the seat until they are released or handed in. */
export class SeatHasOpenReviews extends DomainError {
  readonly code = 'seat-has-open-reviews';
  constructor(count: number) {
    super('This member still has open reviews.', { count });
  }
}

/** The call has ended; its committee does not change any more. */
export class CommitteeIsClosed extends DomainError {
  readonly code = 'committee-is-closed';
  constructor() {
    super('The committee of this call does not change any more.');
  }
}

/** A reviewer needs a seat in the committee of the call. */
export class ReviewerHasNoSeat extends DomainError {
  readonly code = 'reviewer-has-no-seat';
  constructor() {
    super('This person has no seat in the committee of the call.');
  }
}

/** Awb 2:4: who has an interest in a proposal does not judge it. */
export class ReviewerHasInterest extends DomainError {
  readonly code = 'reviewer-has-interest';
  constructor() {
    super('This person declared an interest in the proposal.');
  }
}

export class AssignedAlready extends DomainError {
  readonly code = 'assigned-already';
  constructor() {
    super('This person was asked to review this proposal before.');
  }
}

/** A proposal is given to reviewers after it was admitted and before its scores are final. */
export class ProposalTakesNoReviews extends DomainError {
  readonly code = 'proposal-takes-no-reviews';
  constructor(number: string) {
    super('This proposal takes no reviewers now.', { number });
  }
}
