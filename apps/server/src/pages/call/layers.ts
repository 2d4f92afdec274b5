import type { BoardRow } from '#lib/decision';
import type { LineVerdict } from '#lib/funding';
import type { ReasonsRow } from '#lib/review';
import type { WantedMove } from '../action/each-move.js';
import type { CallCase } from './call-case.js';

/** One move that would be made, as the check page shows it. */
export interface Layer extends WantedMove {
  readonly number: string;
  readonly title: string;
  readonly outcome: 'grant' | 'refuse';
  readonly cents: number | null;
  readonly ground: string | null;
}

/** The advice that follows the money line, with the reasons of the reviews; nothing where the line says nothing. */
export function adviceOn(
  row: BoardRow,
  { rules, call }: CallCase,
  verdicts: readonly LineVerdict[],
  all: readonly ReasonsRow[],
): readonly Layer[] {
  const verdict = verdicts.find(({ id }) => id === row.id);
  if (verdict === undefined) return [];
  const outcome = verdict.ground === null ? 'grant' : 'refuse';
  const { criteria } = rules.regulation.rubric;
  const written = criteria.map(({ key }) => {
    const of = all.find(({ proposalId, criterion }) => proposalId === row.id && criterion === key);
    return [key, (of?.reasons ?? ['–']).join('\n')] as const;
  });
  // among equals at the money line each gets its share; without an amount it is all that was asked
  const isShare = outcome === 'grant' && verdict.cents < (row.requestedCents ?? 0);
  const amount = isShare ? { amountCents: verdict.cents } : {};
  const payload = { outcome, reasonsPerCriterion: Object.fromEntries(written), ...amount };
  return [
    {
      ...layerOf(row, call.region),
      action: 'advise',
      payload,
      outcome,
      ground: verdict.ground,
      cents: outcome === 'grant' ? verdict.cents : null,
    },
  ];
}

/** The draft that follows the advice; refused below the threshold, or because the money is spent. */
export function draftOf(row: BoardRow, region: string): Layer {
  const outcome = row.advice?.outcome ?? 'refuse';
  const ground = outcome === 'grant' ? null : row.meetsThreshold === true ? 'ceiling' : 'threshold';
  const cents = row.advice?.amountCents ?? null;
  const payload = {
    outcome,
    ...(ground === null ? {} : { ground }),
    ...(cents === null ? {} : { amountCents: cents }),
  };
  return { ...layerOf(row, region), action: 'prepare-decision', payload, outcome, ground, cents };
}

/** In order of arrival the advice says whether a proposal passes, and the order who gets the money; where lots decide nothing is laid before anybody yet. */
export function draftInOrder(row: BoardRow, region: string, verdicts: readonly LineVerdict[]): readonly Layer[] {
  const verdict = verdicts.find(({ id }) => id === row.id);
  const isThreshold = verdict?.ground === 'threshold';
  if (verdict === undefined || (row.advice?.outcome === 'refuse') !== isThreshold) return [];
  const { ground, cents } = verdict;
  const [outcome, amount] = ground === null ? (['grant', cents] as const) : (['refuse', null] as const);
  const payload = ground === null ? { outcome, amountCents: cents } : { outcome, ground };
  return [{ ...layerOf(row, region), action: 'prepare-decision', payload, outcome, ground, cents: amount }];
}

function layerOf(
  { id, number, title }: BoardRow,
  region: string,
): Pick<Layer, 'id' | 'number' | 'title' | 'region' | 'kind'> {
  return { id, number, title, region, kind: 'proposal' };
}
