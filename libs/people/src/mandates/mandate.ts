import type { CalendarDate, Instant } from '#lib/kernel';

/** apply: write, submit and complete proposals; confirm: answer for the part of a school. */
export const MANDATE_KINDS = ['apply', 'confirm'] as const;
export type MandateKind = (typeof MANDATE_KINDS)[number];

/** A mandate as it is given. */
export interface GivenMandate {
  /** Number of the school board, five digits. */
  readonly board: string;
  /** Who gets it, by e-mail address; the account of that address holds it. */
  readonly holder: string;
  readonly holderName: string;
  readonly language: 'nl' | 'en';
  /** BRIN numbers; null: all schools of the board, and the board itself. */
  readonly schools: readonly string[] | null;
  readonly kinds: readonly MandateKind[];
  /** Whether the holder signs for the board, and so may give and end mandates of it. */
  readonly isSignatory: boolean;
  /** First day; null: today. */
  readonly validFrom: CalendarDate | null;
  /** Last day; null: until it is ended. */
  readonly validUntil: CalendarDate | null;
  /** On what it rests, when staff write it down. */
  readonly evidence: string | null;
}

/** A mandate as its holder, the signatory of its board and staff of its network read it. */
export interface MandateView {
  readonly id: string;
  readonly board: string;
  readonly boardName: string;
  readonly holder: string;
  readonly holderName: string;
  readonly schools: readonly { readonly brin: string; readonly name: string }[] | null;
  readonly kinds: readonly MandateKind[];
  readonly isSignatory: boolean;
  readonly validFrom: CalendarDate;
  readonly validUntil: CalendarDate | null;
  readonly evidence: string | null;
  readonly givenBy: string;
  readonly givenAt: Instant;
  readonly endedAt: Instant | null;
  /** Whether it holds today. */
  readonly holds: boolean;
}
