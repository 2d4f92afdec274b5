import { canonicalJson, sha256, type Text } from '#lib/kernel';
import { rulesOf, textsOf, type WorkflowDefinition } from '#lib/workflow';
import { conditionsOf } from './conditions-of.js';
import { formOf, type FormFile } from './form/form-file.js';
import { ONCE, onceParameters, onceWords } from './once-rule.js';
import type { Conditions, ProgrammeWithForm, RegulationFile } from './regulation-file.js';
import type { Tranche } from './tranches.js';

/** Everything a call runs on. Its rules decide and never change; its texts are read and may be corrected. */
export interface CallRules {
  readonly regulation: RegulationFile;
  readonly conditions: Conditions;
  /** Names of the conditions in the order in which they are read: the stored form of an object has none. */
  readonly conditionOrder: readonly string[];
  readonly form: FormFile;
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>;
}

/** A condition in words: what it asks, and how to repair what it refuses. */
export interface ConditionWords {
  readonly label: Text;
  readonly refusal: Text;
}

/** The words of each condition by its name, the once-rule's among them. */
export function conditionWords({
  conditions,
  regulation: { once },
}: CallRules): Readonly<Record<string, ConditionWords>> {
  const words = Object.entries(conditions).map(
    ([name, { label, refusal }]) => [name, { label: label ?? refusal, refusal }] as const,
  );
  return Object.fromEntries([...words, ...(once === undefined ? [] : [[ONCE, onceWords(once)] as const])]);
}

/** The two halves of a pack as they are stored, each with its hash (SHA-256 of the canonical JSON, RFC 8785). */
export interface FrozenPack {
  readonly rules: unknown;
  readonly rulesHash: string;
  readonly texts: unknown;
  readonly textsHash: string;
}

/** Freezes what holds for a call of this region under this programme. */
export function freezePack(
  programme: ProgrammeWithForm,
  regulation: RegulationFile,
  workflows: Readonly<Record<string, WorkflowDefinition>>,
): FrozenPack {
  const form = formOf(programme.formFile, regulation);
  const conditions = conditionsOf(programme, regulation);
  const all: CallRules = { regulation, conditions, conditionOrder: Object.keys(conditions), form, workflows };
  const [rules, texts] = [rulesOf(all), textsOf(all)];
  return { rules, rulesHash: sha256(canonicalJson(rules)), texts, textsHash: sha256(canonicalJson(texts)) };
}

/** What conditions and effects read of the rules at every move: copied onto the call, so that a move does not unpack the whole pack. */
export function callParameters(regulation: RegulationFile, year: number, tranche: Tranche | null): object {
  const { distribution, rubric, committee, terms, regime, once } = regulation;
  const counted = onceParameters(once);
  return {
    // the programme year: what an applicant did in it, or in the one before, may count
    year,
    ...(counted === null ? {} : { once: counted }),
    ...(tranche === null ? {} : { tranche }),
    way: distribution.way,
    ceilingCents: distribution.ceilingCents,
    regime,
    rubric,
    reviewsPerProposal: committee.reviewsPerProposal,
    seats: committee.seats,
    quorum: committee.quorum.members,
    quorumOfEachKind: committee.quorum.ofEachKind,
    interestScope: committee.interestScope,
    decisionTerm: terms.decision.period,
    decisionTermSource: terms.decision.source,
    completionTerm: terms.completion.period,
    completionTermSource: terms.completion.source,
    reviewTerm: terms.review.period,
  };
}
