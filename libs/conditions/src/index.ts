/** Conditions: bounded CEL over typed facts, compiled with positions, judged in three values, explained by the facts they read. */
export { compileCondition, type CompileAnswer, type CompiledCondition, type ConditionProblem } from './compile.js';
export { evaluateCondition, type Facts, type Judgement, type Verdict } from './evaluate.js';
export { microsecondsOf, type FactSchema, type FactType, type ListType, type ScalarType } from './fact-schema.js';
