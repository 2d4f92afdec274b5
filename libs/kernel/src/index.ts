/** The few things every part speaks in: errors, texts, money, calendar dates, canonical JSON, seeded randomness. */
export { DomainError, type ErrorFacts } from './domain-error.js';
export type { Language, Text } from './text.js';
export { canonicalJson, sha256 } from './canonical-json.js';
