import type { Calculator } from '#lib/kernel';
import { rankCalculator } from '#lib/scoring';

/** What a bundle can hold, by kind. */
export const CALCULATORS: readonly Calculator[] = [rankCalculator];

export function calculatorOf(kind: string): Calculator | undefined {
  return CALCULATORS.find((calculator) => calculator.kind === kind);
}

export const NODE_MAJOR = Number.parseInt(process.versions.node, 10);
