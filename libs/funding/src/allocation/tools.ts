import { DomainError, type CalculatorTools } from '#lib/kernel';

/** For an allocation that nobody watches. */
export const UNWATCHED: CalculatorTools = { progress: () => undefined, isCancelled: () => false };

/** Nobody wanted the allocation any more. */
export class AllocationCancelled extends DomainError {
  readonly code = 'allocation-cancelled';
  constructor() {
    super('The allocation was cancelled.');
  }
}

/** Tells how far it is: `done` of `all`. Throws AllocationCancelled. */
export function step(tools: CalculatorTools, done: number, all: number): void {
  heed(tools);
  tools.progress(Math.min(1, done / Math.max(1, all)));
}

/** Throws AllocationCancelled when nobody wants the answer any more. */
export function heed(tools: CalculatorTools): void {
  if (tools.isCancelled()) throw new AllocationCancelled();
}
