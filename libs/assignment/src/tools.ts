import { DomainError } from '#lib/kernel';

/** What a long calculation is given: whom it tells how far it is, from 0 to 1, and whether anybody still wants the answer. */
export interface Tools {
  progress(share: number): void;
  isCancelled(): boolean;
}

/** For a calculation that nobody watches. */
export const UNWATCHED: Tools = { progress: () => undefined, isCancelled: () => false };

/** Nobody wanted the answer any more. */
export class CalculationCancelled extends DomainError {
  readonly code = 'calculation-cancelled';
  constructor() {
    super('The calculation was cancelled.');
  }
}
