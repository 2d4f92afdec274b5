import type { Allocated } from './allocation-answer.js';
import type { AllocationInput, Id } from './allocation-input.js';

/** Who is eligible and gets nothing although it is better ranked than somebody who does, best first. */
export function passedOver({ proposals }: AllocationInput, { awards, reserve }: Allocated): readonly Id[] {
  const rankOf = new Map(proposals.map(({ id, rank }) => [id, rank]));
  const last = awards.reduce((worst, { id }) => Math.max(worst, rankOf.get(id) ?? 0), 0);
  return reserve.filter((id) => (rankOf.get(id) ?? 0) < last);
}
