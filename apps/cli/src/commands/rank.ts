import { makeBundle, type CalculatorTools } from '#lib/kernel';
import { panelOf, rankCalculator, rankPanel, type RankInput, type RankModel } from '#lib/scoring';
import { NODE_MAJOR } from '#app/worker';
import type { Command, ExitCode, Terminal } from '../command.js';
import { rankFaults } from '../pure/rank-faults.js';
import { rankTable } from '../pure/rank-table.js';
import type { Arguments } from '../pure/arguments.js';
import { withInput } from '../pure/with-input.js';
import { unusable } from '../unusable-input.js';

const MODELS = ['crossed', 'snsf', 'mean'] as const;

export const rankCommand: Command = {
  words: ['rank'],
  summary: 'ranks proposals, and says how sure each place is',
  help: `regioloket rank FILE [--model crossed|snsf|mean] [--pretty [--top N]] [--verbose] [--bundle]
  Ranks by expected rank: the place a proposal has on average over all that its scores leave open, with each reviewer's strictness taken
  out. crossed (default) learns how much reviewers differ, snsf has the priors of the Swiss National Science Foundation, mean compares bare
  means. Up to 2,000 proposals and 200 reviewers; with mean 10,000 and 1,000.
  In:  docs/schemas/rank.schema.json: {scale: {min, max}, nFundable, proposals: [id], reviewers: [id],
       scores: [{proposal, reviewer, score | null}]}, or instead of scores: criteria: [{key, weight}], minWeight,
       reviews: [{proposal, reviewer, criteria: {key: score | null}}]. An empty score is no score, never zero.
  Out: {model, scaleMappedTo: [1, 6], proposals: [{id, reviews, rawMean, rawRank, effect: {mean, sd}, expectedRank, pcer, rankSd,
       interval50, interval90, probabilityWithinLine, group: "accept" | "random" | "reject", firm}],
       reviewers: [{id, reviews, effect}], fundingLine, spread, warnings: [{code, sentence: {nl, en}}]}
  --pretty   a table instead, best first; --top N only its first N rows
  --verbose  adds accuracy: how far the last refinement of the grid moved an expected rank; progress on standard error
  --bundle   the result with its input, versions, seed and hash, for regioloket bundle replay
  Example: echo '{"scale": {"min": 1, "max": 5}, "nFundable": 1, "proposals": ["A", "B"], "reviewers": ["x", "y"], "scores": [
    {"proposal": "A", "reviewer": "x", "score": 5}, {"proposal": "B", "reviewer": "x", "score": 4},
    {"proposal": "A", "reviewer": "y", "score": 3}, {"proposal": "B", "reviewer": "y", "score": 1}]}' | regioloket rank - --pretty`,
  run: (args, terminal) =>
    withInput(terminal, args, INPUT, (input, given) => rank(terminal, input as RankInput, given)),
};

const INPUT = {
  options: { model: MODELS, pretty: 'flag', top: 'text', verbose: 'flag', bundle: 'flag' },
  faultsOf: (input: unknown, given: Arguments) => rankFaults(input, modelIn(given)),
} as const;

function rank(terminal: Terminal, input: RankInput, given: Arguments): ExitCode {
  const top = Number(given.text('top') ?? Infinity);
  if (!(top >= 1)) return unusable(terminal, [{ pointer: '', message: '--top needs a number of rows.' }]);
  const [model, tools] = [modelIn(given), toolsFor(terminal, given)];
  if (given.has('bundle')) {
    const bundle = makeBundle(rankCalculator, { input, options: { model }, node: NODE_MAJOR }, tools);
    terminal.out(JSON.stringify(bundle, null, 2));
    return 0;
  }
  const { ranking, accuracy } = rankPanel(panelOf(input), model, input.nFundable, tools);
  if (given.has('pretty'))
    terminal.out(rankTable(ranking, { places: input.nFundable, top, columns: terminal.columns ?? 80 }));
  else terminal.out(JSON.stringify(given.has('verbose') ? { ...ranking, accuracy } : ranking, null, 2));
  return 0;
}

function modelIn(given: Arguments): RankModel {
  return MODELS.find((model) => model === given.text('model')) ?? 'crossed';
}

/** Tells each tenth of the way when it is asked to be verbose. */
function toolsFor(terminal: Terminal, given: Arguments): CalculatorTools {
  let told = 0;
  const progress = (share: number): void => {
    const tenth = Math.floor(share * 10);
    if (!given.has('verbose') || tenth <= told) return;
    told = tenth;
    terminal.err(`ranked ${tenth * 10} %`);
  };
  return { progress, isCancelled: () => false };
}
