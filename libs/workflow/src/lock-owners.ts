import type { CompiledCondition } from '#lib/conditions';
import { LOCK_ORDER, type Catalogue, type LockOwner } from './catalogue.js';
import { actionsOf, refusing, type ActionDefinition, type WorkflowDefinition } from './definition.js';

/** Whose rows an action's conditions read, in lock order, by action; over all states in which the action exists. */
export type LockOwners = ReadonlyMap<string, readonly LockOwner[]>;

/** Found once for each definition: every move asks for it. */
export function lockOwnersOf(
  definition: WorkflowDefinition,
  catalogue: Catalogue,
  conditions: ReadonlyMap<string, CompiledCondition>,
): LockOwners {
  const owners = new Map<string, Set<string>>();
  for (const { name, action } of actionsOf(definition)) {
    const found = ownersOf(action, catalogue, conditions);
    owners.set(name, new Set([...(owners.get(name) ?? []), ...found]));
  }
  return new Map([...owners].map(([name, found]) => [name, LOCK_ORDER.filter((owner) => found.has(owner))]));
}

function ownersOf(
  action: ActionDefinition,
  catalogue: Catalogue,
  conditions: ReadonlyMap<string, CompiledCondition>,
): readonly string[] {
  const named = [...refusing(action), ...(action.warns ?? [])];
  const paths = named.flatMap((condition) => conditions.get(condition)?.reads ?? []);
  const owners = paths.map((path) => catalogue.facts[path]?.owner ?? 'none');
  return (action.locks ?? []).length > 0 ? [...owners, 'ledger'] : owners;
}
