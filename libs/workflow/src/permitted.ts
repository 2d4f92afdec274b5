import type { Text } from '#lib/kernel';
import { evaluateCondition, type Facts } from '#lib/conditions';
import type { PayloadType } from './catalogue.js';
import { refusing, type ActionDefinition, type VerifiedWorkflow } from './definition.js';
import { refusalText } from './refusal-text.js';

/** A subject as one actor meets it. */
export interface Situation {
  readonly state: string;
  readonly facts: Facts;
  /** The actor's roles in relation to this subject. */
  readonly roles: readonly string[];
}

/** A condition that does not hold, with the sentence that says how to repair it and the facts that decided it. */
export interface Objection {
  readonly condition: string;
  readonly verdict: 'not-met' | 'cannot-be-judged';
  readonly text: Text;
  readonly missing: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface ActionAnswer {
  readonly action: string;
  readonly label: Text | null;
  readonly to: string;
  readonly needs: Readonly<Record<string, PayloadType>>;
  readonly optional: Readonly<Record<string, PayloadType>>;
  readonly allowed: boolean;
  readonly refusals: readonly Objection[];
  readonly warnings: readonly Objection[];
}

/**
 * The actor's actions in this state, each allowed or with every reason why not. Actions of others are neither listed nor judged, and what is
 * not offered now is not listed.
 */
export function permitted(workflow: VerifiedWorkflow, situation: Situation): readonly ActionAnswer[] {
  const actions = workflow.definition.states[situation.state]?.actions ?? {};
  const verdictOf = verdictsIn(workflow, situation.facts);
  return Object.entries(actions)
    .filter(([, action]) => isFor(action, situation.roles) && isOffered(action, verdictOf))
    .map(([name, action]) => answerFor(workflow.catalogue.payload, name, action, verdictOf));
}

export function isFor(action: ActionDefinition, roles: readonly string[]): boolean {
  return action.by.some((role) => roles.includes(role));
}

function isOffered(action: ActionDefinition, verdictOf: VerdictOf): boolean {
  return (action['offered-when'] ?? []).every((name) => verdictOf(name).verdict === 'met');
}

function answerFor(
  payload: Readonly<Record<string, PayloadType>>,
  name: string,
  action: ActionDefinition,
  verdictOf: VerdictOf,
): ActionAnswer {
  const { refusals, warnings } = judgedBy(verdictOf, action);
  const typed = (fields: readonly string[] | undefined): Record<string, PayloadType> =>
    Object.fromEntries((fields ?? []).map((field) => [field, payload[field] ?? 'text']));
  return {
    action: name,
    label: action.label ?? null,
    to: action.to,
    needs: typed(action.needs),
    optional: typed(action.asks),
    allowed: refusals.length === 0,
    refusals,
    warnings,
  };
}

export interface Judged {
  readonly refusals: readonly Objection[];
  readonly warnings: readonly Objection[];
  /** Every fact that a condition read, by path: what the transition remembers. */
  readonly factsUsed: Readonly<Record<string, unknown>>;
}

/** Judges all conditions of an action, never stopping at the first: a person repairs everything at once. */
export function judge(workflow: VerifiedWorkflow, { facts }: Situation, action: ActionDefinition): Judged {
  return judgedBy(verdictsIn(workflow, facts), action);
}

function judgedBy(verdictOf: VerdictOf, action: ActionDefinition): Judged {
  const factsUsed: Record<string, unknown> = {};
  const objections = (names: readonly string[] | undefined): Objection[] =>
    (names ?? []).flatMap((name) => {
      const answer = verdictOf(name);
      Object.assign(factsUsed, answer.facts);
      return answer.verdict === 'met' ? [] : [answer];
    });
  return { refusals: objections(refusing(action)), warnings: objections(action.warns), factsUsed };
}

type Met = { readonly verdict: 'met'; readonly facts: Readonly<Record<string, unknown>> };
type VerdictOf = (condition: string) => Met | Objection;

/** Judges conditions by name on the same facts, each once: the actions of one state share most of theirs. */
function verdictsIn(workflow: VerifiedWorkflow, facts: Facts): VerdictOf {
  const known = new Map<string, Met | Objection>();
  return (name) => {
    const verdict = known.get(name) ?? verdictOn(workflow, facts, name);
    known.set(name, verdict);
    return verdict;
  };
}

function verdictOn(
  { conditions, definition, catalogue }: VerifiedWorkflow,
  facts: Facts,
  name: string,
): Met | Objection {
  const compiled = conditions.get(name);
  const text = definition.conditions?.[name]?.refusal ?? { nl: name, en: name };
  if (compiled === undefined) return { condition: name, verdict: 'cannot-be-judged', text, missing: [], facts: {} };
  const { verdict, ...judgement } = evaluateCondition(compiled, facts);
  if (verdict === 'met') return { verdict, facts: judgement.facts };
  return { condition: name, text: refusalText(text, judgement.facts, catalogue), verdict, ...judgement };
}
