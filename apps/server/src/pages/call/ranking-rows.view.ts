import type { BoardRow, Margins } from '#lib/decision';
import type { LineVerdict } from '#lib/funding';
import { Fraction, type Language } from '#lib/kernel';
import type { CallRules, Rubric } from '#lib/regulation';
import { rankIntervalSvg } from '../charts/rank-interval.js';
import { isChosen } from './money-line.js';
import { sparkline } from '../charts/sparkline.js';

/** Decimals of a score on a page; the exact fraction decides. */
const DECIMALS = 2;
/** Reviews that lie further apart than this share of the scale are worth discussing first. */
const WIDE = 0.4;

export interface Words {
  readonly language: Language;
  readonly say: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  readonly euro: (cents: number) => string;
}

/** One line of the table, as far as the page computes with it. */
export interface RowView {
  readonly number: string;
  /** Whether the money line runs through its reasonable places. */
  readonly isNear: boolean;
  readonly isWide: boolean;
  /** Equal totals at the money line: only their order would say who is granted. */
  readonly isTied: boolean;
  readonly spread: number;
  readonly cents: number;
}

/** What stands beside the scores. */
interface Beside {
  readonly rules: CallRules;
  readonly margins: Margins | null;
  readonly tied: ReadonlySet<string>;
}

/** The lines of the table, best first. */
export function rowsView(
  ranked: readonly BoardRow[],
  verdicts: readonly LineVerdict[],
  { rules, margins, tied }: Beside,
  { language, euro, say }: Words,
): readonly (RowView & object)[] {
  let cumulated = 0;
  return ranked.map((row, i) => {
    const cents = row.requestedCents ?? 0;
    cumulated += cents;
    const ground = verdicts[i]?.ground ?? null;
    const { id, number, title, organisation, interests } = row;
    return {
      ...{ id, number, title, organisation, interests, place: placeOf(row.position, language) },
      ...scoresOf(row, rules.regulation.rubric, language),
      ...{ isTied: tied.has(id), cents, ask: euro(cents), cum: euro(cumulated) },
      ...marginOf(number, margins),
      ...{ isOut: ground !== null, kind: ground === null ? 'yes' : 'no', status: say(statusOf(row, ground)) },
    };
  });
}

/** The total, each review on the scale, and how far they lie apart. */
function scoresOf(
  { total, reviewTotals }: BoardRow,
  rubric: Rubric,
  language: Language,
): Pick<RowView, 'spread' | 'isWide'> & Record<'score' | 'spark', string> {
  const factor = rubric.total === 'sum' ? rubric.criteria.length : 1;
  const scale = { min: Number(rubric.scale.min) * factor, max: Number(rubric.scale.max) * factor };
  const spread = reviewTotals.length === 0 ? 0 : Math.max(...reviewTotals) - Math.min(...reviewTotals);
  return {
    ...{ spread, isWide: spread > WIDE * (scale.max - scale.min), score: decimal(total, language) },
    spark: sparkline(reviewTotals, total === null ? null : Number(total), scale),
  };
}

/** Key of the words for how far a proposal has come. */
function statusOf(row: BoardRow, ground: LineVerdict['ground']): string {
  const { outcome, draft, advice } = row;
  if (outcome === null && advice?.holds === false) return 'ranking.advice-outdated';
  if (!isChosen(row)) return ground === null ? 'ranking.within' : `ranking.below-${ground}`;
  if (outcome !== null) return `ranking.decided-${outcome}`;
  if (draft !== null) return `ranking.draft-${draft.outcome}`;
  if (advice !== null) return `ranking.advice-${advice.outcome}`;
  return ground === null ? 'ranking.within' : `ranking.below-${ground}`;
}

/** The reasonable places of one proposal; whether the money line runs through them, so that the score alone does not decide. */
function marginOf(
  number: string,
  margins: Margins | null,
): { readonly isNear: boolean; readonly margin: object | null } {
  const place = margins?.places[number];
  if (margins === null || place === undefined) return { isNear: false, margin: null };
  const { lo, hi } = place;
  const isNear = lo <= margins.line && hi > margins.line;
  return { isNear, margin: { text: lo === hi ? String(lo) : `${lo} – ${hi}`, chart: rankIntervalSvg(place, margins) } };
}

export function decimal(exact: string | null, language: Language): string {
  if (exact === null) return '–';
  const text = Fraction.parse(exact).toDecimal(DECIMALS);
  return language === 'nl' ? text.replace('.', ',') : text;
}

/** Equal totals share the mean of their places: 7,5. */
export function placeOf(position: number | null, language: Language): string {
  const text = String(position ?? '');
  return language === 'nl' ? text.replace('.', ',') : text;
}
