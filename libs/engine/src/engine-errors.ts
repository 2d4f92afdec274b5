import { DomainError } from '#lib/kernel';

/** The subject does not exist, or not for this viewer: the answer is the same. */
export class SubjectNotFound extends DomainError {
  readonly code = 'not-found';
  constructor(kind: string, id: string) {
    super(`There is no ${kind} with this number.`, { kind, id });
  }
}

/** The subject was changed since it was read. Read it again and look whether the act is still right. */
export class VersionIsStale extends DomainError {
  readonly code = 'version-is-stale';
  constructor(expected: number, current: number) {
    super('This was changed in the meantime.', { expected, current });
  }
}

/** The same Idempotency-Key was used before for another request. */
export class KeyUsedForAnother extends DomainError {
  readonly code = 'idempotency-key-reused';
  constructor(key: string) {
    super('This Idempotency-Key was used before with another content.', { key });
  }
}

/** A row that the act wanted to settle (a term, a command) was settled by another one first. Nothing was written. */
export class AlreadySettled extends DomainError {
  readonly code = 'already-settled';
  constructor(what: string) {
    super(`This ${what} was settled already.`, { what });
  }
}

/** Code and frozen rules do not fit: an effect, a writer or a subject that a live definition names is not registered. */
export class NotRegistered extends DomainError {
  readonly code = 'not-registered';
  constructor(kind: string, name: string) {
    super(`No ${kind} is registered under the name ${name}.`, { kind, name });
  }
}
