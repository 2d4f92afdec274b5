import { inputFaults, type AssignmentInput } from '#lib/assignment';
import type { InputFault } from '../unusable-input.js';
import { schemaCheck } from './schema-check.js';

let shapeFaults: ((input: unknown) => readonly InputFault[]) | undefined;

/** Every fault of an input of `assign`: of shape or, with none, of names and loads that do not fit together. */
export function assignFaults(input: unknown, seat: string | null): readonly InputFault[] {
  shapeFaults ??= schemaCheck('assign');
  const shape = shapeFaults(input);
  return shape.length > 0 ? shape : inputFaults(input as AssignmentInput, seat);
}
