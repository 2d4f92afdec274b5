import type { Notice } from './notice.js';

export interface AskedCommand {
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly action: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface RaisedTask {
  readonly kind: string;
  readonly for_role: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A term that begins, with its reminders. Instants are ISO text. */
export interface StartedTerm {
  readonly id: string;
  readonly name: string;
  readonly started_on: string;
  readonly period: string;
  readonly source: string;
  readonly last_day: string;
  readonly due_at: string;
  readonly on_expiry: unknown;
  readonly remind: readonly string[];
  readonly because: unknown;
}

export interface StartedReminder {
  readonly term_id: string;
  readonly code: string;
  readonly due_at: string;
}

/** What a move writes beside its subject's state. */
export interface Writes {
  /** Evidence columns by name; null clears one (undo). */
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly notices: readonly Notice[];
  readonly commands: readonly AskedCommand[];
  readonly tasks: readonly RaisedTask[];
}
