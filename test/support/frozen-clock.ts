import type pg from 'pg';
import { restoreClock } from '#lib/database';
import type { Instant } from '#lib/kernel';

/** The clock of a throw-away database, standing still at moments that a test names: a second before a closing is that second, however slow the machine. */
export class FrozenClock {
  constructor(private readonly owner: pg.Client) {}

  async at(moment: Instant): Promise<void> {
    const frozen = new Date(moment).toISOString();
    await this.owner.query(
      `create or replace function app_now() returns timestamptz language sql volatile parallel safe as $$ select '${frozen}'::timestamptz $$`,
    );
  }

  /** Back to the true time. */
  async runOn(): Promise<void> {
    await restoreClock(this.owner);
  }
}
