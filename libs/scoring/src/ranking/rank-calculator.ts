import type { BundleOptions, Calculator } from '#lib/kernel';
import { SEED } from './draws.js';
import { panelOf, type RankInput } from './rank-input.js';
import { rankPanel } from './rank-panel.js';
import type { RankModel } from './ranking.js';

/** `rank` as a bundle makes and replays it. */
export const rankCalculator: Calculator = {
  kind: 'rank',
  version: 1,
  seedOf: (options) => (modelIn(options) === 'mean' ? null : SEED),
  compute: (input, options, tools) =>
    rankPanel(panelOf(input as RankInput), modelIn(options), (input as RankInput).nFundable, tools).ranking,
};

function modelIn({ model }: BundleOptions): RankModel {
  return model === 'snsf' || model === 'mean' ? model : 'crossed';
}
