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

/** What a move writes beside its subject's state. */
export interface Writes {
  /** Evidence columns by name; null clears one (undo). */
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly notices: readonly Notice[];
  readonly commands: readonly AskedCommand[];
  readonly tasks: readonly RaisedTask[];
}
