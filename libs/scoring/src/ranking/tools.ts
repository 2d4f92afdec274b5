import { DomainError, type CalculatorTools } from '#lib/kernel';

/** Somebody asked to stop before there was an answer. */
export class RankingCancelled extends DomainError {
  readonly code = 'ranking-cancelled';
  constructor() {
    super('The ranking was cancelled.');
  }
}

/** For a caller that neither looks nor stops. */
export const ALONE: CalculatorTools = { progress: () => undefined, isCancelled: () => false };

/** The tools for a part of the work, whose progress runs from one share of the whole to another. */
export function part(tools: CalculatorTools, from: number, until: number): CalculatorTools {
  return {
    progress: (share) => tools.progress(from + share * (until - from)),
    isCancelled: () => tools.isCancelled(),
  };
}
