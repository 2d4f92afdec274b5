import type { BundleOptions, Calculator, PricingSolver } from '#lib/kernel';
import { allocate } from './allocation/allocate.js';
import type { AllocationRule } from './allocation/allocation-answer.js';
import type { AllocationInput } from './allocation/allocation-input.js';
import type { DrawInput } from './draw-input.js';
import { drawLots } from './draw-lots.js';

/** `allocate` as a bundle makes and replays it. Options: `rule` (skip when absent) and `partial` (true when absent). */
export function allocateCalculator(solver: PricingSolver): Calculator {
  return {
    kind: 'allocate',
    version: 1,
    seedOf: () => null,
    compute: (input, options, tools) =>
      allocate(
        { input: input as AllocationInput, rule: ruleIn(options), partial: options['partial'] !== false },
        solver,
        tools,
      ),
  };
}

/** `draw` as a bundle makes and replays it. The seed is the draw's own: it stands in the input. */
export const drawCalculator: Calculator = {
  kind: 'draw',
  version: 1,
  seedOf: () => null,
  compute: (input) => drawLots((input as DrawInput).seed, (input as DrawInput).ids),
};

function ruleIn({ rule }: BundleOptions): AllocationRule {
  return rule === 'optimal' || rule === 'stop' || rule === 'pro-rata' ? rule : 'skip';
}
