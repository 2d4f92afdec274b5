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
  | {
      readonly kind: 'paragraph';
      readonly text: string;
      readonly language?: Language;
      /** Whether it stands there in the place of what is missing. */
      readonly isAside?: boolean;
    }
  /** A question of a form: a heading under that of the section; its answer follows as blocks. */
  | { readonly kind: 'question'; readonly text: string }
  /** What is known of a thing, each by its name. */
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'list'; readonly items: readonly (string | LetterQuote)[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly LetterColumn[];
      readonly rows: readonly (readonly string[])[];
      /** Whether the last row is the sum of the others. */
      readonly isSummed?: boolean;
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
  /** How its pages are counted in words (`pagina 1 van 3`), and what stands on each of them: that it is a draft. */
  readonly pages?: { readonly page: string; readonly of: string; readonly mark: string | null };
}

/** Every text of a letter's body in reading order: what its page and its print must both say. */
export function letterText({ title, sections, signature = [] }: Letter): readonly string[] {
  return [title, ...sections.flatMap(({ heading, blocks }) => [heading, ...blocks.flatMap(textsOf)]), ...signature];
}

function textsOf(block: LetterBlock): readonly string[] {
  if (block.kind === 'paragraph') return block.text.split('\n').filter((line) => line.trim() !== '');
  if (block.kind === 'question') return [block.text];
  if (block.kind === 'facts') return block.facts.flat();
  if (block.kind === 'list') return block.items.map((item) => (typeof item === 'string' ? item : wordsOf(item)));
  return [block.caption, ...block.columns.map(({ label }) => label), ...block.rows.flat()];
}

function wordsOf({ lead, text }: LetterQuote): string {
  return `${lead} ${text}`;
}
