import { DomainError } from '#lib/kernel';

/** PostgreSQL cannot be reached or is going down; the same request may succeed in a moment. At the edge: 503 with Retry-After. */
export class DatabaseAway extends DomainError {
  readonly code = 'database-away';
  /** `place`: for who starts a process; a visitor is never told where the database is. */
  constructor(cause: unknown, place?: string) {
    super(`The database ${place === undefined ? '' : `at ${place} `}cannot be reached at this moment.`);
    this.cause = cause;
  }
}

/** What was issued, and what an announced decision rests on, is never changed: the database refuses it, whichever way somebody comes. */
export class StandsAsAnnounced extends DomainError {
  readonly code = 'stands-as-announced';
  constructor(cause: unknown) {
    super('This was announced and stays as it is.');
    this.cause = cause;
  }
}

/** SQLSTATE of the triggers `stays_as_issued` and `stays_once_told`. */
const STANDS = new Set(['RL001', 'RL002']);

/** Whether the database refused to change what was announced. */
export function standsAsAnnounced(error: unknown): boolean {
  return STANDS.has((error as { readonly code?: string } | null)?.code ?? '');
}

/** A commit came back as a rollback: a statement before it had failed. Nothing was written. */
export class StaleTransaction extends DomainError {
  readonly code = 'transaction-rolled-back';
  constructor(answer: string) {
    super(`The transaction was not committed: ${answer}.`, { answer });
  }
}

/** A unit of work was opened inside another one: two transactions that wait for each other. */
export class UnitOfWorkNested extends DomainError {
  readonly code = 'unit-of-work-nested';
  constructor() {
    super('A unit of work cannot be opened inside another one.');
  }
}

const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);
/** SQLSTATE classes: 08 connection, 57P admin or crash shutdown and cannot connect now, 53300 too many connections. */
const SQLSTATE = /^(08...|57P0[1-5]|53300)$/;
const POOL = /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;

/**
 * Whether an error of pg or TypeORM means that the database is away, as against a fault in the statement. Judged by its fields and not
 * by its class: errors of the runtime itself can come from another realm.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true;
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string' && (NETWORK.has(code) || SQLSTATE.test(code))) return true;
  return typeof message === 'string' && POOL.test(message);
}
