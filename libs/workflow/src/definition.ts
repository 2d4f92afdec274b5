import type { Text } from '#lib/kernel';
import type { CompiledCondition } from '#lib/conditions';
import type { Catalogue } from './catalogue.js';
import type { LockOwners } from './lock-owners.js';
import type { Phase } from './phases.js';

export interface ConditionDefinition {
  readonly cel: string;
  /** Says how to repair it, to someone who may know. */
  readonly refusal: Text;
}

/** What follows a move: an effect of the code by name, a mail, a letter that is held until the announcement, or a move asked of another subject. */
export type Then =
  | string
  | { readonly notify: string }
  | { readonly letter: string }
  | { readonly ask: { readonly subject: string; readonly action: string } };

export interface ActionDefinition {
  readonly label?: Text;
  readonly by: readonly string[];
  readonly to: string;
  /** Conditions that refuse, and without which nothing is offered: there is nothing to repair, so the act is not even listed. */
  readonly 'offered-when'?: readonly string[];
  /** Conditions that refuse. */
  readonly when?: readonly string[];
  /** Conditions that are shown and do not stop. */
  readonly warns?: readonly string[];
  /** Fields that the actor must give. */
  readonly needs?: readonly string[];
  readonly asks?: readonly string[];
  /** Ledgers locked besides the subject. */
  readonly locks?: readonly string[];
  readonly then?: readonly Then[];
}

export interface StateDefinition {
  readonly phase: Phase;
  /** What staff read. */
  readonly label: Text;
  /** What the initiator reads, when it differs. */
  readonly public?: Text;
  /** Who is to act now. */
  readonly 'waits-for'?: string;
  /** What must be filled in this state. */
  readonly evidence?: readonly string[];
  readonly final?: boolean;
  readonly actions?: Readonly<Record<string, ActionDefinition>>;
}

export type OnExpiry = { readonly action: string } | { readonly task: string; readonly for: string };

/**
 * A term begins when one of `entering` is entered and lives across states. It either counts a period of calendar time, from the day of
 * the fact `from` or of the move itself, or is due at the instant of a fact (`due`).
 */
export interface TermDefinition {
  readonly entering: readonly string[];
  readonly from?: string;
  readonly period?: string;
  readonly source?: string;
  readonly due?: string;
  readonly 'suspended-in'?: readonly string[];
  /** After standing still it is counted from the day on which it goes on, as if it had begun then. */
  readonly 'counts-anew'?: boolean;
  readonly 'ends-in': readonly string[];
  readonly remind?: readonly string[];
  readonly 'on-expiry': OnExpiry;
}

/** A definition as its YAML says it; the object itself is what gets frozen. */
export interface WorkflowDefinition {
  readonly workflow: string;
  readonly subject: string;
  readonly start: string;
  readonly conditions?: Readonly<Record<string, ConditionDefinition>>;
  readonly terms?: Readonly<Record<string, TermDefinition>>;
  readonly states: Readonly<Record<string, StateDefinition>>;
}

/** A definition without faults, with its conditions compiled. */
export interface VerifiedWorkflow {
  readonly definition: WorkflowDefinition;
  readonly catalogue: Catalogue;
  readonly conditions: ReadonlyMap<string, CompiledCondition>;
  readonly lockOwners: LockOwners;
}

/** Every action of a definition with the state it leaves. */
export function actionsOf(
  definition: WorkflowDefinition,
): readonly { state: string; name: string; action: ActionDefinition }[] {
  return Object.entries(definition.states).flatMap(([state, { actions }]) =>
    Object.entries(actions ?? {}).map(([name, action]) => ({ state, name, action })),
  );
}

/** Every condition that refuses an action. */
export function refusing(action: ActionDefinition): readonly string[] {
  return [...(action['offered-when'] ?? []), ...(action.when ?? [])];
}

/** The state and phase in which a subject begins. */
export function initialState({ definition }: VerifiedWorkflow): { readonly state: string; readonly phase: Phase } {
  const { start: state } = definition;
  return { state, phase: definition.states[state]?.phase ?? 'preparing' };
}
