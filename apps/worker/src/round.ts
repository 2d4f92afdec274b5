import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '#lib/database';
import { CALL_EFFECTS, decisionEffects, decisionNotices } from '#lib/decision';
import { Engine, type MessageIdOptions } from '#lib/engine';
import { initiativeCatalogue, initiativePort, proposalCatalogue, proposalPort } from '#lib/intake';
import { Texts, type Text } from '#lib/kernel';
import { PersonDirectory } from '#lib/people';
import { callCatalogue, callPort, FrozenRules } from '#lib/regulation';
import { openReviews, reviewCatalogue, REVIEWING_EFFECTS, REVIEWING_NOTICES, reviewPort } from '#lib/review';
import { projectFolder } from '#lib/settings';
import { IssuedDocuments } from './documents/issued-documents.js';
import { remindersTo } from './reminders.js';

/** Subjects that workflows move. */
export const CATALOGUES = [callCatalogue, proposalCatalogue, reviewCatalogue, initiativeCatalogue];

/** The engine with every subject of a round, and the frozen rules it judges by. */
export interface Round {
  readonly engine: Engine;
  readonly frozen: FrozenRules;
  readonly messageIds: MessageIdOptions;
  /** What was issued, from its store. */
  readonly documents: IssuedDocuments;
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
    effects: { ...REVIEWING_EFFECTS, ...decisionEffects(frozen) },
    notices: { ...REVIEWING_NOTICES, ...decisionNotices(directory, frozen) },
    related: openReviews,
    remind,
  };
  const subjects = [
    callPort(frozen, CALL_EFFECTS),
    proposalPort(frozen, directory, proposals),
    reviewPort(remind),
    initiativePort(directory),
  ];
  const engine = new Engine({ database, subjects, workflows: frozen, ...options });
  return {
    engine,
    frozen,
    messageIds: options.messageIds,
    documents: new IssuedDocuments(database, frozen, builtTexts),
  };
}

let built: Texts | null = null;

/** The words of pages and letters, as the build left them; read when the first document needs them. */
function builtTexts(): Texts {
  if (built !== null) return built;
  const file = JSON.parse(readFileSync(join(projectFolder(), 'dist', 'views.json'), 'utf8')) as BuiltViews;
  built = new Texts(file.texts);
  return built;
}

interface BuiltViews {
  readonly texts: Readonly<Record<string, Text>>;
}
