/** Who reviews what: the best assignment that keeps every rule, proven, or the rules that cannot hold together. */
export { orderedProblem, type AssignmentInput } from './assignment-input.js';
export { inputFaults } from './input-faults.js';
export { maximiseTotal } from './maximise-total.js';
