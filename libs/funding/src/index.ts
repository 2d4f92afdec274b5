/** Who gets the money: how far it reaches down a ranking, in order of arrival, by lot, pro rata, or for the largest value. */
export { arrivalLine, type Arrival, type ArrivalStand } from './arrival-line.js';
export { drawLine, shortageOf, type LineEntry, type LineVerdict, type Shortage } from './draw-line.js';
export { tiedAtLine, type PlacedEntry } from './tied-at-line.js';
export { drawLots, LotTwice, seedOf, type DrawnLots, type Lot } from './draw-lots.js';
export type { DrawInput } from './draw-input.js';
export { allocate, type AllocationQuestion } from './allocation/allocate.js';
export type {
  Allocated,
  AllocationAnswer,
  AllocationRule,
  Award,
  BlockingQuota,
} from './allocation/allocation-answer.js';
export type { AllocationInput, Quota, RankedRequest } from './allocation/allocation-input.js';
export { shareOf } from './allocation/funding-problem.js';
export { passedOver } from './allocation/passed-over.js';
export { UNWATCHED } from './allocation/tools.js';
export { scaleOf } from './allocation/whole-values.js';
export { allocateCalculator, drawCalculator } from './calculators.js';
