import type pg from 'pg';
import { DomainError } from '#lib/kernel';
import type { Database } from './database.js';

/** The clock of the database does not tell the time. Run `regioloket migrate`, which puts it right. */
export class ClockIsShifted extends DomainError {
  readonly code = 'clock-is-shifted';
  constructor() {
    super('The clock of the database does not tell the time. Run regioloket migrate, which puts it right.');
  }
}

const CLOCK = 'create or replace function app_now() returns timestamptz language sql volatile parallel safe as';
/** The one true clock, as migration 0001 defines it. */
const TRUE_BODY = 'select clock_timestamp()';
const IS_TRUE = `select abs(extract(epoch from app_now() - clock_timestamp())) < 1 as "isTrue"`;
const BODY = `select prosrc as body from pg_proc where proname = 'app_now' and pronamespace = 'public'::regnamespace`;

/** Puts the clock right when it was left shifted; returns whether it was. As the owner; the application's roles cannot change it. */
export async function restoreClock(owner: pg.ClientBase): Promise<boolean> {
  const { rows } = await owner.query<{ body: string }>(BODY);
  const isShifted = rows[0] !== undefined && rows[0].body !== TRUE_BODY;
  if (isShifted) await owner.query(`${CLOCK} '${TRUE_BODY}'`);
  return isShifted;
}

/**
 * Lets the clock of a database that nobody uses yet run at another moment: examples come to be as they would have. `restoreClock` must
 * follow, and every migration run makes sure of it.
 */
export async function shiftClock(owner: pg.ClientBase, milliseconds: number): Promise<void> {
  await owner.query(`${CLOCK} 'select clock_timestamp() + interval ''${Math.round(milliseconds)} milliseconds'''`);
}

/** For processes that do not migrate. Throws ClockIsShifted. */
export async function assertTrueClock(database: Pick<Database, 'ask'>): Promise<void> {
  const [row] = await database.ask<{ isTrue: boolean }>(IS_TRUE);
  if (row?.isTrue !== true) throw new ClockIsShifted();
}
