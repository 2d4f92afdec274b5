import type { Database } from '#lib/database';
import type { Text } from '#lib/kernel';
import type { ActionAnswer, Moved, VerifiedWorkflow } from '#lib/workflow';
import type { RequestKey } from './idempotency.js';
import type { Actor, SubjectRef } from './move-context.js';
import type { MessageIdOptions } from './notice.js';
import type { SubjectPort } from './subject.js';

/** Verified workflows by the hash of the call's frozen rules. */
export interface WorkflowSource {
  workflow(rulesHash: string, name: string): Promise<VerifiedWorkflow>;
}

export interface MoveRequest {
  readonly subject: SubjectRef;
  readonly action: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  /** When the request arrived, by the database clock: deadlines are judged with it. */
  readonly receivedAt: string;
  /** The version the actor looked at; refused when it is no longer the current one. */
  readonly version?: number;
  readonly key?: RequestKey;
  /** A statement that settles what caused the move (a term, a command) in the same transaction; it must return one row. */
  readonly settles?: { readonly what: string; readonly sql: string; readonly values: readonly unknown[] };
}

export interface MoveAnswer {
  readonly subject: SubjectRef;
  /** A duplicate of an earlier request: nothing was done now. */
  readonly repeated: boolean;
  readonly eventId: string | null;
  readonly state: string;
  readonly version: number;
  readonly warnings: Moved['warnings'];
}

/** A subject as one actor meets it. */
export interface Look {
  /** What staff read of the state. */
  readonly label: Text;
  /** What everybody else reads of it. */
  readonly told: Text;
  /** The role that must act now; null when nobody must. */
  readonly waitsFor: string | null;
  readonly roles: readonly string[];
  readonly actions: readonly ActionAnswer[];
}

export interface EngineOptions {
  readonly database: Database;
  readonly subjects: readonly SubjectPort[];
  readonly workflows: WorkflowSource;
  readonly messageIds: MessageIdOptions;
  /** Wakes the worker after a commit; it never throws and never waits. */
  readonly ring: () => void;
}
