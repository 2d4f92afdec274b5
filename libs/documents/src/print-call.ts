import type { Letter } from './letter.js';
import { LetterPrinter, type PrintedLetter } from './letter-printer.js';

/** Prints letters on a thread, in their order. Throws LetterCannotBePrinted. */
export function compute({ letters }: { readonly letters: readonly Letter[] }): readonly PrintedLetter[] {
  const printer = LetterPrinter.load();
  return letters.map((letter) => printer.print(letter));
}
