import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { StaffRole } from '#lib/access';
import type { SeatKind } from '#lib/committee';
import type { InitiativeContent, OFFER_KINDS } from '#lib/intake';
import type { Text } from '#lib/kernel';
import { projectFolder } from '#lib/settings';
import type { When } from './moment.js';

/** Networks with examples, each in `config/demo/<network>.yaml`. */
export const NETWORKS = ['noord', 'oost', 'gelderland', 'midden', 'noordwest', 'zuidwest', 'zuid'] as const;

/** The examples of one network: who they are, their rounds, and when what happened, in days from the first load. */
export interface NetworkFile {
  readonly network: string;
  readonly people: Readonly<Record<'teacher' | 'coordinator' | 'secretary' | 'decider', string>>;
  readonly committee: readonly MemberInFile[];
  readonly calls: readonly CallInFile[];
  readonly initiatives?: readonly InitiativeInFile[];
  readonly offers?: readonly OfferInFile[];
  /** People who were invited by mail and have not answered. */
  readonly invited?: readonly { readonly name: string; readonly role: StaffRole; readonly at: When }[];
}

export interface MemberInFile {
  readonly name: string;
  readonly kind: SeatKind;
  readonly chair?: boolean;
}

/** Steps of the staff; one that is absent or lies ahead has not happened. */
export type Step = 'admitted' | 'assigned' | 'reviewed' | 'scored' | 'advised' | 'decided';

export interface CallInFile {
  readonly number: string;
  readonly name: Text;
  readonly days: Readonly<Partial<Record<Step | 'published' | 'seated' | 'announced', When>>> & {
    readonly prepared: When;
    readonly opens: When;
    readonly closes: When;
    /** The first and the last day on which members hand in. */
    readonly reviewsFrom?: number;
    readonly reviewsUntil?: number;
  };
  readonly proposals: readonly ProposalInFile[];
}

export interface ProposalInFile {
  readonly key: string;
  readonly title: string;
  /** Sites of the registry; the first one applies. */
  readonly schools: readonly string[];
  /** The teacher of the network unless named. */
  readonly applicant?: string;
  readonly begun?: When;
  readonly submitted?: When;
  readonly withdrawn?: When;
  /** When the secretary asks to complete it. */
  readonly completion?: When;
  /** Steps at another moment than those of the call. */
  readonly days?: Readonly<Partial<Record<Step, When>>>;
  readonly partners: readonly { readonly kind: string; readonly name: string }[];
  /** Whole euros. */
  readonly asks: number;
  readonly costs: number;
  readonly months: number;
  readonly summary: string;
  readonly goal?: string;
  readonly approach: string;
  /** Parts that are still empty. */
  readonly without?: readonly string[];
  /** The condition that it is there to fail; `unfinished` when parts are empty. */
  readonly fails?: string;
  /** Why it is refused before review. */
  readonly refusal?: string;
  /** For each reviewer the scores in the order of the rubric, or how far that person came. */
  readonly scores?: readonly ('late' | 'busy' | 'invited' | 'recused' | (string & {}))[];
  readonly objection?: { readonly at: When; readonly reasons: string };
  /** After the announcement: the applicant gives the award back. */
  readonly waived?: { readonly at: When; readonly reason: string };
  readonly parties?: readonly PartyInFile[];
}

export interface PartyInFile {
  readonly role: 'partner';
  readonly organisation: string;
  readonly contactName: string;
  readonly task: string;
  readonly hours: number;
  readonly asked: When;
  readonly confirmed?: When;
}

interface Answer {
  readonly at: When;
  readonly answer: string;
}

export interface InitiativeInFile extends Omit<InitiativeContent, 'school' | 'theme'> {
  readonly title: string;
  readonly who: string;
  readonly started: When;
  readonly school: string;
  readonly consent: readonly ('what' | 'forWhom' | 'wantedPartners' | 'school' | 'contact')[];
  readonly matched?: Answer & { readonly offer: string };
  readonly supported?: Answer;
  readonly ready?: Answer;
}

export interface OfferInFile {
  readonly key: string;
  readonly at: When;
  readonly organisation: string;
  readonly contactName: string;
  readonly kind: string;
  readonly what: (typeof OFFER_KINDS)[number];
  readonly amount: string;
  readonly description: string;
}

/** What reviewers and committees write: by region, criterion and how good it is; and what a decision rests on. */
export type Reasons = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<'low' | 'mid' | 'high', readonly string[]>>>>>
>;
export interface ReasonsFile {
  readonly reasons: Reasons;
  readonly decisions: Readonly<Record<'grant' | 'threshold' | 'ceiling', string>>;
}

const DEMO_FOLDER = join(projectFolder(), 'config', 'demo');

export function readNetwork(network: string): NetworkFile {
  return parse(readFileSync(join(DEMO_FOLDER, `${network}.yaml`), 'utf8')) as NetworkFile;
}

export function readReasons(): ReasonsFile {
  const { decisions, ...reasons } = parse(readFileSync(join(DEMO_FOLDER, 'reasons.yaml'), 'utf8')) as Reasons &
    ReasonsFile;
  return { reasons, decisions };
}
