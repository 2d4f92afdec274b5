import type { BoardRow, Margins, RankingModel } from '#lib/decision';
import type { LineVerdict } from '#lib/funding';
import type { CallRules } from '#lib/regulation';
import { fundingLineSvg } from '../charts/funding-line.js';
import { isChosen, rankedOf, tiedIn, verdictsOf } from './money-line.js';
import { placeOf, rowsView, type RowView, type Words } from './ranking-rows.view.js';

export const SORTS = ['score', 'spread', 'amount'] as const;
export type Sort = (typeof SORTS)[number];

/** What the page shows of a call's board. */
export interface Ranked {
  readonly rows: readonly BoardRow[];
  readonly rules: CallRules;
  /** Null where none were computed. */
  readonly margins: Margins | null;
  /** By what the stored ranking orders; null where nothing was ranked. */
  readonly model: RankingModel | null;
}

/** The ranking as its page shows it: figures, money line, table. */
export function rankingView({ rows, rules, margins, model }: Ranked, sort: Sort, words: Words): object {
  const { say, euro } = words;
  const { ceilingCents } = rules.regulation.distribution;
  const ranked = rankedOf(rows);
  const verdicts = verdictsOf(rows, rules);
  const granted = verdicts.filter(({ ground }) => ground === null);
  const left = euro(ceilingCents - granted.reduce((all, { cents }) => all + cents, 0));
  const lines = rowsView(ranked, verdicts, { rules, margins, tied: tiedIn(rows, rules) }, words);
  const above = 1 + verdicts.findLastIndex(({ ground }) => ground === null);
  const firstOut = ranked.findIndex((row, i) => verdicts[i]?.ground === 'ceiling' && !isChosen(row));
  // Where the line skips, those that fit stand below it too; where it stops, what the committee chose may stand among those it did not.
  const fit = rules.regulation.distribution.atShortage === 'skip' && firstOut >= 0 ? firstOut : above;
  return {
    kpis: figures(rows, ceilingCents, lines, words),
    hasRanking: ranked.length > 0,
    gone: goneView(rows, words),
    ranks: model === null ? `call.ranks-${rules.regulation.ranksBy}` : `ranking.by-${model}`,
    ...chartsOf(ranked, verdicts, ceilingCents, words),
    groups:
      sort === 'score'
        ? [lines.slice(0, fit), lines.slice(fit)].map((group, i) => ({ rows: group, hasLine: i === 0 }))
        : [{ rows: sorted(lines, sort), hasLine: false }],
    lineText: say('ranking.line', { ceiling: euro(ceilingCents), left }),
    sorts: SORTS.map((value) => ({ value, text: `ranking.sort-${value}`, on: value === sort })),
    anyTied: lines.some(({ isTied }) => isTied),
    anyWide: lines.some(({ isWide }) => isWide),
    anyNear: lines.some(({ isNear }) => isNear),
    hasMargins: margins?.status === 'done',
    areMarginsDue: margins?.status === 'new' || margins?.status === 'running',
  };
}

/** Whoever was ranked and takes part no more leaves a gap among the places, which the page names. */
function goneView(rows: readonly BoardRow[], { say, language }: Words): readonly string[] {
  return rows
    .filter(({ position, phase }) => position !== null && phase === 'ended')
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .map(({ position, number, title }) => say('ranking.gone', { place: placeOf(position, language), number, title }));
}

function figures(rows: readonly BoardRow[], ceiling: number, lines: readonly RowView[], { say, euro }: Words): object {
  const ranked = rankedOf(rows);
  const taking = rows.filter(({ phase }) => phase !== 'ended');
  const [asked, handedIn] = [sum(taking, 'reviewsAsked'), sum(taking, 'reviewsIn')];
  const all = ranked.reduce((total, { requestedCents }) => total + (requestedCents ?? 0), 0);
  const [near, wide] = [
    lines.filter(({ isNear, isTied }) => isNear || isTied).length,
    lines.filter(({ isWide, isNear, isTied }) => isWide || isNear || isTied).length,
  ];
  return [
    { k: say('ranking.budget'), v: euro(ceiling), s: '' },
    { k: say('ranking.requested'), v: euro(all), s: say('start.how-many', { count: ranked.length }) },
    { k: say('ranking.reviews-in'), v: say('ranking.of', { count: handedIn, of: asked }), warn: handedIn < asked },
    {
      k: say('ranking.discuss'),
      v: say('start.how-many', { count: wide }),
      s: say(near === 0 ? 'ranking.discuss-why' : near === wide ? 'ranking.discuss-near' : 'ranking.discuss-both'),
    },
  ];
}

/** The money line, wide and narrow, and the sentence that says what it shows. */
function chartsOf(
  ranked: readonly BoardRow[],
  verdicts: readonly LineVerdict[],
  ceiling: number,
  { say, euro, language }: Words,
): object {
  const all = ranked.map(({ position }, i) => {
    const { cents = 0, ground = 'ceiling' } = verdicts[i] ?? {};
    return { place: placeOf(position, language), cents, amount: euro(cents), fits: ground === null };
  });
  // Left of the line stands what gets money, also where the line skips or the committee chose.
  const items = [...all.filter(({ fits }) => fits), ...all.filter(({ fits }) => !fits)];
  const granted = verdicts.filter(({ ground }) => ground === null);
  const given = granted.reduce((total, { cents }) => total + cents, 0);
  const amounts = { fitAmount: euro(given), ceiling: euro(ceiling), left: euro(ceiling - given) };
  const conclusion = say('ranking.conclusion', { count: granted.length, ...amounts });
  const label = `${say('ranking.budget')} ${euro(ceiling)}`;
  const draw = (width: number): string => fundingLineSvg(items, ceiling, { width, title: conclusion, label });
  return { conclusion, chart: draw(900), chartNarrow: draw(360) };
}

function sorted<R extends RowView>(rows: readonly R[], sort: Sort): readonly R[] {
  return [...rows].sort((a, b) => (sort === 'spread' ? b.spread - a.spread : b.cents - a.cents));
}

function sum(rows: readonly BoardRow[], field: 'reviewsAsked' | 'reviewsIn'): number {
  return rows.reduce((all, row) => all + row[field], 0);
}
