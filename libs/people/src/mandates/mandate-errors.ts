import { DomainError } from '#lib/kernel';

/** Staff write down on what a mandate rests: a decision of the board, a letter, an extract of the register. */
export class MandateNeedsEvidence extends DomainError {
  readonly code = 'mandate-needs-evidence';
  constructor() {
    super('Say on what this mandate rests.');
  }
}

/** Who signs for a board is written down by staff, for the whole board; a signatory names no other one. */
export class MayNotNameSignatory extends DomainError {
  readonly code = 'may-not-name-signatory';
  constructor() {
    super('Only staff write down who signs for a board, and only for the whole board.');
  }
}

/** Nobody gives a mandate to themselves. */
export class MayNotMandateYourself extends DomainError {
  readonly code = 'may-not-mandate-yourself';
  constructor() {
    super('You cannot give a mandate to yourself.');
  }
}

/** A school that is named does not belong to the board. */
export class SchoolOfAnotherBoard extends DomainError {
  readonly code = 'school-of-another-board';
  constructor(schools: readonly string[], board: string) {
    super('Name schools of this board only.', { schools: schools.join(', '), board });
  }
}

/** The last day of a mandate comes after its first. */
export class MandateEndsBeforeItStarts extends DomainError {
  readonly code = 'mandate-ends-before-it-starts';
  constructor() {
    super('The last day of a mandate lies before its first.');
  }
}
