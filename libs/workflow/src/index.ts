/** Workflows as data: verified definitions, who may do what now, and what a move would do. */
export { PHASES, type Phase } from './phases.js';
export {
  factSchemaOf,
  LOCK_ORDER,
  type Catalogue,
  type FactSpec,
  type LockOwner,
  type PayloadType,
} from './catalogue.js';
export {
  actionsOf,
  initialState,
  type OnExpiry,
  type StateDefinition,
  type TermDefinition,
  type VerifiedWorkflow,
  type WorkflowDefinition,
} from './definition.js';
export { checkWorkflow, type CheckAnswer } from './check/check-workflow.js';
export type { WorkflowProblem } from './check/problems.js';
export { readYaml, type LocatedYaml } from './check/located-yaml.js';
export { permitted, type ActionAnswer, type Objection, type Situation } from './permitted.js';
export {
  ActionNotNow,
  ActionUnknown,
  move,
  MoveRefused,
  PayloadIsWrong,
  type PayloadFault,
  termsIn,
  type Moved,
  type Payload,
  type TermInState,
} from './move.js';
export { FrozenDefinitionDoesNotFit, joinTexts, loadWorkflow, rulesHash, rulesOf, textsOf } from './freeze.js';
export { drawWorkflow } from './draw.js';
