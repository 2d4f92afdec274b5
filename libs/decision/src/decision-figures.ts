import type { CalendarDate, Instant, Language, Text } from '#lib/kernel';
import type { Ground } from './draft.js';

/**
 * A decision with what decided it, in figures: at the moment of its announcement they are stored for ever, and its letter is made of them
 * alone (`app.decision_figures`).
 */
export interface DecisionFigures {
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
  /** Name of the lead applicant. */
  readonly applicant: string;
  /** In which the lead applicant reads. */
  readonly language: Language;
  readonly call: { readonly number: string; readonly name: Text };
  readonly outcome: 'granted' | 'refused' | 'not-processed';
  readonly ground: Ground | null;
  readonly amountCents: number | null;
  readonly reasons: string;
  readonly deviationReason: string;
  readonly decidedAt: Instant;
  readonly announcedAt: Instant | null;
  /** Last day on which one can object, and why it is that day; null before the announcement. */
  readonly objectionLastDay: CalendarDate | null;
  readonly objectionBecause: unknown;
  readonly regime: 'AWB' | 'REGLEMENT';
  /** Exact means as n/d; null when nothing was scored. */
  readonly score: { readonly total: string; readonly criteria: Readonly<Record<string, string>> } | null;
  readonly rank: {
    readonly position: number;
    readonly of: number;
    /** Whether a proposal that ranks no higher gets money. */
    readonly wasPassed: boolean;
  } | null;
  readonly advice: {
    readonly outcome: 'grant' | 'refuse';
    readonly amountCents: number | null;
    readonly reasons: Readonly<Record<string, string>>;
    /** Who advised (Awb 3:8): the members without an interest. */
    readonly members: readonly string[];
  } | null;
  /** Place and total of the last proposal that got money; null when none did, or nothing was ranked. */
  readonly line: { readonly position: number; readonly total: string } | null;
  /** Where money is given in order of arrival: the day on which the proposal was complete, its place, and who stood before it. */
  readonly arrival: {
    readonly day: CalendarDate;
    /** Place that lots gave it among those of its day. */
    readonly lot: number | null;
    readonly place: number;
    readonly before: readonly {
      readonly day: CalendarDate;
      readonly lot: number | null;
      readonly awardedCents: number | null;
    }[];
  } | null;
  readonly requestedCents: number | null;
  readonly totalCents: number | null;
  /** Below this the applicant cannot carry the plan out. */
  readonly minimumCents: number | null;
  /** Place on the reserve list, in a refusal for lack of money; null before the announcement. */
  readonly reservePlace: number | null;
  /** Whether it replaces a refusal with a place on the reserve list. */
  readonly isPromotion: boolean;
  /** What was to be completed, in a decision not to process. */
  readonly askedFor: unknown;
  /** Conditions that were not met when the proposal came in, by name. */
  readonly unmet: readonly string[];
  readonly receivedAt: Instant | null;
  readonly closesAt: Instant;
  /** When the version before it was issued; null for the first. */
  readonly replacesIssuedAt: Instant | null;
}
