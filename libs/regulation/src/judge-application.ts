import { compileCondition, evaluateCondition, type CompiledCondition, type Verdict } from '#lib/conditions';
import { provinceOf, type Text } from '#lib/kernel';
import { FrozenDefinitionDoesNotFit } from '#lib/workflow';
import { APPLICATION_FACTS } from './application-facts.js';
import type { Conditions } from './regulation-file.js';

/** One condition of the regulation with its verdict on an application. */
export interface EligibilityVerdict {
  readonly condition: string;
  readonly verdict: Verdict;
  readonly message: Text;
  /** Paths of answers that are needed and absent. */
  readonly missing: readonly string[];
}

export interface Eligibility {
  /** Null: nothing refuses, and not everything can be judged yet. */
  readonly met: boolean | null;
  readonly verdicts: readonly EligibilityVerdict[];
}

/** The conditions of a regulation, ready to judge by. */
export type CompiledConditions = ReadonlyMap<string, { readonly condition: CompiledCondition; readonly message: Text }>;

/** Throws FrozenDefinitionDoesNotFit when this version can no longer judge a condition. */
export function compileConditions(conditions: Conditions): CompiledConditions {
  const compiled = Object.entries(conditions).map(([name, { cel, refusal }]) => {
    const answer = compileCondition(withProvinces(cel), APPLICATION_FACTS);
    if ('condition' in answer) return [name, { condition: answer.condition, message: refusal }] as const;
    const reasons = answer.problems.map(({ message }) => `${name}: ${message}`);
    throw new FrozenDefinitionDoesNotFit('regulation', reasons);
  });
  return new Map(compiled);
}

/** A rule that was frozen with "Friesland" means the province whose schools are stored as Fryslân: names in it are compared as they are stored. */
function withProvinces(cel: string): string {
  if (!cel.includes('.province')) return cel;
  return cel.replace(/"([^"\\]{5,40})"/g, (literal, name: string) => {
    const province = provinceOf(name);
    return province === null ? literal : JSON.stringify(province);
  });
}

/** Judges an application by every condition, in their order; never stops at the first. */
export function judgeApplication(
  conditions: CompiledConditions,
  content: Readonly<Record<string, unknown>>,
): Eligibility {
  const verdicts = [...conditions].map(([name, { condition, message }]): EligibilityVerdict => {
    const { verdict, missing } = evaluateCondition(condition, content);
    return { condition: name, verdict, message, missing };
  });
  const isRefused = verdicts.some(({ verdict }) => verdict === 'not-met');
  const isMet = verdicts.every(({ verdict }) => verdict === 'met');
  return { met: isRefused ? false : isMet ? true : null, verdicts };
}
