import {
  assign,
  assignCalculator,
  readChange,
  UNWATCHED,
  type AssignAnswer,
  type AssignmentInput,
  type AssignQuestion,
  type ChangeInput,
} from '#lib/assignment';
import { makeBundle } from '#lib/kernel';
import { highsSolver } from '#lib/solver';
import { NODE_MAJOR } from '#app/worker';
import type { Command, ExitCode, Terminal } from '../command.js';
import type { Arguments } from '../pure/arguments.js';
import { assignFaults } from '../pure/assign-faults.js';
import { assignmentTable } from '../pure/assign-table.js';
import { readJson } from '../pure/read-json.js';
import { schemaCheck } from '../pure/schema-check.js';
import { readWhyNot } from '../pure/why-not-option.js';
import { withInput, type InputKind } from '../pure/with-input.js';
import { unusable, type InputFault } from '../unusable-input.js';

const KIND: InputKind = {
  options: {
    objective: ['total', 'max-min'],
    seat: 'text',
    seed: 'text',
    'why-not': 'text',
    rebalance: 'text',
    pretty: 'flag',
    bundle: 'flag',
  },
  faultsOf: (input, given) => [...optionFaults(given), ...assignFaults(input, given.text('seat') ?? null)],
};

export const assignCommand: Command = {
  words: ['assign'],
  summary: 'who reviews which proposal, with the best total',
  help: `regioloket assign FILE [--objective total|max-min] [--seat SEAT] [--seed N] [--why-not PROPOSAL,REVIEWER] [--rebalance FILE] [--pretty] [--bundle]
  In:  {reviewsPerProposal, minLoad, maxLoad, seats: [seat of reviewer i], pairs: [[proposal, reviewer, utility 0..1000]],
        proposals?: [id], reviewers?: [id], fixed?: [[proposal, reviewer]], loads?: [{min?, max?}]} (docs/schemas/assign.schema.json);
        a pair that is not listed is a conflict. At most 10,000 proposals, 1,000 reviewers, 50 MB.
  Out: {feasible: true, proven, total, worst, loads, assignment: [[proposal, reviewer]]}, or with exit 1
       {feasible: false, blocking: [{kind, proposals, reviewers, need, have, sentence}]}: rules that cannot hold together, none too many.
  --objective max-min  first the largest sum for the worst-off proposal (with bound, nodes, mostNodes), then the total
  --seat SEAT          at least one reviewer with this seat on every proposal
  --seed N             decides among equally good assignments (default 0)
  --why-not P,R        adds whyNot: {reason, loss, sentence}, why R is not on P and what the total loses with it
  --rebalance FILE     {previous: [[proposal, reviewer]], finished?: [[proposal, reviewer]], dropped: [reviewer]}: assigns anew after a
                       drop-out, keeps what is finished and as much of the rest as can be, and adds rebalance: {kept, added, removed}
  --pretty             a table instead of JSON
  --bundle             the answer with its input, versions, seed and hash, for regioloket bundle replay
  Example: regioloket assign bids.json --seat stakeholder --seed 7 --pretty`,
  run: (args, terminal) =>
    withInput(terminal, args, KIND, (input, given) => answer(terminal, input as AssignmentInput, given)),
};

function optionFaults(given: Arguments): InputFault[] {
  const seed = given.text('seed');
  const faults = seed === undefined || /^-?\d{1,15}$/.test(seed) ? [] : ['--seed is a whole number.'];
  if (given.text('objective') === 'max-min' && (given.has('why-not') || given.has('rebalance')))
    faults.push('--why-not and --rebalance go with --objective total.');
  if (['why-not', 'rebalance', 'bundle'].filter((option) => given.has(option)).length > 1)
    faults.push('Give one of --why-not, --rebalance and --bundle.');
  return faults.map((message) => ({ pointer: '', message }));
}

async function answer(terminal: Terminal, input: AssignmentInput, given: Arguments): Promise<ExitCode> {
  const asked = await extraQuestions(terminal, input, given);
  if ('faults' in asked) return unusable(terminal, asked.faults);
  if (given.has('bundle')) return bundled(terminal, input, given);
  const objective = given.text('objective') === 'max-min' ? 'max-min' : 'total';
  const question = {
    input,
    objective,
    seat: given.text('seat') ?? null,
    seed: given.text('seed') ?? '0',
    ...asked,
  } as const;
  const found = assign(question, objective === 'max-min' ? await highsSolver() : null, UNWATCHED);
  terminal.out(
    given.has('pretty') ? assignmentTable(found, question, terminal.columns ?? 80) : JSON.stringify(found, null, 2),
  );
  return found.feasible ? 0 : 1;
}

async function bundled(terminal: Terminal, input: AssignmentInput, given: Arguments): Promise<ExitCode> {
  const seat = given.text('seat');
  const options = {
    objective: given.text('objective') ?? 'total',
    ...(seat === undefined ? {} : { seat }),
    seed: given.text('seed') ?? '0',
  };
  const bundle = makeBundle(assignCalculator(await highsSolver()), { input, options, node: NODE_MAJOR }, UNWATCHED);
  terminal.out(JSON.stringify(bundle, null, 2));
  return (bundle.result as AssignAnswer).feasible ? 0 : 1;
}

/** What `--why-not` and `--rebalance` ask, by position. */
async function extraQuestions(
  terminal: Terminal,
  input: AssignmentInput,
  given: Arguments,
): Promise<Pick<AssignQuestion, 'whyNot' | 'change'> | { readonly faults: readonly InputFault[] }> {
  const [pair, file] = [given.text('why-not'), given.text('rebalance')];
  if (pair !== undefined) return readWhyNot(input, pair);
  if (file === undefined) return {};
  const read = await readJson(terminal, file);
  if ('faults' in read) return read;
  const faults = schemaCheck('rebalance')(read.value);
  return faults.length > 0 ? { faults } : readChange(input, read.value as ChangeInput);
}
