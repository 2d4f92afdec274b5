import { DomainError, isCalendarDate, isInstant } from '#lib/kernel';
import type { PayloadType } from './catalogue.js';
import { actionsOf, type ActionDefinition, type TermDefinition, type VerifiedWorkflow } from './definition.js';
import { isFor, judge, type Objection, type Situation } from './permitted.js';
import type { Phase } from './phases.js';

export type Payload = Readonly<Record<string, unknown>>;

export type EffectCall =
  | { readonly kind: 'effect'; readonly name: string }
  | { readonly kind: 'notify' | 'letter'; readonly template: string }
  | { readonly kind: 'ask'; readonly subject: string; readonly action: string };

/** What a state means for a term. Whether anything changes depends on whether the term is running already. */
export interface TermInState {
  readonly name: string;
  readonly definition: TermDefinition;
  readonly begins: boolean;
  readonly stands: boolean;
  readonly ends: boolean;
}

export interface Moved {
  readonly from: string;
  readonly to: string;
  readonly phase: Phase;
  readonly effects: readonly EffectCall[];
  readonly terms: readonly TermInState[];
  readonly warnings: readonly Objection[];
  readonly factsUsed: Readonly<Record<string, unknown>>;
}

/** No action of this name exists for the actor's roles; told as if it did not exist at all. */
export class ActionUnknown extends DomainError {
  readonly code = 'action-unknown';
  constructor(action: string) {
    super('There is no such action.', { action });
  }
}

/** The actor has this action, but not in the state that the subject is in now. */
export class ActionNotNow extends DomainError {
  readonly code = 'action-not-now';
  constructor(action: string, state: string) {
    super('This cannot be done at this moment.', { action, state });
  }
}

/** One or more conditions refuse; all of them are listed. */
export class MoveRefused extends DomainError {
  readonly code = 'move-refused';
  constructor(
    readonly action: string,
    readonly refusals: readonly Objection[],
  ) {
    super(`Refused: ${refusals.map((refusal) => refusal.text.en).join(' ')}`, {
      action,
      conditions: refusals.map((r) => r.condition),
    });
  }
}

export interface PayloadFault {
  readonly field: string;
  readonly fault: 'missing' | 'unknown' | 'wrong-type' | 'not-allowed' | 'too-high' | 'too-early' | 'too-late';
}

/** What the actor gave with the action is missing, unknown or of the wrong kind; every fault is listed. */
export class PayloadIsWrong extends DomainError {
  readonly code = 'payload-is-wrong';
  constructor(readonly faults: readonly PayloadFault[]) {
    super('What was given with this action cannot be used.', { faults });
  }
}

/**
 * Judges a move; nothing is changed. Throws ActionUnknown, ActionNotNow, PayloadIsWrong, MoveRefused. Rights come first: who has no
 * action learns nothing of its conditions.
 */
export function move(workflow: VerifiedWorkflow, situation: Situation, name: string, payload: Payload = {}): Moved {
  const action = actionFor(workflow, situation, name);
  const faults = payloadFaults(workflow, action, payload);
  if (faults.length > 0) throw new PayloadIsWrong(faults);
  const { refusals, warnings, factsUsed } = judge(workflow, situation, action);
  if (refusals.length > 0) throw new MoveRefused(name, refusals);
  const target = workflow.definition.states[action.to];
  if (target === undefined) throw new ActionUnknown(name);
  return {
    from: situation.state,
    to: action.to,
    phase: target.phase,
    effects: effectsOf(action),
    terms: termsIn(workflow, action.to),
    warnings,
    factsUsed,
  };
}

/** What entering a state means for each term of the definition. */
export function termsIn(workflow: VerifiedWorkflow, state: string): readonly TermInState[] {
  return Object.entries(workflow.definition.terms ?? {}).map(([name, definition]) => ({
    name,
    definition,
    begins: definition.entering.includes(state),
    stands: definition['suspended-in']?.includes(state) ?? false,
    ends: definition['ends-in'].includes(state),
  }));
}

function actionFor(workflow: VerifiedWorkflow, situation: Situation, name: string): ActionDefinition {
  const actions = workflow.definition.states[situation.state]?.actions ?? {};
  // Own properties only: the name comes from a request and must not reach a prototype.
  const here = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (here !== undefined && isFor(here, situation.roles)) return here;
  const elsewhere = actionsOf(workflow.definition).some(
    (other) => other.name === name && isFor(other.action, situation.roles),
  );
  throw elsewhere ? new ActionNotNow(name, situation.state) : new ActionUnknown(name);
}

function effectsOf(action: ActionDefinition): readonly EffectCall[] {
  return (action.then ?? []).map((then): EffectCall => {
    if (typeof then === 'string') return { kind: 'effect', name: then };
    if ('notify' in then) return { kind: 'notify', template: then.notify };
    if ('letter' in then) return { kind: 'letter', template: then.letter };
    return { kind: 'ask', ...then.ask };
  });
}

function payloadFaults(
  workflow: VerifiedWorkflow,
  action: ActionDefinition,
  payload: Payload,
): readonly PayloadFault[] {
  const needed = action.needs ?? [];
  const allowed = new Set([...needed, ...(action.asks ?? [])]);
  const missing = needed
    .filter((field) => isEmpty(payload[field]) || isUnticked(payload[field]))
    .map((field): PayloadFault => ({ field, fault: 'missing' }));
  const given = Object.entries(payload).flatMap(([field, value]): PayloadFault[] => {
    if (!allowed.has(field)) return [{ field, fault: 'unknown' }];
    const type = workflow.catalogue.payload[field];
    return isEmpty(value) || (type !== undefined && isOfType(value, type)) ? [] : [{ field, fault: 'wrong-type' }];
  });
  return [...missing, ...given];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** A flag that an action needs is a confirmation: saying no to it is not giving it. */
function isUnticked(value: unknown): boolean {
  return value === false;
}

const LONGEST_TEXT = 10_000;

function isOfType(value: unknown, type: PayloadType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string' && value.length <= LONGEST_TEXT && !value.includes('\0');
    case 'cents':
      return Number.isSafeInteger(value) && (value as number) > 0;
    case 'flag':
      return typeof value === 'boolean';
    case 'texts':
      return isTexts(value);
    case 'date':
      return typeof value === 'string' && isCalendarDate(value);
    case 'instant':
      return typeof value === 'string' && isInstant(value);
  }
}

/** A list of texts, or texts by name (reasons per criterion). */
function isTexts(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const items: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return items.length > 0 && items.length <= 100 && items.every((item) => isOfType(item, 'text'));
}
