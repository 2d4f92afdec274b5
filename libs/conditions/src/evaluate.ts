import type { CompiledCondition } from './compile.js';
import { LONGEST_LIST } from './bounds.js';
import { toCel } from './fact-schema.js';

/** Facts nested as their paths: `{ call: { opensAt: '…' }, schools: […] }`. Absent facts are left out. */
export type Facts = Readonly<Record<string, unknown>>;

export type Verdict = 'met' | 'not-met' | 'cannot-be-judged';

/** A verdict with what it rests on. */
export interface Judgement {
  readonly verdict: Verdict;
  /** The facts that were read, by path. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Paths that were needed and absent; `schools[].board` is a field missing in one of the list's records. */
  readonly missing: readonly string[];
}

/**
 * Judges a condition. An absent fact never makes it false: what comes out true without it is met, everything else cannot be judged.
 * Never throws.
 */
export function evaluateCondition(condition: CompiledCondition, facts: Facts): Judgement {
  const read: Record<string, unknown> = {};
  const input: Record<string, unknown> = {};
  const missing: string[] = [];
  for (const path of condition.reads) {
    const value = factAt(facts, path);
    if (value !== undefined) read[path] = value;
    const celValue = celValueOf(condition, path, value);
    if (celValue === undefined) missing.push(path);
    put(input, path, celValue);
  }
  const answer = attempt(condition, input);
  if (answer.value === true) return { verdict: 'met', facts: read, missing: [] };
  const absent = missing.length > 0 ? missing : answer.missing;
  return { verdict: absent.length > 0 ? 'cannot-be-judged' : 'not-met', facts: read, missing: absent };
}

function attempt(
  condition: CompiledCondition,
  input: Record<string, unknown>,
): { value: unknown; missing: readonly string[] } {
  try {
    return { value: condition.run(input), missing: [] };
  } catch (error) {
    const field = /No such key: (\w+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const list = condition.reads.find((path) => typeof condition.schema[path] !== 'string');
    const inList =
      field !== undefined && list !== undefined && !condition.reads.some((path) => path.endsWith(`.${field}`));
    return { value: undefined, missing: [inList ? `${list}[].${field}` : 'unknown'] };
  }
}

function celValueOf(condition: CompiledCondition, path: string, value: unknown): unknown {
  const type = condition.schema[path];
  if (type === undefined || value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.length > LONGEST_LIST) return undefined;
  try {
    return toCel(value, type);
  } catch {
    return undefined;
  }
}

/** Own properties only: a fact path never reaches a prototype. */
function factAt(facts: Facts, path: string): unknown {
  let at: unknown = facts;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** The group must exist even when its field is absent: an absent field can be absorbed by `||`, an absent group could not. */
function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const [group = path, field] = path.split('.');
  if (field === undefined) {
    if (value !== undefined) target[group] = value;
    return;
  }
  const record = (target[group] ?? {}) as Record<string, unknown>;
  if (value !== undefined) record[field] = value;
  target[group] = record;
}
