import { Positions, type AssignmentInput, type AssignQuestion } from '#lib/assignment';
import type { InputFault } from '../unusable-input.js';

/** Reads `PROPOSAL,REVIEWER`. An id may hold a comma itself: the first cut that names two that exist is meant. */
export function readWhyNot(
  input: AssignmentInput,
  text: string,
): Pick<AssignQuestion, 'whyNot'> | { readonly faults: readonly InputFault[] } {
  const positions = new Positions(input);
  for (let cut = text.indexOf(','); cut >= 0; cut = text.indexOf(',', cut + 1)) {
    const pair = [positions.proposal(text.slice(0, cut)), positions.reviewer(text.slice(cut + 1))] as const;
    if (pair.every((position) => position >= 0)) return { whyNot: pair };
  }
  return { faults: [{ pointer: '', message: '--why-not names a proposal and a reviewer, with a comma between.' }] };
}
