/** What a rule knew when it was broken: values that a message or a log may show. */
export type ErrorFacts = Readonly<Record<string, unknown>>;

/**
 * A broken rule. Subclasses are named after the rule and carry a stable `code`; the facts are fields, never parsed from the text.
 * HTTP statuses and translations are chosen at the edge.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;

  constructor(
    message: string,
    readonly facts: ErrorFacts = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}
