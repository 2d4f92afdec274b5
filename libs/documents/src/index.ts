/** Letters as data and in print. */
export {
  letterText,
  type Letter,
  type LetterBlock,
  type LetterColumn,
  type LetterQuote,
  type LetterSection,
} from './letter.js';
export { LetterCannotBePrinted, LetterPrinter, type PrintedLetter } from './letter-printer.js';
export type { Replaced } from './printable.js';
