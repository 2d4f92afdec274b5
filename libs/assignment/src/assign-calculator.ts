import type { Calculator, IntegerSolver } from '#lib/kernel';
import { assign } from './assign.js';
import type { AssignmentInput } from './assignment-input.js';

/** `assign` as a bundle makes and replays it. Options: `objective` (`total` or `max-min`), `seat` and `seed`. */
export function assignCalculator(solver: IntegerSolver): Calculator {
  return {
    kind: 'assign',
    version: 1,
    seedOf: ({ seed }) => String(seed ?? 0),
    compute: (input, { objective, seat, seed }, tools) =>
      assign(
        {
          input: input as AssignmentInput,
          objective: objective === 'max-min' ? 'max-min' : 'total',
          seat: typeof seat === 'string' ? seat : null,
          seed: String(seed ?? 0),
        },
        solver,
        tools,
      ),
  };
}
