import type { Catalogue } from '../catalogue.js';
import { actionsOf, type ActionDefinition, type Then, type WorkflowDefinition } from '../definition.js';
import type { Path } from './located-yaml.js';
import type { ProblemList } from './problems.js';

/** Every name must be one that the definition or the catalogue knows. */
export function checkNames(definition: WorkflowDefinition, catalogue: Catalogue, problems: ProblemList): void {
  const states = Object.keys(definition.states);
  known(problems, 'unknown-state', ['start'], definition.start, states);
  for (const [name, state] of Object.entries(definition.states)) {
    const at = ['states', name];
    if (state['waits-for'] !== undefined)
      known(problems, 'unknown-role', [...at, 'waits-for'], state['waits-for'], catalogue.roles);
    knownAll(problems, 'unknown-evidence', [...at, 'evidence'], state.evidence, catalogue.evidence);
  }
  for (const { state, name, action } of actionsOf(definition)) {
    checkAction(definition, catalogue, { action, at: ['states', state, 'actions', name], problems });
  }
}

interface ActionAt {
  readonly action: ActionDefinition;
  readonly at: Path;
  readonly problems: ProblemList;
}

function checkAction(definition: WorkflowDefinition, catalogue: Catalogue, { action, at, problems }: ActionAt): void {
  const conditions = Object.keys(definition.conditions ?? {});
  known(problems, 'unknown-state', [...at, 'to'], action.to, Object.keys(definition.states));
  knownAll(problems, 'unknown-role', [...at, 'by'], action.by, catalogue.roles);
  knownAll(problems, 'unknown-condition', [...at, 'offered-when'], action['offered-when'], conditions);
  knownAll(problems, 'unknown-condition', [...at, 'when'], action.when, conditions);
  knownAll(problems, 'unknown-condition', [...at, 'warns'], action.warns, conditions);
  knownAll(problems, 'unknown-payload', [...at, 'needs'], action.needs, Object.keys(catalogue.payload));
  knownAll(problems, 'unknown-payload', [...at, 'asks'], action.asks, Object.keys(catalogue.payload));
  knownAll(problems, 'unknown-ledger', [...at, 'locks'], action.locks, catalogue.ledgers);
  (action.then ?? []).forEach((then, i) => checkThen(then, catalogue, { at: [...at, 'then', i], problems }));
}

function checkThen(then: Then, catalogue: Catalogue, { at, problems }: { at: Path; problems: ProblemList }): void {
  if (typeof then === 'string') known(problems, 'unknown-effect', at, then, catalogue.effects);
  else if ('notify' in then) known(problems, 'unknown-template', at, then.notify, catalogue.templates);
  else if ('letter' in then) known(problems, 'unknown-template', at, then.letter, catalogue.templates);
  else known(problems, 'unknown-ask', at, then.ask.action, catalogue.asks[then.ask.subject] ?? []);
}

// eslint-disable-next-line max-params -- one line of a table
function knownAll(
  problems: ProblemList,
  code: string,
  at: Path,
  names: readonly string[] | undefined,
  allowed: readonly string[],
): void {
  (names ?? []).forEach((name, i) => known(problems, code, [...at, i], name, allowed));
}

// eslint-disable-next-line max-params -- one line of a table
export function known(problems: ProblemList, code: string, at: Path, name: string, allowed: readonly string[]): void {
  if (allowed.includes(name)) return;
  const listed =
    allowed.length === 0
      ? 'there are none'
      : `known are ${allowed.slice(0, 12).join(', ')}${allowed.length > 12 ? ' …' : ''}`;
  problems.add(code, at, `"${name}" is not known here; ${listed}.`);
}
