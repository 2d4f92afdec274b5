import { DomainError } from '#lib/kernel';

/** How a long computation tells how far it is, and learns that nobody wants its answer any more. */
export interface RankingTools {
  /** A share from 0 to 1. */
  progress(share: number): void;
  isCancelled(): boolean;
}

/** Somebody asked to stop before there was an answer. */
export class RankingCancelled extends DomainError {
  readonly code = 'ranking-cancelled';
  constructor() {
    super('The ranking was cancelled.');
  }
}

/** For a caller that neither looks nor stops. */
export const ALONE: RankingTools = { progress: () => undefined, isCancelled: () => false };

/** The tools for a part of the work, whose progress runs from one share of the whole to another. */
export function part(tools: RankingTools, from: number, until: number): RankingTools {
  return {
    progress: (share) => tools.progress(from + share * (until - from)),
    isCancelled: () => tools.isCancelled(),
  };
}
