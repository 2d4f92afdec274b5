import type { RankedProposal, Ranking } from '#lib/scoring';
import { tableLines } from './table.js';

interface Page {
  readonly places: number;
  readonly top: number;
  readonly columns: number;
}

/** What the columns beside the bar take. */
const BESIDE = 56;

/** A ranking for a terminal: best first, the interval of each rank as a bar, and a line where the money is gone. */
export function rankTable(
  { proposals, fundingLine, warnings, model }: Ranking,
  { places, top, columns }: Page,
): string {
  const ranked = proposals
    .filter(({ expectedRank }) => expectedRank !== null)
    .sort((a, b) => (a.expectedRank ?? 0) - (b.expectedRank ?? 0) || (a.id < b.id ? -1 : 1));
  const shown = ranked.slice(0, top);
  const placeOf = new Map(ranked.map(({ expectedRank }, i) => [expectedRank, i + 1] as const).reverse());
  const width = Math.max(16, Math.min(60, columns - BESIDE));
  const [head = '', rule = '', ...rows] = tableLines([
    { head: '#', cells: shown.map(({ expectedRank }) => String(placeOf.get(expectedRank))), align: 'right' },
    { head: 'proposal', cells: shown.map(({ id }) => id), most: 18 },
    { head: 'mean', cells: shown.map(({ rawMean }) => (rawMean ?? 0).toFixed(2)), align: 'right' },
    { head: 'exp.', cells: shown.map(({ expectedRank }) => (expectedRank ?? 0).toFixed(2)), align: 'right' },
    ...(model === 'mean'
      ? []
      : [{ head: scale(ranked.length, width), cells: shown.map((p) => bar(p, ranked.length, width)) }]),
    { head: 'group', cells: shown.map(({ group, firm }) => `${group ?? ''}${firm === false ? ' ?' : ''}`) },
  ]);
  const line = `${'═'.repeat(4)} ${places} to be funded, line at ${fundingLine?.toFixed(2) ?? '-'} `;
  const money = places < ranked.length && places <= shown.length ? [line.padEnd(rule.length, '═')] : [];
  const more = ranked.length - shown.length;
  return [
    ...[head, rule, ...rows.slice(0, places), ...money, ...rows.slice(places)],
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(model === 'mean'
      ? []
      : ['', '█ half of the probability, ─ nine tenths, ● expected rank, ? on the edge of its group']),
    ...warnings.map(({ code, sentence }) => `${code}: ${sentence.en}`),
  ].join('\n');
}

function scale(ranks: number, width: number): string {
  return `1${String(ranks).padStart(width - 1)}`;
}

function bar({ expectedRank, interval50, interval90 }: RankedProposal, ranks: number, width: number): string {
  const cellOf = (rank: number): number => Math.round(((rank - 1) / Math.max(1, ranks - 1)) * (width - 1));
  const covers = (interval: readonly [number, number] | null, cell: number): boolean =>
    interval !== null && cell >= cellOf(interval[0]) && cell <= cellOf(interval[1]);
  return Array.from({ length: width }, (_, cell) => {
    if (cell === cellOf(expectedRank ?? 1)) return '●';
    if (covers(interval50, cell)) return '█';
    return covers(interval90, cell) ? '─' : ' ';
  }).join('');
}
