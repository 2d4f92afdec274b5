import { canonicalJson, DomainError, sha256 } from '#lib/kernel';
import { compileCondition } from '#lib/conditions';
import { factSchemaOf, type Catalogue } from './catalogue.js';
import type { VerifiedWorkflow, WorkflowDefinition } from './definition.js';
import { lockOwnersOf } from './lock-owners.js';

/** Keys of a definition that are read by people only: they may be corrected without changing the rules. */
const TEXT_KEYS = new Set(['label', 'public', 'refusal', 'help']);

/** All that decides, as plain data: a definition, or a pack of them, without what people read. */
export function rulesOf(definition: object): unknown {
  return split(definition, false);
}

/** What people read, at the same paths. */
export function textsOf(definition: object): unknown {
  return split(definition, true) ?? {};
}

/** SHA-256 over the canonical JSON (RFC 8785) of the rules; the same for any order of keys and any wording. */
export function rulesHash(definition: WorkflowDefinition): string {
  return sha256(canonicalJson(rulesOf(definition)));
}

/** The frozen definition needs something that this version of the code no longer has. */
export class FrozenDefinitionDoesNotFit extends DomainError {
  readonly code = 'frozen-definition-does-not-fit';
  constructor(workflow: string, reasons: readonly string[]) {
    super(`The frozen definition ${workflow} does not fit this version: ${reasons.join('; ')}`, { workflow, reasons });
  }
}

/** A definition from its frozen rules and texts. Throws FrozenDefinitionDoesNotFit when the catalogue no longer has what it names. */
export function loadWorkflow(rules: unknown, texts: unknown, catalogues: readonly Catalogue[]): VerifiedWorkflow {
  const definition = joinTexts(rules, texts) as WorkflowDefinition;
  const catalogue = catalogues.find(({ subject }) => subject === definition.subject);
  if (catalogue === undefined)
    throw new FrozenDefinitionDoesNotFit(definition.workflow, [`no subject ${definition.subject}`]);
  const answers = Object.entries(definition.conditions ?? {}).map(
    ([name, { cel }]) => [name, compileCondition(cel, factSchemaOf(catalogue))] as const,
  );
  const reasons = answers.flatMap(([name, answer]) =>
    'problems' in answer ? answer.problems.map((p) => `${name}: ${p.message}`) : [],
  );
  if (reasons.length > 0) throw new FrozenDefinitionDoesNotFit(definition.workflow, reasons);
  const conditions = new Map(
    answers.flatMap(([name, answer]) => ('condition' in answer ? [[name, answer.condition]] : [])),
  );
  const lockOwners = lockOwnersOf(definition, catalogue, conditions);
  return { definition, catalogue, conditions, lockOwners };
}

/** Keeps either the texts or everything else; a branch without anything left is dropped from the texts only. */
function split(value: unknown, texts: boolean): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return texts ? undefined : value;
  const kept = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (TEXT_KEYS.has(key)) return texts ? [[key, inner]] : [];
    const rest = split(inner, texts);
    return rest === undefined ? [] : [[key, rest]];
  });
  return texts && kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Puts the texts back where `textsOf` took them from. */
export function joinTexts(rules: unknown, texts: unknown): unknown {
  if (!isRecord(rules) || !isRecord(texts)) return rules ?? texts;
  const keys = new Set([...Object.keys(rules), ...Object.keys(texts)]);
  return Object.fromEntries([...keys].map((key) => [key, joinTexts(rules[key], texts[key])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
