import { DomainError, type Instant } from '#lib/kernel';
import type { DemoClock } from './demo-clock.js';
import type { DemoWork } from './demo-work.js';

/** Something that waits comes due again and again, so the examples never come to today. */
export class TimelineStandsStill extends DomainError {
  readonly code = 'timeline-stands-still';
  constructor(at: Instant) {
    super('What is due does not get done, so the examples cannot go on.', { at });
  }
}

interface Event {
  readonly at: Instant;
  readonly happen: () => Promise<void>;
}

/** Far more than the examples need between two events. */
const MOST_DUE = 1_000;

/** What happened when, over all networks: played in order, with everything that comes due in between. */
export class Timeline {
  private readonly events: Event[] = [];

  constructor(private readonly today: Instant) {}

  /** What lies ahead has not happened. */
  plan(at: Instant, happen: () => Promise<void>): void {
    if (at < this.today) this.events.push({ at, happen });
  }

  async play(clock: DemoClock, work: DemoWork): Promise<void> {
    // A sort keeps the order of events at one moment.
    const inOrder = [...this.events].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    for (const { at, happen } of inOrder) {
      await catchUp(at, clock, work);
      await clock.until(at);
      await happen();
      await work.settle();
    }
    await catchUp(this.today, clock, work);
  }
}

/** Terms, reminders and mails act at the moment at which they are due, as they would have. */
async function catchUp(until: Instant, clock: DemoClock, work: DemoWork): Promise<void> {
  for (let i = 0; i < MOST_DUE; i++) {
    const due = await work.nextDue(until);
    if (due === null) return;
    await clock.until(due);
    await work.settle();
  }
  throw new TimelineStandsStill(until);
}
