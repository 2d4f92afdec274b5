import { DomainError, type CalculatorTools } from '#lib/kernel';

/** For an assignment that nobody watches. */
export const UNWATCHED: CalculatorTools = { progress: () => undefined, isCancelled: () => false };

/** Nobody wanted the assignment any more. */
export class AssignmentCancelled extends DomainError {
  readonly code = 'assignment-cancelled';
  constructor() {
    super('The assignment was cancelled.');
  }
}
