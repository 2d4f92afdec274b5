import type { BoardRow } from '#lib/decision';
import { drawLine, type LineVerdict } from '#lib/funding';
import { Fraction, type Language } from '#lib/kernel';
import type { CallRules } from '#lib/regulation';
import { fundingLineSvg } from '../charts/funding-line.js';
import { sparkline } from '../charts/sparkline.js';

/** Decimals of a score on a page; the exact fraction decides. */
const DECIMALS = 2;
/** Reviews that lie further apart than this share of the scale are worth discussing first. */
const WIDE = 0.4;

interface Words {
  readonly language: Language;
  readonly say: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  readonly euro: (cents: number) => string;
}

export const SORTS = ['score', 'spread', 'amount'] as const;
export type Sort = (typeof SORTS)[number];

/** What each ranked proposal would get when the money is given out from the top. */
export function verdictsOf(rows: readonly BoardRow[], { regulation }: CallRules): readonly LineVerdict[] {
  const { ceilingCents, atShortage } = regulation.distribution;
  const entries = rankedOf(rows).map((row) => ({
    id: row.id,
    meetsThreshold: row.meetsThreshold === true,
    cents: row.advice?.amountCents ?? row.requestedCents ?? 0,
  }));
  return drawLine(entries, ceilingCents, atShortage === 'skip' ? 'skip' : 'stop');
}

function rankedOf(rows: readonly BoardRow[]): readonly BoardRow[] {
  return rows.filter(({ position, phase }) => position !== null && phase !== 'ended');
}

/** The ranking as its page shows it: figures, money line, table. */
export function rankingView(rows: readonly BoardRow[], rules: CallRules, sort: Sort, words: Words): object {
  const { say, euro } = words;
  const { ceilingCents } = rules.regulation.distribution;
  const ranked = rankedOf(rows);
  const verdicts = verdictsOf(rows, rules);
  const granted = verdicts.filter(({ ground }) => ground === null);
  const left = euro(ceilingCents - granted.reduce((all, { cents }) => all + cents, 0));
  const lines = rowsView(ranked, verdicts, rules, words);
  const firstOut = verdicts.findIndex(({ ground }) => ground !== null);
  const fit = firstOut < 0 ? ranked.length : firstOut;
  return {
    kpis: figures(rows, ceilingCents, lines, words),
    hasRanking: ranked.length > 0,
    ...chartsOf(ranked, verdicts, ceilingCents, words),
    groups:
      sort === 'score'
        ? [lines.slice(0, fit), lines.slice(fit)].map((group, i) => ({ rows: group, hasLine: i === 0 }))
        : [{ rows: sorted(lines, sort), hasLine: false }],
    lineText: say('ranking.line', { ceiling: euro(ceilingCents), left }),
    sorts: SORTS.map((value) => ({ value, text: `ranking.sort-${value}`, on: value === sort })),
    anyWide: lines.some(({ isWide }) => isWide),
  };
}

function figures(rows: readonly BoardRow[], ceiling: number, lines: readonly RowView[], { say, euro }: Words): object {
  const ranked = rankedOf(rows);
  const [asked, handedIn] = [sum(rows, 'reviewsAsked'), sum(rows, 'reviewsIn')];
  const all = ranked.reduce((total, { requestedCents }) => total + (requestedCents ?? 0), 0);
  const wide = lines.filter(({ isWide }) => isWide).length;
  return [
    { k: say('ranking.budget'), v: euro(ceiling), s: '' },
    { k: say('ranking.requested'), v: euro(all), s: say('start.how-many', { count: ranked.length }) },
    { k: say('ranking.reviews-in'), v: say('ranking.of', { count: handedIn, of: asked }), warn: handedIn < asked },
    { k: say('ranking.discuss'), v: say('start.how-many', { count: wide }), s: say('ranking.discuss-why') },
  ];
}

/** The money line, wide and narrow, and the sentence that says what it shows. */
function chartsOf(
  ranked: readonly BoardRow[],
  verdicts: readonly LineVerdict[],
  ceiling: number,
  { say, euro, language }: Words,
): object {
  const items = ranked.map(({ position, requestedCents }, i) => ({
    ...{ place: placeOf(position, language), cents: requestedCents ?? 0, fits: verdicts[i]?.ground === null },
  }));
  const granted = verdicts.filter(({ ground }) => ground === null);
  const given = granted.reduce((all, { cents }) => all + cents, 0);
  const amounts = { fitAmount: euro(given), ceiling: euro(ceiling), left: euro(ceiling - given) };
  const conclusion = say('ranking.conclusion', { fit: granted.length, ...amounts });
  const draw = (width: number): string => fundingLineSvg(items, ceiling, { width, title: conclusion });
  return { conclusion, chart: draw(900), chartNarrow: draw(360) };
}

interface RowView {
  readonly isWide: boolean;
  readonly spread: number;
  readonly cents: number;
}

function rowsView(
  ranked: readonly BoardRow[],
  verdicts: readonly LineVerdict[],
  { regulation }: CallRules,
  { language, euro, say }: Words,
): readonly (RowView & object)[] {
  const { rubric } = regulation;
  const factor = rubric.total === 'sum' ? rubric.criteria.length : 1;
  const scale = { min: Number(rubric.scale.min) * factor, max: Number(rubric.scale.max) * factor };
  let cumulated = 0;
  return ranked.map((row, i) => {
    cumulated += row.requestedCents ?? 0;
    const spread = row.reviewTotals.length === 0 ? 0 : Math.max(...row.reviewTotals) - Math.min(...row.reviewTotals);
    const ground = verdicts[i]?.ground ?? null;
    return {
      ...{
        id: row.id,
        number: row.number,
        title: row.title,
        organisation: row.organisation,
        place: row.position,
        spread,
      },
      ...{
        score: decimal(row.total, language),
        spark: sparkline(row.reviewTotals, row.total === null ? null : Number(row.total), scale),
      },
      ...{
        isWide: spread > WIDE * (scale.max - scale.min),
        interests: row.interests,
        cents: row.requestedCents ?? 0,
        ask: euro(row.requestedCents ?? 0),
        cum: euro(cumulated),
      },
      ...{ isOut: ground !== null, kind: badgeOf(row, ground), status: say(statusOf(row, ground)) },
    };
  });
}

function badgeOf({ draft, outcome }: BoardRow, ground: LineVerdict['ground']): 'yes' | 'no' | 'talk' {
  if (outcome !== null) return outcome === 'granted' ? 'yes' : 'no';
  if (draft !== null) return draft.outcome === 'grant' ? 'yes' : 'no';
  return ground === null ? 'yes' : 'no';
}

/** Key of the words for how far a proposal has come. */
function statusOf({ outcome, draft, advice }: BoardRow, ground: LineVerdict['ground']): string {
  if (outcome !== null) return `ranking.decided-${outcome}`;
  if (draft !== null) return `ranking.draft-${draft.outcome}`;
  if (advice !== null) return `ranking.advice-${advice.outcome}`;
  return ground === null ? 'ranking.within' : `ranking.below-${ground}`;
}

function sorted<R extends RowView>(rows: readonly R[], sort: Sort): readonly R[] {
  return [...rows].sort((a, b) => (sort === 'spread' ? b.spread - a.spread : b.cents - a.cents));
}

export function decimal(exact: string | null, language: Language): string {
  if (exact === null) return '–';
  const text = Fraction.parse(exact).toDecimal(DECIMALS);
  return language === 'nl' ? text.replace('.', ',') : text;
}

/** Equal totals share the mean of their places: 7,5. */
function placeOf(position: number | null, language: Language): string {
  const text = String(position ?? '');
  return language === 'nl' ? text.replace('.', ',') : text;
}

function sum(rows: readonly BoardRow[], field: 'reviewsAsked' | 'reviewsIn'): number {
  return rows.reduce((all, row) => all + row[field], 0);
}
