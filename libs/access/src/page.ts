import { DomainError } from '#lib/kernel';

/** A part of a list and where it goes on. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Pass it as `after` for the next part; null at the end. */
  readonly next: string | null;
}

/** The cursor does not come from an earlier page. Begin at the start of the list. */
export class CursorIsWrong extends DomainError {
  readonly code = 'cursor-is-wrong';
  constructor() {
    super('This cursor does not come from an earlier page.');
  }
}

const LARGEST = 200;
const USUAL = 50;

/** What part of a list is asked for: after a key, so that rows that come or go in between shift nothing. */
export class PageRequest {
  private constructor(
    /** Key of the last row of the page before; null at the start. */
    readonly after: string | null,
    readonly size: number,
  ) {}

  /** Throws CursorIsWrong. */
  static from(after: string | undefined, size: number | undefined): PageRequest {
    return new PageRequest(after === undefined ? null : decode(after), Math.min(size ?? USUAL, LARGEST));
  }

  /** `rows` holds one more than the page when there is a next one. */
  of<T>(rows: readonly T[], keyOf: (row: T) => string): Page<T> {
    const items = rows.slice(0, this.size);
    const last = items.at(-1);
    const hasMore = rows.length > this.size && last !== undefined;
    return { items, next: hasMore ? Buffer.from(keyOf(last), 'utf8').toString('base64url') : null };
  }
}

function decode(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (key === '' || key.includes('\0') || Buffer.from(key, 'utf8').toString('base64url') !== cursor)
    throw new CursorIsWrong();
  return key;
}
