import { replayBundle, type Bundle } from '#lib/kernel';
import { calculatorOf, KINDS_OF_BUNDLE, NODE_MAJOR } from '#app/worker';
import type { Command, ExitCode, Terminal } from '../command.js';
import { allocateFaults } from '../pure/allocate-faults.js';
import { assignFaults } from '../pure/assign-faults.js';
import { drawFaults } from '../pure/draw-faults.js';
import { fieldsOf } from '../pure/loose.js';
import { rankFaults } from '../pure/rank-faults.js';
import { atMost, MOST_BYTES, readJson } from '../pure/read-json.js';
import { schemaCheck } from '../pure/schema-check.js';
import { readArguments } from '../pure/arguments.js';
import { unusable, type InputFault } from '../unusable-input.js';

/** What is wrong with the input of each kind of bundle; the same checks as its own command's. */
const INPUT_FAULTS: Readonly<Record<string, (input: unknown, options: Bundle['options']) => readonly InputFault[]>> = {
  rank: (input, { model }) => rankFaults(input, String(model)),
  assign: (input, { seat }) => assignFaults(input, typeof seat === 'string' ? seat : null),
  allocate: (input) => allocateFaults(input),
  draw: (input) => drawFaults(input),
};

export const bundleReplayCommand: Command = {
  words: ['bundle', 'replay'],
  summary: 'computes the result in a bundle again, and compares',
  help: `regioloket bundle replay FILE
  Computes the result of a ranking, assignment, allocation or drawing of lots again from the input in its bundle, without a database.
  On the same version and the same major version of Node each byte must be equal; otherwise numbers within 1e-6, and every other outcome
  exactly. Exit 1 when the result differs, or when the bundle is not as it was made.
  In:  docs/schemas/bundle.schema.json, as regioloket rank FILE --bundle makes it
  Out: {same, compared: "bytes" | "numbers", hashHolds, differences: [{pointer, stored, computed}], kind, node: {stored, computed}}
  Example: regioloket rank panel.json --bundle > ranking.json; regioloket bundle replay ranking.json`,
  async run(args, terminal) {
    const given = readArguments(args, {});
    if ('faults' in given) return unusable(terminal, given.faults);
    const [file] = given.files;
    if (file === undefined || given.files.length > 1)
      return unusable(terminal, [{ pointer: '', message: 'Name one file, or - for standard input.' }]);
    const read = await readJson(terminal, file, 3 * MOST_BYTES);
    if ('faults' in read) return unusable(terminal, read.faults);
    const faults = bundleFaults(read.value);
    return faults.length > 0 ? unusable(terminal, atMost(faults)) : replay(terminal, read.value as Bundle);
  },
};

function bundleFaults(value: unknown): readonly InputFault[] {
  const faults = schemaCheck('bundle')(value);
  if (faults.length > 0) return faults;
  const { kind, input, options } = fieldsOf(value);
  const inputFaults = INPUT_FAULTS[String(kind)];
  if (inputFaults === undefined)
    return [{ pointer: '/kind', message: `Known kinds are: ${KINDS_OF_BUNDLE.join(', ')}.` }];
  return inputFaults(input, options as Bundle['options']).map(({ pointer, message }) => ({
    pointer: `/input${pointer}`,
    message,
  }));
}

async function replay(terminal: Terminal, bundle: Bundle): Promise<ExitCode> {
  const calculator = await calculatorOf(bundle.kind);
  if (calculator === undefined) throw new RangeError(`${bundle.kind} has faults to check and no calculator`);
  const tools = { progress: () => undefined, isCancelled: () => false };
  const answer = replayBundle(bundle, calculator, NODE_MAJOR, tools);
  const node = { stored: bundle.node, computed: NODE_MAJOR };
  terminal.out(JSON.stringify({ ...answer, kind: bundle.kind, node }, null, 2));
  return answer.same ? 0 : 1;
}
