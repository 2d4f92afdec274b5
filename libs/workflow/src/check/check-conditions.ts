import { compileCondition, type CompiledCondition } from '#lib/conditions';
import { factSchemaOf, type Catalogue } from '../catalogue.js';
import { actionsOf, refusing, type ActionDefinition, type WorkflowDefinition } from '../definition.js';
import { factsNamedIn, isTellable } from '../refusal-text.js';
import type { Path } from './located-yaml.js';
import type { ProblemList } from './problems.js';

/** Compiles the conditions and checks where they are used: no role may be told a fact it may not know, no ledger is read unlocked. */
export function checkConditions(
  definition: WorkflowDefinition,
  catalogue: Catalogue,
  problems: ProblemList,
): ReadonlyMap<string, CompiledCondition> {
  const compiled = compileAll(definition, catalogue, problems);
  const used = new Set<string>();
  for (const { state, name, action } of actionsOf(definition)) {
    const names = [...refusing(action), ...(action.warns ?? [])];
    names.forEach((condition) => used.add(condition));
    const reads = names.flatMap((condition) => compiled.get(condition)?.reads ?? []);
    checkReads(catalogue, problems, { action, reads, at: ['states', state, 'actions', name] });
  }
  for (const name of Object.keys(definition.conditions ?? {})) {
    if (!used.has(name))
      problems.add('unused-condition', ['conditions', name], `No action uses the condition "${name}".`);
  }
  return compiled;
}

function compileAll(
  definition: WorkflowDefinition,
  catalogue: Catalogue,
  problems: ProblemList,
): Map<string, CompiledCondition> {
  const compiled = new Map<string, CompiledCondition>();
  for (const [name, { cel }] of Object.entries(definition.conditions ?? {})) {
    const answer = compileCondition(cel, factSchemaOf(catalogue));
    if ('condition' in answer) {
      compiled.set(name, answer.condition);
      checkText(definition, catalogue, problems, { name, reads: answer.condition.reads });
      continue;
    }
    for (const fault of answer.problems) {
      const message = `${fault.message}\n${fault.caret}`;
      problems.addInText(`condition-${fault.code}`, ['conditions', name, 'cel'], { ...fault, message });
    }
  }
  return compiled;
}

/** A sentence names only facts that its condition reads: whose audience and lock are checked with it. */
function checkText(
  definition: WorkflowDefinition,
  catalogue: Catalogue,
  problems: ProblemList,
  { name, reads }: { readonly name: string; readonly reads: readonly string[] },
): void {
  const refusal = definition.conditions?.[name]?.refusal;
  const strange = (refusal === undefined ? [] : factsNamedIn(refusal)).filter(
    (path) => !reads.includes(path) || !isTellable(catalogue, path),
  );
  for (const path of strange)
    problems.add('text-names-fact', ['conditions', name, 'refusal'], `The sentence cannot tell {${path}}.`);
}

interface Use {
  readonly action: ActionDefinition;
  readonly reads: readonly string[];
  readonly at: Path;
}

function checkReads(catalogue: Catalogue, problems: ProblemList, { action, reads, at }: Use): void {
  for (const path of new Set(reads)) {
    const fact = catalogue.facts[path];
    if (fact === undefined) continue;
    const strangers = action.by.filter(
      (role) => role !== 'system' && fact.audience !== 'all' && !fact.audience.includes(role),
    );
    if (strangers.length > 0)
      problems.add('audience', at, `A refusal would tell ${path} to ${strangers.join(', ')}, who may not know it.`);
    if (fact.ledger !== undefined && !(action.locks ?? []).includes(fact.ledger)) {
      problems.add(
        'lock-missing',
        at,
        `The fact ${path} needs "locks: [${fact.ledger}]": without it two moves could both pass.`,
      );
    }
  }
}
