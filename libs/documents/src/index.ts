/** Letters as data and in print. */
export { letterText, type Letter, type LetterBlock, type LetterColumn, type LetterSection } from './letter.js';
export { LetterCannotBePrinted, LetterPrinter } from './letter-printer.js';
