import { DomainError } from '#lib/kernel';

/** The review was not accepted yet, or was handed in or ended; it cannot be written now. */
export class ReviewNotInYourHands extends DomainError {
  readonly code = 'review-not-in-your-hands';
  constructor() {
    super('This review cannot be written now.');
  }
}

export interface ScoreFault {
  /** JSON Pointer into the body. */
  readonly pointer: string;
  readonly code: 'unknown-criterion' | 'criterion-twice' | 'off-the-scale';
}

/** A score is not on the scale of the rubric, or for a criterion it does not have; every fault is listed. */
export class ScoresAreWrong extends DomainError {
  readonly code = 'scores-are-wrong';
  constructor(readonly faults: readonly ScoreFault[]) {
    super('Some scores cannot be used.', { faults });
  }
}
