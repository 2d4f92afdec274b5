import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeededRandom } from '#lib/kernel';
import { projectFolder } from '#lib/settings';
import { LetterPrinter, type Letter } from './index.js';

/** Blocks of Unicode begin and end at multiples of sixteen, so a sign of each sixteen is a sign of each block. */
const BLOCK_STEP = 16;
const PLANE = 0x10000;
const isFull = process.env['FULL'] === '1';
/** Planes with letters and signs; of those without any, and for private use, the first of each is enough in a quick run. */
const PLANES = isFull ? Array.from({ length: 17 }, (_, plane) => plane) : [0, 1, 2, 3, 14, 15];
const LETTER_SIGNS = 2_048;

interface Family {
  readonly ranges: readonly (readonly [number, number])[];
}
const families = JSON.parse(
  readFileSync(join(projectFolder(), 'dist', 'fonts', 'coverage.json'), 'utf8'),
) as readonly Family[];
const covered = new Set<number>();
for (const { ranges } of families)
  for (const [first, last] of ranges) for (let code = first; code <= last; code++) covered.add(code);

const printer = LetterPrinter.load();
const random = new SeededRandom('every block of Unicode');

/** All signs of a plane in a full run; else one of each sixteen, or of each 4,096 where nothing is assigned. */
function signsOf(plane: number): readonly string[] {
  const step = isFull ? 1 : plane >= 3 && plane !== 14 ? 4_096 : plane === 2 ? 256 : BLOCK_STEP;
  return Array.from({ length: PLANE / step }, (_, at) =>
    String.fromCodePoint(plane * PLANE + at * step + random.integer(step)),
  );
}

const letterOf = (text: string): Letter => ({
  ...{ language: 'nl', title: text, reference: '2027-1-004', date: '24 november 2026' },
  datedAt: '2026-11-24T09:00:00Z',
  sender: { name: 'Demo-netwerk Noord', lines: [] },
  recipient: { name: text, lines: [`t.a.v. ${text}`] },
  sections: [{ heading: 'Waarom?', blocks: [{ kind: 'paragraph', text }] }],
});

/** Those that no font has; what cannot be seen needs none. */
function withoutGlyph(text: string): readonly string[] {
  const signs = new Set(
    text.normalize('NFC').replace(/[\p{Cc}\ufeff\ufff9-\ufffb\p{Default_Ignorable_Code_Point}]/gu, ''),
  );
  const bare = [...signs].filter((sign) => !/[\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(sign));
  const codes = bare.map((sign) => sign.codePointAt(0) ?? 0).filter((code) => !covered.has(code));
  return codes.map((code) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`).sort();
}

describe('a letter with signs of every block of Unicode', () => {
  it.each(PLANES)(
    'prints in title, name, recipient and reason, and tells exactly what no font has: plane %i',
    (plane) => {
      const signs = signsOf(plane);
      for (let from = 0; from < signs.length; from += LETTER_SIGNS) {
        const text = signs.slice(from, from + LETTER_SIGNS).join(' ');
        const { pdf, replaced } = printer.print(letterOf(text));
        expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
        // U+F0B7 and its kin stand as what they mean; they are told too.
        expect(replaced.map(({ code }) => code).sort()).toEqual(withoutGlyph(text));
      }
    },
  );

  it('prints signs that stand together in any order', () => {
    const pool = [...PLANES.slice(0, 3).flatMap((plane) => [...signsOf(plane)]), '\u200d', '\ufe0f', '\u0301', '\n'];
    for (let times = isFull ? 200 : 4; times > 0; times--) {
      const text = Array.from({ length: 400 }, () => pool[random.integer(pool.length)]).join('');
      expect(printer.print(letterOf(text)).pdf.subarray(0, 5).toString()).toBe('%PDF-');
    }
  });
});
