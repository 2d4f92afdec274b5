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
  return Object.entries(actions)
    .filter(([, action]) => isFor(action, situation.roles) && isOffered(workflow, situation, action))
    .map(([name, action]) => answerFor(workflow, situation, name, action));
}

export function isFor(action: ActionDefinition, roles: readonly string[]): boolean {
  return action.by.some((role) => roles.includes(role));
}

function isOffered(workflow: VerifiedWorkflow, { facts }: Situation, action: ActionDefinition): boolean {
  return (action['offered-when'] ?? []).every((name) => objectionOf(workflow, facts, name).verdict === 'met');
}

function answerFor(
  workflow: VerifiedWorkflow,
  situation: Situation,
  name: string,
  action: ActionDefinition,
): ActionAnswer {
  const { refusals, warnings } = judge(workflow, situation, action);
  const typed = (fields: readonly string[] | undefined): Record<string, PayloadType> =>
    Object.fromEntries((fields ?? []).map((field) => [field, workflow.catalogue.payload[field] ?? 'text']));
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
export function judge(workflow: VerifiedWorkflow, situation: Situation, action: ActionDefinition): Judged {
  const factsUsed: Record<string, unknown> = {};
  const objections = (names: readonly string[] | undefined): Objection[] =>
    (names ?? []).flatMap((name) => {
      const objection = objectionOf(workflow, situation.facts, name);
      Object.assign(factsUsed, objection.facts);
      return objection.verdict === 'met' ? [] : [{ ...objection, verdict: objection.verdict }];
    });
  return { refusals: objections(refusing(action)), warnings: objections(action.warns), factsUsed };
}

function objectionOf(
  workflow: VerifiedWorkflow,
  facts: Facts,
  name: string,
): Omit<Objection, 'verdict'> & { readonly verdict: 'met' | Objection['verdict'] } {
  const compiled = workflow.conditions.get(name);
  const text = workflow.definition.conditions?.[name]?.refusal ?? { nl: name, en: name };
  if (compiled === undefined) return { condition: name, verdict: 'cannot-be-judged', text, missing: [], facts: {} };
  const judgement = evaluateCondition(compiled, facts);
  return { condition: name, text: refusalText(text, judgement.facts, workflow.catalogue), ...judgement };
}
