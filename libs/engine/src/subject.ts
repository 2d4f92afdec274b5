import type { CalendarDate, Language } from '#lib/kernel';
import type { Transaction } from '#lib/database';
import type { TermSource } from '#lib/terms';
import type { Notice } from './notice.js';
import type { MoveContext, SubjectRef } from './move-context.js';

/** What opening returns: the subject, the actor's roles towards it, and the facts that conditions may read. */
/** A term of a subject that is running or suspended, with its ledger. */
export interface OpenTerm {
  readonly id: string;
  readonly name: string;
  readonly state: 'running' | 'suspended';
  readonly started_on: CalendarDate;
  readonly period: string;
  readonly source: TermSource;
  readonly suspensions: readonly { readonly from: CalendarDate; readonly until: CalendarDate | null }[];
}

export interface OpenedRow {
  readonly region: string;
  readonly state: string;
  readonly phase: string;
  readonly version: number;
  readonly workflow: string;
  readonly rulesHash: string;
  readonly roles: readonly string[];
  /** Nested as the catalogue's paths; absent facts are left out. Integers as JSON numbers, instants as ISO text. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Terms that are running or suspended; absent when the subject was only looked at. */
  readonly terms?: readonly OpenTerm[];
  /** What effects need besides the facts and conditions may not read (names, addresses). */
  readonly context: Readonly<Record<string, unknown>>;
}

/** A column that must be filled in some states, by the name that definitions and effects use. */
export interface EvidenceColumn {
  readonly column: string;
  readonly type: 'uuid' | 'timestamptz' | 'text' | 'bigint' | 'integer' | 'numeric' | 'boolean' | 'date' | 'jsonb';
}

export interface Recipient {
  readonly key: string;
  readonly name: string;
  readonly address: string;
  readonly language: Language;
}

/** Writes the mails of one template for one subject kind, each with its recipient's rights. */
export type NoticeWriter = (context: MoveContext) => Promise<readonly Notice[]> | readonly Notice[];

/** Effects change rows of the mover's own subject; they are idempotent and never move another subject. */
export interface Effect {
  readonly version: number;
  run(context: MoveContext): Promise<void> | void;
}

/** A term of a subject that is about to end. */
export interface DueReminder {
  /** The event that the mails belong to. */
  readonly id: string;
  readonly subject: SubjectRef;
  readonly term: string;
  readonly lastDay: CalendarDate;
  /** The role that must act in the state the subject is in; null when nobody must. */
  readonly waitsFor: string | null;
}

/**
 * What the engine must know of a kind of subject. The library that owns the table contributes it.
 * `opens` names a function with parameters (id uuid, actor uuid | null, locks text[] | null, receivedAt timestamptz): it locks first (subject FOR UPDATE, the
 * named owners FOR SHARE in the order call, seat, proposal, review, ledger; nothing when locks is null) and reads the facts in a later
 * statement of the same function, because a statement that waited for a lock still sees the old facts. It returns jsonb, null when there is no such subject.
 */
export interface SubjectPort {
  readonly kind: string;
  /** Constant table name: it becomes SQL text. */
  readonly table: string;
  /** Constant name of the function that opens a subject: it becomes SQL text. */
  readonly opens: string;
  readonly evidence: Readonly<Record<string, EvidenceColumn>>;
  readonly effects: Readonly<Record<string, Effect>>;
  readonly notices: Readonly<Record<string, NoticeWriter>>;
  /** Ids of the subjects of another kind that an `ask` speaks to, when this subject enters a phase. */
  related?(tx: Transaction, kind: string, id: string, phase: string): Promise<readonly string[]>;
  /** The mails that say that a term of this subject is about to end. */
  remind?(tx: Transaction, reminder: DueReminder): Promise<readonly Notice[]>;
}
