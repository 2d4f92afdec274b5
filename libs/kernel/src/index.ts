/**
 * The few things every part speaks in: errors, texts, money, calendar dates, canonical JSON, seeded randomness, and one normaliser for each
 * kind of value that people type (province, school number, KvK number, telephone number).
 */
export { DomainError, type ErrorFacts } from './domain-error.js';
export type { Language, Text } from './text.js';
export { Texts, type Say } from './texts.js';
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
export { shareInWords } from './share.js';
export { clock, dateAndTime, LOCALES, longDate, plainDate } from './moments.js';
export { folded, withoutAccents } from './folded.js';
export { PROVINCES, provinceOf, type Province } from './province.js';
export { boardNumberOf, brinOf, institutionOf, siteOf } from './school-numbers.js';
export { kvkOf } from './kvk.js';
export { phoneOf } from './phone.js';
export { SeededRandom } from './seeded-random.js';
export type { IntegerProgram, IntegerSolver, PricingSolver, ProgramAnswer } from './integer-program.js';
export { ProgramBuilder } from './program-builder.js';
export {
  LINE_FIELDS,
  NestedTooDeep,
  signsInNoLine,
  written,
  writtenText,
  type LineFault,
  type LineField,
} from './written.js';
export { writtenIn } from './written-in.js';
