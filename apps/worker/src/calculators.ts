import { assignCalculator } from '#lib/assignment';
import { allocateCalculator, drawCalculator } from '#lib/funding';
import type { Calculator } from '#lib/kernel';
import { rankCalculator } from '#lib/scoring';
import { highsSolver } from '#lib/solver';

/** What a bundle can hold, by kind; a solver is loaded for whom it serves. */
const CALCULATORS: Readonly<Record<string, () => Promise<Calculator>>> = {
  rank: () => Promise.resolve(rankCalculator),
  assign: async () => assignCalculator(await highsSolver()),
  allocate: async () => allocateCalculator(await highsSolver()),
  draw: () => Promise.resolve(drawCalculator),
};

export const KINDS_OF_BUNDLE: readonly string[] = Object.keys(CALCULATORS);

export async function calculatorOf(kind: string): Promise<Calculator | undefined> {
  return Object.hasOwn(CALCULATORS, kind) ? CALCULATORS[kind]?.() : undefined;
}

export const NODE_MAJOR = Number.parseInt(process.versions.node, 10);
