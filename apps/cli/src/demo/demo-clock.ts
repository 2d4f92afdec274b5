import type pg from 'pg';
import { restoreClock, shiftClock } from '#lib/database';
import type { Instant } from '#lib/kernel';

const LAG = `select extract(epoch from $1::timestamptz - clock_timestamp()) * 1000 as lag, $1::timestamptz <= app_now() as passed`;

/** The clock of a database that nobody uses yet: it goes forward from one moment of the past to the next. */
export class DemoClock {
  constructor(private readonly owner: pg.ClientBase) {}

  /** Sets the clock to a moment before anything happened. */
  async begin(at: Instant): Promise<void> {
    await shiftClock(this.owner, (await this.look(at)).lag);
  }

  /** Lets time pass until a moment; one that has passed changes nothing. */
  async until(at: Instant): Promise<void> {
    const { lag, passed } = await this.look(at);
    if (!passed) await shiftClock(this.owner, lag);
  }

  /** Back to the true time. */
  async end(): Promise<void> {
    await restoreClock(this.owner);
  }

  private async look(at: Instant): Promise<{ lag: number; passed: boolean }> {
    const [row] = (await this.owner.query<{ lag: string; passed: boolean }>(LAG, [at])).rows;
    return { lag: Number(row?.lag ?? 0), passed: row?.passed ?? true };
  }
}
