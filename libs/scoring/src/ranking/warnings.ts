import type { Text } from '#lib/kernel';
import { countParts } from './components.js';
import type { Design, Panel } from './panel.js';
import type { RawRank } from './raw-ranks.js';

/** What a reader of a ranking must know about the scores behind it. */
export interface Warning {
  readonly code: 'not-scored' | 'no-information' | 'disconnected' | 'one-review' | 'inaccurate';
  readonly sentence: Text;
  /** Ids of the proposals it is about. */
  readonly proposals?: readonly string[];
  /** Parts of the panel that share no reviewer. */
  readonly parts?: number;
}

/** An expected rank that moved by more at the last refinement is told. */
const INACCURATE = 0.02;

/** All that must be told of a panel, in a fixed order. `moved` is the largest move of an expected rank by the last refinement. */
export function warningsOf(
  panel: Panel,
  design: Design,
  raw: ReadonlyMap<string, RawRank>,
  { isFlat, moved }: { readonly isFlat: boolean; readonly moved: number },
): readonly Warning[] {
  const unscored = panel.proposals.filter((id) => !raw.has(id));
  const single = panel.proposals.filter((id) => raw.get(id)?.reviews === 1);
  const parts = countParts(design);
  return [
    ...(unscored.length > 0 ? [notScored(unscored)] : []),
    ...(isFlat ? [noInformation()] : []),
    ...(parts > 1 ? [disconnected(parts)] : []),
    ...(single.length > 0 ? [oneReview(single)] : []),
    ...(moved > INACCURATE ? [inaccurate(moved)] : []),
  ];
}

function notScored(proposals: readonly string[]): Warning {
  return {
    code: 'not-scored',
    proposals,
    sentence: {
      nl: `Niet in de rangschikking, omdat er geen enkele score is: ${counted(proposals, 'aanvraag', 'aanvragen')}.`,
      en: `Not ranked, because there is no score at all: ${counted(proposals, 'proposal', 'proposals')}.`,
    },
  };
}

function noInformation(): Warning {
  return {
    code: 'no-information',
    sentence: {
      nl: 'Alle scores zijn gelijk. Ze zeggen niet welke aanvraag beter is.',
      en: 'All scores are the same. They do not tell which proposal is better.',
    },
  };
}

function disconnected(parts: number): Warning {
  return {
    code: 'disconnected',
    parts,
    sentence: {
      nl: `De beoordelingen vallen uiteen in ${parts} delen zonder gemeenschappelijke beoordelaar. Plaatsen in verschillende delen zijn alleen te vergelijken als de delen gemiddeld even goed zijn.`,
      en: `The reviews fall apart into ${parts} parts that share no reviewer. Places in different parts compare only if the parts are equally good on average.`,
    },
  };
}

function oneReview(proposals: readonly string[]): Warning {
  return {
    code: 'one-review',
    proposals,
    sentence: {
      nl: `Maar één score: ${counted(proposals, 'aanvraag', 'aanvragen')}. De plaats is onzeker.`,
      en: `One score only: ${counted(proposals, 'proposal', 'proposals')}. The place is uncertain.`,
    },
  };
}

function inaccurate(moved: number): Warning {
  return {
    code: 'inaccurate',
    sentence: {
      nl: `De berekening is minder nauwkeurig dan anders: een verwachte plaats kan ${moved.toFixed(3)} schelen.`,
      en: `The computation is less accurate than usual: an expected rank may be off by ${moved.toFixed(3)}.`,
    },
  };
}

function counted({ length }: readonly string[], one: string, more: string): string {
  return `${length} ${length === 1 ? one : more}`;
}
