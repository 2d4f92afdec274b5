/** The few things every part speaks in: errors, texts, money, calendar dates, canonical JSON, seeded randomness. */
export { DomainError, type ErrorFacts } from './domain-error.js';
export type { Language, Text } from './text.js';
export { canonicalJson, jsonText, sha256 } from './canonical-json.js';
export { pointerOf } from './json-pointer.js';
export * from './calendar-date.js';
export {
  makeBundle,
  replayBundle,
  type Bundle,
  type BundleOptions,
  type Calculator,
  type CalculatorTools,
  type Replay,
} from './bundle.js';
export { NotAPeriod, parsePeriod, type Period, type PeriodUnit } from './period.js';
export { Fraction, NotAFraction } from './fraction.js';
export { formatCents, type Cents } from './money.js';
export { clock, dateAndTime, LOCALES, longDate, plainDate } from './moments.js';
export { SeededRandom } from './seeded-random.js';
export type { IntegerProgram, IntegerSolver, PricingSolver, ProgramAnswer } from './integer-program.js';
export { ProgramBuilder } from './program-builder.js';
