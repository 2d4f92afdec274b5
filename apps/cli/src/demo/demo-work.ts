import type pg from 'pg';
import { openRound, roundChores } from '#app/worker';
import { Database } from '#lib/database';
import type { MessageIdOptions } from '#lib/engine';
import type { Instant } from '#lib/kernel';
import { sendDueMail, Templates, type MailWork } from '#lib/notices';
import type { Letter } from './demo-letter.js';

const NEXT = `select app.iso(min(due)) as due from (
    select min(due_at) as due from term where state = 'running' union all select min(due_at) from term_reminder where status = 'new'
    union all select min(next_attempt_at) from command where status = 'new'
    union all select min(next_attempt_at) from outbox where status in ('new', 'uncertain')) next
  where due <= coalesce($1, app_now())`;

interface DemoWorkParts {
  readonly workerUrl: string;
  readonly messageIds: MessageIdOptions;
  readonly from: string;
  readonly pageOf: NonNullable<MailWork['pageOf']>;
}

/** The work that nobody waits for, done by hand while the clock is elsewhere. Mails count as sent at their moment and reach nobody. */
export class DemoWork {
  /** In the order in which they left. */
  readonly letters: Letter[] = [];

  private constructor(
    private readonly owner: pg.ClientBase,
    private readonly chores: readonly (() => Promise<number>)[],
    private readonly database: Database,
  ) {}

  static async open(owner: pg.ClientBase, { workerUrl, messageIds, from, pageOf }: DemoWorkParts): Promise<DemoWork> {
    const database = await Database.open({ url: workerUrl, poolSize: 6 });
    const { engine } = openRound(database, { messageIds, ring: () => undefined });
    const worker = 'demo';
    const chores: (() => Promise<number>)[] = [];
    const work = new DemoWork(owner, chores, database);
    const sendMail: MailWork['transport']['sendMail'] = (letter) =>
      Promise.resolve(work.letters.push(letter as Letter));
    const mail = { database, transport: { sendMail }, templates: Templates.load(), from, pageOf, worker };
    const due = roundChores({ engine, database, worker });
    chores.push(
      ...due.map(
        ({ run }) =>
          () =>
            Promise.resolve(run(new AbortController().signal)),
      ),
      () => sendDueMail(mail),
    );
    return work;
  }

  /** When the next thing is due, not after `until`, by default now; null when nothing is. */
  async nextDue(until: Instant | null = null): Promise<Instant | null> {
    return (await this.owner.query<{ due: Instant | null }>(NEXT, [until])).rows[0]?.due ?? null;
  }

  /** Does what is due now, and what that asks for in turn. */
  async settle(): Promise<void> {
    for (let done = 1; done > 0 && (await this.nextDue()) !== null;) {
      done = 0;
      for (const chore of this.chores) done += await chore();
    }
  }

  async close(): Promise<void> {
    await this.database.close();
  }
}
