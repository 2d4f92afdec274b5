import type { LetterBlock } from '#lib/documents';
import type { Decided, Words } from './decision-letter.js';
import { decimal, paragraph, placeIn } from './letter-words.js';

/** Own score per criterion, own place, and how far the money reached. Others' scores are nobody's business. */
export function scoreBlocks(decided: Decided, words: Words): readonly LetterBlock[] {
  if (decided.decision.score === null) return [];
  return [scoreTable(decided, words), paragraph(placeSentence(decided, words)), ...lineBlocks(decided, words)];
}

function scoreTable({ decision, rules }: Decided, { language, say }: Words): LetterBlock {
  const { criteria, extraReview } = rules.regulation.rubric;
  const { score } = decision;
  const rows = criteria.map(({ key, label, weight }) => [
    label[language],
    `${weight}%`,
    decimal(score?.criteria[key] ?? null, language),
  ]);
  const columns = [
    { label: say('decision.criterion'), align: 'start' as const },
    { label: say('decision.weight'), align: 'end' as const },
    { label: say('decision.your-score'), align: 'end' as const },
  ];
  const total = [say('decision.total'), '', decimal(score?.total ?? null, language)];
  const caption = say(extraReview === undefined ? 'decision.scores' : 'decision.scores-counted');
  return { kind: 'table', caption, columns, rows: [...rows, total] };
}

/** Where nothing is ranked, passing the threshold is what counts. */
function placeSentence({ decision: { rank }, rules }: Decided, { language, say }: Words): string {
  const threshold = decimal(rules.regulation.rubric.threshold.total, language);
  if (rank === null) return say('decision.threshold', { threshold });
  const place = say('decision.rank', { position: placeIn(rank.position, language), of: rank.of, threshold });
  // by the mean the scores in the letter explain the place; by expected rank a lower score can stand higher
  return rules.regulation.ranksBy === 'expected-rank' ? `${place} ${say('ranking.by-expected-rank')}` : place;
}

function lineBlocks({ decision: { line } }: Decided, { language, say }: Words): readonly LetterBlock[] {
  if (line === null) return [];
  const values = { position: placeIn(line.position, language), total: decimal(line.total, language) };
  return [paragraph(say('decision.line', values))];
}
