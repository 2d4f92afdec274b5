import type { ExitCode, Terminal } from '../command.js';
import { unusable, type InputFault } from '../unusable-input.js';
import { readArguments, type Arguments, type OptionKinds } from './arguments.js';
import { atMost, readJson } from './read-json.js';

/** How a pure command reads what it is given. */
export interface InputKind {
  readonly options: OptionKinds;
  /** Every fault of the parsed input, shape first; with none it is of the type that the command computes with. */
  faultsOf(input: unknown, given: Arguments): readonly InputFault[];
}

/** Runs a command on the one file it is given, or tells every fault of arguments, text, shape and content. Throws FileCannotBeRead, InputTooLong. */
export async function withInput(
  terminal: Terminal,
  args: readonly string[],
  { options, faultsOf }: InputKind,
  run: (input: unknown, given: Arguments) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  const given = readArguments(args, options);
  if ('faults' in given) return unusable(terminal, given.faults);
  const [file] = given.files;
  if (file === undefined || given.files.length > 1)
    return unusable(terminal, [{ pointer: '', message: 'Name one file, or - for standard input.' }]);
  const read = await readJson(terminal, file);
  if ('faults' in read) return unusable(terminal, read.faults);
  const faults = faultsOf(read.value, given);
  return faults.length > 0 ? unusable(terminal, atMost(faults)) : run(read.value, given);
}
