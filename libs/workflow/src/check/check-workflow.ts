import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Catalogue } from '../catalogue.js';
import { DEFINITION_SCHEMA } from '../definition-schema.js';
import type { VerifiedWorkflow, WorkflowDefinition } from '../definition.js';
import { lockOwnersOf } from '../lock-owners.js';
import { checkConditions } from './check-conditions.js';
import { checkFlow } from './check-flow.js';
import { checkNames } from './check-names.js';
import { checkTerms } from './check-terms.js';
import { readYaml, type Path } from './located-yaml.js';
import { ProblemList, type WorkflowProblem } from './problems.js';

export type CheckAnswer =
  | { readonly ok: true; readonly workflow: VerifiedWorkflow; readonly problems: readonly [] }
  | { readonly ok: false; readonly problems: readonly WorkflowProblem[] };

const hasShape = new Ajv2020({ allErrors: true, strict: false, verbose: false }).compile<WorkflowDefinition>(
  DEFINITION_SCHEMA,
);

/**
 * Verifies a definition's YAML against the catalogue of its subject. Never throws: every fault comes back with file, line and column.
 * Faults of shape come alone, because nothing behind them can be trusted.
 */
export function checkWorkflow(text: string, file: string, catalogues: readonly Catalogue[]): CheckAnswer {
  const yaml = readYaml(text);
  const problems = new ProblemList(file, yaml);
  if (yaml.faults.length > 0) {
    return { ok: false, problems: yaml.faults.map(({ code, message, place }) => ({ file, ...place, code, message })) };
  }
  const definition: unknown = yaml.data;
  if (!hasShape(definition)) return { ok: false, problems: shapeProblems(problems) };
  const catalogue = catalogues.find(({ subject }) => subject === definition.subject);
  if (catalogue === undefined) {
    problems.add('unknown-subject', ['subject'], `There is no subject "${definition.subject}".`);
    return { ok: false, problems: problems.sorted() };
  }
  return verify(definition, catalogue, problems);
}

function verify(definition: WorkflowDefinition, catalogue: Catalogue, problems: ProblemList): CheckAnswer {
  checkNames(definition, catalogue, problems);
  checkFlow(definition, problems);
  checkTerms(definition, catalogue, problems);
  const conditions = checkConditions(definition, catalogue, problems);
  if (problems.all.length > 0) return { ok: false, problems: problems.sorted() };
  const lockOwners = lockOwnersOf(definition, catalogue, conditions);
  return { ok: true, workflow: { definition, catalogue, conditions, lockOwners }, problems: [] };
}

/** The alternatives of `then` each complain; the first complaint about a place says enough. */
function shapeProblems(problems: ProblemList): readonly WorkflowProblem[] {
  const told = new Set<string>();
  for (const error of hasShape.errors ?? []) {
    const extra: unknown = error.params['additionalProperty'] ?? error.params['missingProperty'];
    const inside = error.instancePath.split('/').slice(1).map(decode);
    const path: Path =
      error.keyword === 'additionalProperties' && typeof extra === 'string' ? [...inside, extra] : inside;
    const place = path.join('/') + (error.keyword === 'required' ? String(extra) : '');
    if (told.has(place) || error.keyword === 'oneOf') continue;
    told.add(place);
    problems.add(
      codeOf(error.keyword),
      path,
      `${path.join('.') || 'definition'} ${error.message ?? 'is wrong'}${typeof extra === 'string' ? `: ${extra}` : ''}`,
    );
  }
  return problems.sorted();
}

function codeOf(keyword: string): string {
  if (keyword === 'additionalProperties') return 'unknown-key';
  return keyword === 'required' ? 'missing-key' : 'wrong-value';
}

function decode(part: string): string | number {
  const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
  return /^\d+$/.test(key) ? Number(key) : key;
}
