import type { AddedQuestion, FormFile } from './form/form-file.js';
import type { TermSource } from '#lib/terms';
import type { Text } from '#lib/kernel';
import type { OnceRule } from './once-rule.js';

/** A condition as people write it: a text of CEL, what it asks, and a sentence that says how to repair what it refuses. */
export interface WrittenCondition {
  readonly cel: string;
  /** What it asks, as a statement; absent: the refusal says that too. */
  readonly label?: Text;
  readonly refusal: Text;
}

export type Conditions = Readonly<Record<string, WrittenCondition>>;

/** National principles of a programme: config/programmes/<code>.yaml. */
export interface ProgrammeFile {
  readonly programme: string;
  readonly label: Text;
  readonly year: number;
  readonly ceilingCents: number;
  /** Name of the form that applicants fill in: config/forms/<name>.yaml. */
  readonly form: string;
  /** Where the national desk is reached. */
  readonly contact?: { readonly address: string; readonly email: string };
  readonly principles: Conditions;
}

/** A programme with the form it names. */
export interface ProgrammeWithForm extends ProgrammeFile {
  readonly formFile: FormFile;
}

export interface Rubric {
  readonly scale: {
    readonly min: string;
    readonly max: string;
    readonly step: string;
    /** What scores are called, by their text: `4` is good. */
    readonly labels?: Readonly<Record<string, { readonly label: Text }>>;
  };
  readonly total: 'weighted-mean' | 'sum';
  readonly threshold: { readonly total: string; readonly eachCriterion?: string };
  /** One review more when the totals lie this far apart or further; then the two closest count. */
  readonly extraReview?: { readonly whenTotalsDifferBy: string };
  readonly criteria: readonly {
    readonly key: string;
    readonly weight: number;
    readonly label: Text;
    /** What the reviewer answers with the score. */
    readonly question?: Text;
  }[];
}

/** What a region elaborates: config/regions/<code>/regulation.yaml. Fractions are exact texts such as `2/3`; amounts are integer cents. */
export interface RegulationFile {
  readonly region: string;
  readonly label: Text;
  readonly programme: string;
  readonly provinces: readonly string[];
  readonly regime: 'AWB' | 'REGLEMENT';
  /** Where a letter reaches the network (Awb 3:45); absent: letters name the network alone. */
  readonly contact?: { readonly address: string; readonly email: string };
  readonly distribution: {
    readonly way: 'tender' | 'order-of-arrival';
    readonly ceilingCents: number;
    readonly tranches?: number;
    readonly atShortage: 'stop' | 'skip' | 'pro-rata' | 'lots';
    readonly partialAwards: boolean;
  };
  readonly request: {
    readonly minimumCents: number;
    readonly maximumCents: number;
    readonly shareAtMost: string;
    readonly ownCashAtLeast?: string;
    readonly inKindAtMost?: { readonly share: string; readonly of: 'total' | 'co-financing' };
    readonly hourlyRateCents?: number;
  };
  readonly voSchoolIsPartner: boolean;
  /** Who may apply, and whose account is paid; absent: the region asks nothing of either. */
  readonly applicants?: { readonly persons: boolean; readonly payeeIsSchoolBoard?: boolean };
  readonly rubric: Rubric;
  readonly ranksBy: 'mean' | 'expected-rank' | 'pass-or-fail';
  readonly committee: {
    readonly reviewsPerProposal: number;
    readonly seats: { readonly expert: number; readonly field: number };
    readonly quorum: { readonly members: number; readonly ofEachKind: number };
    readonly interestScope: 'case' | 'ranking' | 'call';
  };
  readonly terms: {
    readonly decision: { readonly period: string; readonly source: TermSource };
    readonly completion: { readonly period: string; readonly source: TermSource };
    readonly review: { readonly period: string; readonly source: TermSource };
  };
  /** Working days before the closing until which questions that are answered to everyone may be asked; five where it is absent. */
  readonly questionsUntil?: string;
  /** Working days before the closing until which a draft is checked for completeness, and on which the answer is there; absent: not offered. */
  readonly earlyCheck?: { readonly askUntil: string; readonly answerBy: string };
  readonly payment: { readonly label: Text };
  /** How often one applicant may apply; absent: as often as it likes. */
  readonly once?: OnceRule;
  /** What the region asks besides the programme's form, by the path of the answer (`answers.evidence`). */
  readonly questions?: Readonly<Record<string, AddedQuestion>>;
  readonly conditions: Conditions;
}
