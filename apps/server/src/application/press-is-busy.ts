import { DomainError } from '#lib/kernel';

/** The print takes longer than anybody waits for. What was written can still be had as text. */
export class PrintTakesTooLong extends DomainError {
  readonly code = 'print-takes-too-long';
  constructor() {
    super('There is too much in it to print; it can be had as text.');
  }
}

/** The same person has another print being made, or too many others have: it must be asked for again. */
export class PressIsBusy extends DomainError {
  readonly code = 'press-is-busy';
  constructor() {
    super('Another print is being made; ask for this one again in a moment.');
  }
}
