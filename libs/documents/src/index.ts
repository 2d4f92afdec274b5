/** Letters as data and in print, and documents kept as they were issued. */
export {
  letterText,
  type Letter,
  type LetterBlock,
  type LetterColumn,
  type LetterQuote,
  type LetterSection,
} from './letter.js';
export { plainLetter } from './plain-letter.js';
export { LetterCannotBePrinted, LetterPrinter, type PrintedLetter } from './letter-printer.js';
export type { Replaced } from './printable.js';
export {
  DOCUMENT_KINDS,
  keepLetter,
  keepPrint,
  keptLetter,
  keptPrint,
  readDocument,
  type DocumentKind,
  type IssuedDocument,
  type KeptPrint,
} from './document-store.js';
export { claimDocuments, documentFailed, documentIsMade, type DueDocument } from './due-documents.js';
export { DOCUMENT_INVARIANTS } from './document-invariants.js';
