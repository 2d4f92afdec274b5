import {
  Environment,
  EvaluationError,
  ParseError,
  TypeError as CelTypeError,
  type ASTNode,
  type ParseResult,
} from '@marcbachmann/cel-js';
import { boundProblems, childrenOf, LIMITS } from './bounds.js';
import { celTypeOf, type FactSchema, type FactType, type ListType } from './fact-schema.js';

/** A fault in a condition's text. `line` and `column` count from 1; `caret` shows the place under the line. */
export interface ConditionProblem {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly caret: string;
}

/** A condition that was checked against a schema of facts. */
export interface CompiledCondition {
  readonly text: string;
  /** Paths of the facts it reads, sorted. */
  readonly reads: readonly string[];
  readonly schema: FactSchema;
  readonly run: ParseResult;
}

export type CompileAnswer =
  { readonly condition: CompiledCondition } | { readonly problems: readonly ConditionProblem[] };

/** Longest text; anything longer is no condition a person can check. */
const LONGEST_TEXT = 2_000;
const MICROSECONDS_PER_MINUTE = 60_000_000n;

/** One checker per schema object: registering facts costs more than a whole compilation. */
const environments = new WeakMap<FactSchema, Environment>();

/** Parses, types and bounds a condition. Never throws: whatever is wrong with the text comes back with its place. */
export function compileCondition(text: string, schema: FactSchema): CompileAnswer {
  if (text.length > LONGEST_TEXT)
    return problem(text, 'too-long', `A condition has at most ${LONGEST_TEXT} characters.`, 0);
  try {
    const run = environmentFor(schema).parse(text);
    const bounds = boundProblems(run.ast);
    if (bounds.length > 0) return { problems: bounds.map((b) => placed(text, b.code, b.message, b.start)) };
    const checked = run.check();
    if (!checked.valid) throw checked.error ?? new Error('The text cannot be typed.');
    if (checked.type !== 'bool')
      return problem(text, 'not-a-condition', `This is ${checked.type ?? 'nothing'}, not true or false.`, 0);
    return { condition: { text, reads: factsRead(run.ast, schema), schema, run } };
  } catch (error) {
    return fromError(text, error);
  }
}

function fromError(text: string, error: unknown): CompileAnswer {
  if (error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError) {
    return problem(text, error.code.replaceAll('_', '-'), error.summary, error.range?.start ?? 0);
  }
  return problem(text, 'unusable', error instanceof Error ? error.message : 'This text cannot be read.', 0);
}

function environmentFor(schema: FactSchema): Environment {
  const known = environments.get(schema);
  if (known !== undefined) return known;
  const environment = new Environment({ unlistedVariablesAreDyn: false, limits: LIMITS });
  registerFacts(environment, schema);
  environments.set(schema, environment);
  return environment;
}

function registerFacts(environment: Environment, schema: FactSchema): void {
  const groups = new Map<string, Record<string, string>>();
  const lists = new Map<string, ListType>();
  for (const [path, type] of Object.entries(schema)) {
    if (typeof type !== 'string' && !lists.has(type.list)) registerList(environment, lists, type);
    const [group = path, field] = path.split('.');
    if (field === undefined) environment.registerVariable(group, celTypeOf(type));
    else groups.set(group, { ...groups.get(group), [field]: celTypeOf(type) });
  }
  for (const [group, fields] of groups) environment.registerVariable(group, { schema: fields });
  environment.registerFunction('minutes(int): int', (count: bigint) => count * MICROSECONDS_PER_MINUTE);
}

function registerList(environment: Environment, lists: Map<string, ListType>, type: ListType): void {
  lists.set(type.list, type);
  const fields = Object.fromEntries(
    Object.entries(type.fields).map(([name, field]) => [name, celTypeOf(field as FactType)]),
  );
  environment.registerType(type.list, { fields });
  if ('brin' in type.fields) environment.registerFunction(`distinctSchools(list<${type.list}>): int`, distinct('brin'));
  if ('board' in type.fields)
    environment.registerFunction(`distinctBoards(list<${type.list}>): int`, distinct('board'));
}

/** Different values of a field; a school without the field cannot be counted, so the answer cannot be given. */
function distinct(field: string): (list: readonly Record<string, unknown>[]) => bigint {
  return (list) => {
    const values = list.map((item) => item[field]);
    if (values.includes(undefined)) throw new Error(`No such key: ${field}`);
    return BigInt(new Set(values).size);
  };
}

/** Paths that a text reads: a root with its field, or a root that is a fact by itself. Loop variables are no facts. */
function factsRead(root: ASTNode, schema: FactSchema): readonly string[] {
  const found = new Set<string>();
  const visit = (node: ASTNode): void => {
    const path = pathOf(node);
    if (path !== undefined && path in schema) found.add(path);
    childrenOf(node).forEach(visit);
  };
  visit(root);
  return [...found].sort();
}

function pathOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return undefined;
  const [owner, field] = node.args;
  return owner.op === 'id' ? `${owner.args}.${field}` : undefined;
}

function problem(text: string, code: string, message: string, offset: number): CompileAnswer {
  return { problems: [placed(text, code, message, offset)] };
}

function placed(text: string, code: string, message: string, offset: number): ConditionProblem {
  const before = text.slice(0, offset).split('\n');
  const line = before.length;
  const column = (before.at(-1) ?? '').length + 1;
  const source = text.split('\n')[line - 1] ?? '';
  return {
    code,
    message,
    offset,
    line,
    column,
    caret: `${source.slice(0, 200)}\n${' '.repeat(Math.min(column, 200) - 1)}^`,
  };
}
