import type { CalendarDate } from '#lib/kernel';
import type { SchoolFault } from './read-table.js';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How files of schools are imported. */
export interface ImportOrder {
  /** The day for which they hold. */
  readonly asOf: CalendarDate;
  readonly level: 'PO' | 'VO' | 'VMBO';
  /** Whether together they name all schools of this level: what they do not name has ended. */
  readonly isComplete: boolean;
  /** The exact number of schools that may end, when it is more than changes in a month. */
  readonly confirmed?: number;
  /** Whether they count also where a file of a later day was imported. */
  readonly mayBeOlder?: boolean;
  /** Counts everything and writes nothing. */
  readonly isDryRun?: boolean;
}

/** One row that an import changes, with each field as it was and as it is. */
export interface ChangedRow {
  readonly key: string;
  readonly name: string;
  readonly change: 'added' | 'changed' | 'ended';
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>;
}

export interface SchoolImport {
  /** By which it can be undone; null of a dry run. */
  readonly number: number | null;
  readonly kind: 'schools' | 'boards' | 'mergers';
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly ended: number;
  /** Boards whose name was not known, or was another. */
  readonly boards: number;
  readonly samples: readonly ChangedRow[];
  readonly faults: readonly SchoolFault[];
}

/** An import that is being written, in the transaction that ends it. */
export interface OpenImport extends ImportOrder {
  readonly id: string;
}

type Counts = Pick<SchoolImport, 'added' | 'changed' | 'ended' | 'boards'>;
export const NOTHING: Counts = { added: 0, changed: 0, ended: 0, boards: 0 };
