import type { Language } from '#lib/kernel';

export interface LetterColumn {
  readonly label: string;
  readonly align: 'start' | 'end';
}

/** An item that quotes what was written in another language than the letter's. */
export interface LetterQuote {
  readonly lead: string;
  readonly text: string;
  readonly language: Language;
}

/** A piece of a letter. Line breaks part the paragraphs of a text; `language` is said where it is another than the letter's. */
export type LetterBlock =
  | { readonly kind: 'paragraph'; readonly text: string; readonly language?: Language }
  | { readonly kind: 'list'; readonly items: readonly (string | LetterQuote)[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly LetterColumn[];
      readonly rows: readonly (readonly string[])[];
    };

export interface LetterSection {
  readonly heading: string;
  readonly blocks: readonly LetterBlock[];
}

/** A letter in words, in the order in which it is read. Its page and its print are made of the same. */
export interface Letter {
  readonly language: Language;
  readonly title: string;
  readonly reference: string;
  /** In words: `24 november 2026`. */
  readonly date: string;
  /** The instant of that, which the print carries too. */
  readonly datedAt: string;
  readonly sender: { readonly name: string; readonly lines: readonly string[] };
  readonly recipient: { readonly name: string; readonly lines: readonly string[] };
  readonly sections: readonly LetterSection[];
  /** Who speaks, and when it was decided: the last lines. */
  readonly signature?: readonly string[];
}

/** Every text of a letter's body in reading order: what its page and its print must both say. */
export function letterText({ title, sections, signature = [] }: Letter): readonly string[] {
  return [title, ...sections.flatMap(({ heading, blocks }) => [heading, ...blocks.flatMap(textsOf)]), ...signature];
}

function textsOf(block: LetterBlock): readonly string[] {
  if (block.kind === 'paragraph') return block.text.split('\n').filter((line) => line.trim() !== '');
  if (block.kind === 'list') return block.items.map((item) => (typeof item === 'string' ? item : wordsOf(item)));
  return [block.caption, ...block.columns.map(({ label }) => label), ...block.rows.flat()];
}

function wordsOf({ lead, text }: LetterQuote): string {
  return `${lead} ${text}`;
}
