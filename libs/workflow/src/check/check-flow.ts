import { actionsOf, type StateDefinition, type WorkflowDefinition } from '../definition.js';
import type { ProblemList } from './problems.js';

/** Every state can be reached and left for an end, and someone is to act in it. */
export function checkFlow(definition: WorkflowDefinition, problems: ProblemList): void {
  const forward = edges(definition, (from, to) => [from, to]);
  const backward = edges(definition, (from, to) => [to, from]);
  const reached = walk([definition.start], forward);
  const ends = Object.keys(definition.states).filter((name) => definition.states[name]?.final === true);
  const ending = walk(ends, backward);
  for (const [name, state] of Object.entries(definition.states)) {
    const at = ['states', name];
    if (!reached.has(name)) problems.add('unreachable-state', at, `No way leads from ${definition.start} to ${name}.`);
    if (!ending.has(name)) problems.add('no-way-out', at, `No way leads from ${name} to an end.`);
    checkEnd(name, state, problems);
  }
}

function checkEnd(name: string, state: StateDefinition, problems: ProblemList): void {
  const at = ['states', name];
  const hasActions = Object.keys(state.actions ?? {}).length > 0;
  if (state.final === true && hasActions)
    problems.add('end-with-actions', at, `${name} is final and still has actions.`);
  if (state.final !== true && state['waits-for'] === undefined) {
    problems.add('nobody-responsible', at, `Nobody is to act in ${name}: name a role under waits-for.`);
  }
}

type Edges = ReadonlyMap<string, readonly string[]>;

function edges(
  definition: WorkflowDefinition,
  direction: (from: string, to: string) => readonly [string, string],
): Edges {
  const map = new Map<string, string[]>();
  for (const { state, action } of actionsOf(definition)) {
    const [from, to] = direction(state, action.to);
    map.set(from, [...(map.get(from) ?? []), to]);
  }
  return map;
}

function walk(starts: readonly string[], along: Edges): ReadonlySet<string> {
  const seen = new Set(starts);
  const queue = [...starts];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const next of along.get(at) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return seen;
}
