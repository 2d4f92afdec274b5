import {
  adviceLetter,
  decisionLetter,
  rankingLetter,
  waiverLetter,
  type AdviceFigures,
  type DecisionFigures,
  type RankingFigures,
  type WaiverFigures,
} from '#lib/decision';
import type { DocumentKind, Letter } from '#lib/documents';
import { receiptLetter, type ReceiptFigures } from '#lib/intake';
import type { Language, Say } from '#lib/kernel';
import type { CallRules } from '#lib/regulation';

interface Made {
  readonly figures: Readonly<Record<string, unknown>>;
  readonly rules: CallRules;
}

interface Words {
  readonly language: Language;
  readonly say: Say;
}

type LetterMaker = (made: Made, words: Words) => Letter;

/** How each kind of document is put into words, of its stored figures and the frozen rules of its call. */
export const LETTER_MAKERS: Readonly<Partial<Record<DocumentKind, LetterMaker>>> = {
  decision: ({ figures, rules }, words) =>
    decisionLetter({ decision: figures as unknown as DecisionFigures, rules }, words),
  advice: ({ figures, rules }, words) => adviceLetter({ advice: figures as unknown as AdviceFigures, rules }, words),
  ranking: ({ figures, rules }, words) =>
    rankingLetter({ ranking: figures as unknown as RankingFigures, rules }, words),
  waiver: ({ figures, rules }, words) => waiverLetter({ waiver: figures as unknown as WaiverFigures, rules }, words),
  receipt: ({ figures, rules }, words) =>
    receiptLetter({ receipt: figures as unknown as ReceiptFigures, rules }, words),
};
