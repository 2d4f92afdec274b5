import { DomainError, parsePeriod } from '#lib/kernel';
import type { Catalogue } from '../catalogue.js';
import { actionsOf, type TermDefinition, type WorkflowDefinition } from '../definition.js';
import { known } from './check-names.js';
import type { Path } from './located-yaml.js';
import type { ProblemList } from './problems.js';

const SOURCES = ['law', 'decree', 'ministerial-regulation', 'own-rules'];

/** Every term can begin and end, and what happens at its end can happen. */
export function checkTerms(definition: WorkflowDefinition, catalogue: Catalogue, problems: ProblemList): void {
  for (const [name, term] of Object.entries(definition.terms ?? {})) {
    const at = ['terms', name];
    checkStates(definition, problems, { term, at });
    checkLength(catalogue, problems, { term, at });
    checkExpiry(definition, catalogue, { term, at, problems });
    (term.remind ?? []).forEach((code, i) => checkPeriod(problems, [...at, 'remind', i], code));
  }
}

interface TermAt {
  readonly term: TermDefinition;
  readonly at: Path;
}

function checkStates(definition: WorkflowDefinition, problems: ProblemList, { term, at }: TermAt): void {
  const states = Object.keys(definition.states);
  for (const key of ['entering', 'suspended-in', 'ends-in'] as const) {
    (term[key] ?? []).forEach((state, i) => known(problems, 'unknown-state', [...at, key, i], state, states));
  }
  const entered = new Set([definition.start, ...actionsOf(definition).map(({ action }) => action.to)]);
  if (!term.entering.some((state) => entered.has(state)))
    problems.add('term-never-starts', at, 'No action leads to a state that begins this term.');
  const both = term.entering.filter((state) => term['ends-in'].includes(state));
  if (both.length > 0) problems.add('term-never-runs', at, `The term begins and ends in ${both.join(', ')}.`);
  const endless = Object.entries(definition.states).filter(
    ([name, state]) => state.final === true && !term['ends-in'].includes(name),
  );
  for (const [name] of endless) {
    problems.add('term-never-ends', [...at, 'ends-in'], `${name} is final, so the term must end in it.`);
  }
}

/** Either `due`, or `period` with `source`; each a literal or the path of a fact. */
function checkLength(catalogue: Catalogue, problems: ProblemList, { term, at }: TermAt): void {
  const { period, source, due, from } = term;
  if ((due === undefined) === (period === undefined))
    problems.add('term-length', at, 'A term has either a period or a fact at which it is due.');
  if (due !== undefined) checkFact(catalogue, problems, { at: [...at, 'due'], path: due, type: 'instant' });
  if (from !== undefined) checkFact(catalogue, problems, { at: [...at, 'from'], path: from, type: 'instant' });
  if (period === undefined) return;
  if (period.includes('.')) checkFact(catalogue, problems, { at: [...at, 'period'], path: period, type: 'string' });
  else checkPeriod(problems, [...at, 'period'], period);
  if (source === undefined)
    problems.add('term-length', at, 'A period needs a source: it decides whether the last day moves.');
  else if (source.includes('.'))
    checkFact(catalogue, problems, { at: [...at, 'source'], path: source, type: 'string' });
  else known(problems, 'unknown-source', [...at, 'source'], source, SOURCES);
}

function checkFact(catalogue: Catalogue, problems: ProblemList, fact: { at: Path; path: string; type: string }): void {
  const spec = catalogue.facts[fact.path];
  if (spec === undefined) problems.add('unknown-fact', fact.at, `There is no fact ${fact.path}.`);
  else if (spec.type !== fact.type)
    problems.add('fact-type', fact.at, `The fact ${fact.path} is not of the type ${fact.type}.`);
}

function checkPeriod(problems: ProblemList, at: Path, period: string): void {
  try {
    parsePeriod(period);
  } catch (error) {
    problems.add('not-a-period', at, error instanceof DomainError ? error.message : 'This is not a period.');
  }
}

function checkExpiry(
  definition: WorkflowDefinition,
  catalogue: Catalogue,
  { term, at, problems }: TermAt & { readonly problems: ProblemList },
): void {
  const expiry = term['on-expiry'];
  if ('task' in expiry) {
    known(problems, 'unknown-task', [...at, 'on-expiry', 'task'], expiry.task, catalogue.tasks);
    known(problems, 'unknown-role', [...at, 'on-expiry', 'for'], expiry.for, catalogue.roles);
    return;
  }
  const bySystem = actionsOf(definition).filter(
    ({ name, action }) => name === expiry.action && action.by.includes('system'),
  );
  if (bySystem.length === 0)
    problems.add('unknown-action', [...at, 'on-expiry'], `The system has no action "${expiry.action}".`);
}
