import type { InputFault } from '../unusable-input.js';
import { fieldsOf, listOf } from './loose.js';
import { pointerOf } from './pointer.js';
import { schemaCheck } from './schema-check.js';

let shapeFaults: ((input: unknown) => readonly InputFault[]) | undefined;

/** Every fault of an input of `draw`: of shape, ids that stand twice, and texts that an outsider could not hash the same way. */
export function drawFaults(input: unknown): readonly InputFault[] {
  shapeFaults ??= schemaCheck('draw');
  const { seed, ids } = fieldsOf(input);
  const seen = new Set<unknown>();
  const content = listOf(ids).flatMap((id, i) => {
    const pointer = pointerOf(['ids', i]);
    const isTwice = typeof id === 'string' && seen.has(id);
    seen.add(id);
    return [...(isTwice ? [{ pointer, message: 'This id takes part before.' }] : []), ...textFaults(id, pointer)];
  });
  return [...shapeFaults(input), ...textFaults(seed, '/seed'), ...content];
}

function textFaults(text: unknown, pointer: string): InputFault[] {
  if (typeof text !== 'string') return [];
  if (/[\n\r]/.test(text)) return [{ pointer, message: 'This text holds a line break.' }];
  return /\p{Surrogate}/u.test(text) ? [{ pointer, message: 'This text has no form in UTF-8.' }] : [];
}
