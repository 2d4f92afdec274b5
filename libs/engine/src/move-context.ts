import type { Transaction } from '#lib/database';
import type { AskedCommand, RaisedTask, Writes } from './writes.js';
import type { Notice } from './notice.js';
import type { OpenedRow } from './subject.js';

export interface SubjectRef {
  readonly kind: string;
  readonly id: string;
}

/** Who makes the move. `system` stands for terms and commands that act by themselves. */
export interface Actor {
  readonly id: string | null;
  /** Regions whose rows this transaction may touch. */
  readonly regions: readonly string[];
  readonly system?: boolean;
}

/** What an effect or a notice writer sees, and where it puts what must be written. */
export interface MoveContext {
  readonly tx: Transaction;
  readonly subject: SubjectRef;
  readonly opened: OpenedRow;
  readonly action: string;
  readonly to: { readonly state: string; readonly phase: string };
  readonly payload: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  /** ISO text with microseconds, from the database clock. */
  readonly receivedAt: string;
  /** Id of the transition to be written: the event that mails and commands refer to. */
  readonly eventId: string;
  readonly writes: MoveWrites;
}

/** Collects what one move writes; everything leaves in the last flight. */
export class MoveWrites implements Writes {
  readonly evidence: Record<string, unknown> = {};
  readonly notices: Notice[] = [];
  readonly commands: AskedCommand[] = [];
  readonly tasks: RaisedTask[] = [];

  private readonly sent: Promise<unknown>[] = [];

  /** Takes a statement that was sent and needs no answer; it is awaited together with the commit. */
  send(statement: Promise<unknown>): void {
    // It may fail before anybody awaits it; `settled` tells the failure.
    statement.catch(() => undefined);
    this.sent.push(statement);
  }

  /** Waits for everything sent; throws the first failure, which is the cause of the ones behind it. */
  async settled(): Promise<void> {
    for (const result of await Promise.allSettled(this.sent)) if (result.status === 'rejected') throw result.reason;
  }

  setEvidence(values: Readonly<Record<string, unknown>>): void {
    Object.assign(this.evidence, values);
  }
}
