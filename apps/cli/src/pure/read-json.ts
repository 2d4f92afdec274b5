import type { Terminal } from '../command.js';
import type { InputFault } from '../unusable-input.js';
import { nestingFault, syntaxFaults } from './json-syntax.js';

/** The contract's limit for the input of every pure command. */
export const MOST_BYTES = 50_000_000;

/** More faults than anybody reads; a file of 50 MB could hold millions. */
export const MOST_FAULTS = 1_000;

/** What was read, or what is wrong with it. */
export type Read<T> = { readonly value: T } | { readonly faults: readonly InputFault[] };

/** The JSON in FILE, or each place where it is none. Throws FileCannotBeRead and InputTooLong. */
export async function readJson(terminal: Terminal, file: string, mostBytes = MOST_BYTES): Promise<Read<unknown>> {
  const text = (await terminal.read(file, mostBytes)).replace(/^\uFEFF/, '');
  const tooDeep = nestingFault(text);
  if (tooDeep !== undefined) return { faults: [tooDeep] };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { faults: atMost(syntaxFaults(text)) };
  }
}

/** The first thousand faults, and a word that there are more. */
export function atMost(faults: readonly InputFault[]): readonly InputFault[] {
  if (faults.length <= MOST_FAULTS) return faults;
  return [...faults.slice(0, MOST_FAULTS), { pointer: '', message: `Only the first ${MOST_FAULTS} faults are named.` }];
}
