import type { Database } from '#lib/database';
import {
  ADVICE_EFFECTS,
  ANNOUNCING_EFFECTS,
  CALL_EFFECTS,
  DECIDING_EFFECTS,
  decisionNotices,
  DRAFT_EFFECTS,
} from '#lib/decision';
import { Engine, type MessageIdOptions } from '#lib/engine';
import { initiativeCatalogue, initiativePort, proposalCatalogue, proposalPort } from '#lib/intake';
import { PersonDirectory } from '#lib/people';
import { callCatalogue, callPort, FrozenRules } from '#lib/regulation';
import { openReviews, reviewCatalogue, REVIEWING_EFFECTS, reviewPort } from '#lib/review';
import { remindersTo } from './reminders.js';

/** Subjects that workflows move. */
export const CATALOGUES = [callCatalogue, proposalCatalogue, reviewCatalogue, initiativeCatalogue];

/** The engine with every subject of a round, and the frozen rules it judges by. */
export interface Round {
  readonly engine: Engine;
  readonly frozen: FrozenRules;
  readonly messageIds: MessageIdOptions;
}

interface RoundOptions {
  readonly messageIds: MessageIdOptions;
  /** Wakes the worker after a commit; never throws, never waits. */
  readonly ring: () => void;
}

/** Puts the libraries of a round together on one database; server and worker do it the same way. */
export function openRound(database: Database, options: RoundOptions): Round {
  const frozen = new FrozenRules(database, CATALOGUES);
  const directory = new PersonDirectory();
  const remind = remindersTo(directory);
  const proposals = {
    effects: { ...REVIEWING_EFFECTS, ...ADVICE_EFFECTS, ...DRAFT_EFFECTS, ...DECIDING_EFFECTS, ...ANNOUNCING_EFFECTS },
    notices: decisionNotices(directory),
    related: openReviews,
    remind,
  };
  const subjects = [callPort(frozen, CALL_EFFECTS), proposalPort(proposals), reviewPort(remind), initiativePort()];
  const engine = new Engine({ database, subjects, workflows: frozen, ...options });
  return { engine, frozen, messageIds: options.messageIds };
}
