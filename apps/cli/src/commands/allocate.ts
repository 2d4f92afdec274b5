import {
  allocate,
  allocateCalculator,
  passedOver,
  UNWATCHED,
  type AllocationAnswer,
  type AllocationInput,
  type AllocationRule,
} from '#lib/funding';
import { makeBundle } from '#lib/kernel';
import { highsSolver } from '#lib/solver';
import { NODE_MAJOR } from '#app/worker';
import type { Command, ExitCode, Terminal } from '../command.js';
import { allocateFaults } from '../pure/allocate-faults.js';
import { allocationTable } from '../pure/allocation-table.js';
import type { Arguments } from '../pure/arguments.js';
import { withInput } from '../pure/with-input.js';

const RULES = ['optimal', 'stop', 'skip', 'pro-rata'] as const;

export const allocateCommand: Command = {
  words: ['allocate'],
  summary: 'who gets how much of the money, by which rule',
  help: `regioloket allocate FILE [--rule optimal|stop|skip|pro-rata] [--no-partial] [--pretty] [--verbose] [--bundle]
  Divides a budget among ranked proposals. skip (default) goes down the ranking and passes over what does not fit, stop ends there,
  pro-rata gives all the same share of what they asked, optimal finds the largest value and proves it. A partial award is never below
  the minimum of its proposal. Ceilings of a quota always hold; its minimum is kept by optimal, and told by the others when it is missed.
  In:  {budget, cofinancingMin: number | "n/d", quotas: [{field, value, measure: "count" | "amount", min?, max?}],
        proposals: [{id, rank, value, requested, minimum, own, ...fields}]} (docs/schemas/allocate.schema.json); amounts are whole
        numbers of one unit; ranks differ (regioloket draw). At most 10,000 proposals, 50 MB.
  Out: {rule, value, paid, unspent, awards: [{id, amount}], reserve: [id], refused: [{id, reason, sentence}], quotaViolations}, or with
       exit 1 {rule, feasible: false, blocking: [{quota, side, need, sentence}]}: quotas that cannot hold, none too many.
       When the optimum could not be proven: also proven: false and bound, the value that none exceeds.
  --no-partial  all that was asked, or nothing
  --pretty      a table instead of JSON, with the money line
  --verbose     adds passedOver: who gets nothing although better ranked than somebody who gets something
  --bundle      the result with its input, versions and hash, for regioloket bundle replay
  Example: regioloket allocate examples/allocation-8.json --rule optimal --pretty`,
  run: (args, terminal) =>
    withInput(terminal, args, INPUT, (input, given) => answer(terminal, input as AllocationInput, given)),
};

const INPUT = {
  options: { rule: RULES, 'no-partial': 'flag', pretty: 'flag', verbose: 'flag', bundle: 'flag' },
  faultsOf: allocateFaults,
} as const;

async function answer(terminal: Terminal, input: AllocationInput, given: Arguments): Promise<ExitCode> {
  const question = { input, rule: ruleIn(given), partial: !given.has('no-partial') };
  if (given.has('bundle')) {
    const { rule, partial } = question;
    const options = { rule, partial };
    const bundle = makeBundle(allocateCalculator(await highsSolver()), { input, options, node: NODE_MAJOR }, UNWATCHED);
    terminal.out(JSON.stringify(bundle, null, 2));
    return exitOf(bundle.result as AllocationAnswer);
  }
  const found = allocate(question, question.rule === 'optimal' ? await highsSolver() : null, UNWATCHED);
  terminal.out(
    given.has('pretty')
      ? allocationTable(found, input, terminal.columns ?? 80)
      : JSON.stringify(given.has('verbose') ? withPassedOver(found, input) : found, null, 2),
  );
  return exitOf(found);
}

function ruleIn(given: Arguments): AllocationRule {
  return RULES.find((rule) => rule === given.text('rule')) ?? 'skip';
}

function exitOf(found: AllocationAnswer): ExitCode {
  return 'feasible' in found ? 1 : 0;
}

function withPassedOver(found: AllocationAnswer, input: AllocationInput): object {
  return 'feasible' in found ? found : { ...found, passedOver: passedOver(input, found) };
}
