import { DomainError } from '#lib/kernel';

/** The same person has another print being made, or too many others have: it must be asked for again. */
export class PressIsBusy extends DomainError {
  readonly code = 'press-is-busy';
  constructor() {
    super('Another print is being made; ask for this one again in a moment.');
  }
}
