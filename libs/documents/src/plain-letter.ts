import type { Letter, LetterBlock } from './letter.js';

/** A letter as plain text, one line break at a time: everything that its print says, in the same order. */
export function plainLetter({ title, sender, recipient, date, sections, signature = [] }: Letter): string {
  const head = [
    underlined(title, '='),
    ...[sender, recipient].map(({ name, lines }) => [name, ...lines].join('\n')),
    date,
  ];
  const body = sections.map(({ heading, blocks }) => [underlined(heading, '-'), ...blocks.map(plainBlock)].join('\n'));
  const pieces = [head.filter(isSaid).join('\n'), ...body, signature.join('\n')];
  return `${pieces.filter(isSaid).join('\n\n')}\n`;
}

function plainBlock(block: LetterBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'question':
      return `\n${block.text}`;
    case 'facts':
      return block.facts.map(([name, value]) => `${name}: ${value}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${typeof item === 'string' ? item : `${item.lead} ${item.text}`}`).join('\n');
    case 'table':
      return [
        block.caption,
        ...[block.columns.map(({ label }) => label), ...block.rows].map((row) => row.join(' | ')),
      ].join('\n');
  }
}

function underlined(text: string, sign: string): string {
  return `${text}\n${sign.repeat(Math.min(Array.from(text).length, 60))}`;
}

function isSaid(text: string): boolean {
  return text.trim() !== '';
}
