/** Who reviews what: the best assignment that keeps every rule, proven, or the rules that cannot hold together. */
export { assign, type AssignQuestion, type Change } from './assign.js';
export type { AssignAnswer, FeasibleAnswer, NamedBlocking, NamedPair, NamedWhyNot } from './assign-answer.js';
export type { AssignmentInput, Id } from './assignment-input.js';
export { Positions, readChange, type ChangeInput } from './change-input.js';
export { inputFaults, type Fault } from './input-faults.js';
export { UNWATCHED } from './tools.js';
export { assignCalculator } from './assign-calculator.js';
