import type { ASTNode } from '@marcbachmann/cel-js';

/** A text that could run too long, or that uses what conditions may not use. Positions are offsets in the text. */
export interface BoundProblem {
  readonly code: 'not-allowed' | 'too-much-work';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** Structural limits, given to the parser. */
export const LIMITS = { maxAstNodes: 500, maxDepth: 30, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 5 };

/** Longest list that a fact may be; the work of a text is counted with it. */
export const LONGEST_LIST = 100;
const DEEPEST_COMPREHENSION = 2;
/** Steps of all comprehensions together. Without a bound one short text can block the process for half a minute. */
const MOST_WORK = 20_000;

const COMPREHENSIONS = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);
const CALLS = new Set(['size', 'distinctSchools', 'distinctBoards', 'minutes', ...COMPREHENSIONS]);

/** Everything in a parsed text that is not allowed: calls outside the list, floating-point numbers, deep or heavy comprehensions. */
export function boundProblems(root: ASTNode): readonly BoundProblem[] {
  const problems: BoundProblem[] = [];
  const work = measure(root, 0, problems);
  if (work > MOST_WORK && problems.length === 0) {
    problems.push({
      code: 'too-much-work',
      message: `This takes up to ${work} steps; ${MOST_WORK} are allowed.`,
      ...placeOf(root),
    });
  }
  return problems;
}

/** Steps that a node takes at most, with lists at their longest. */
function measure(node: ASTNode, depth: number, problems: BoundProblem[]): number {
  const name = callName(node);
  if (name !== undefined && !CALLS.has(name)) {
    problems.push({
      code: 'not-allowed',
      message: `The function ${name} cannot be used in a condition.`,
      ...placeOf(node),
    });
  }
  if (node.op === 'value' && typeof node.args === 'number') {
    problems.push({
      code: 'not-allowed',
      message: 'Only whole numbers can be used; write amounts in cents.',
      ...placeOf(node),
    });
  }
  const isLoop = name !== undefined && COMPREHENSIONS.has(name) && node.op === 'rcall';
  if (isLoop && depth >= DEEPEST_COMPREHENSION) {
    problems.push({ code: 'not-allowed', message: 'Loops can be nested at most twice.', ...placeOf(node) });
    return 0;
  }
  const inside = childrenOf(node).reduce((sum, child) => sum + measure(child, depth + Number(isLoop), problems), 0);
  return isLoop ? LONGEST_LIST * Math.max(1, inside) : inside;
}

function callName(node: ASTNode): string | undefined {
  return node.op === 'call' || node.op === 'rcall' ? node.args[0] : undefined;
}

/** The nodes below a node, whatever its operator. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  const found: ASTNode[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (isNode(value)) found.push(value);
  };
  collect(node.args);
  return found;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

function placeOf(node: ASTNode): { start: number; end: number } {
  return { start: node.start, end: node.end };
}
