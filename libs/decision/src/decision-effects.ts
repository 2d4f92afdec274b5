import type { Effect } from '#lib/engine';
import type { FrozenRules } from '#lib/regulation';
import { adviceEffects } from './advice.js';
import { decidingEffects } from './deciding.js';
import { draftEffects } from './draft.js';
import { WAIVING_EFFECTS } from './waiving.js';

/** What advising and deciding add to a proposal. */
export function decisionEffects(frozen: FrozenRules): Readonly<Record<string, Effect>> {
  return { ...adviceEffects(frozen), ...draftEffects(frozen), ...decidingEffects(frozen), ...WAIVING_EFFECTS };
}
