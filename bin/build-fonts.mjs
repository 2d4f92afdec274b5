// The fonts of letters to dist/fonts: the letter press reads TrueType, the packages carry WOFF2. Beside them `coverage.json`: in the order
// in which the press asks them, each family and the characters it has.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import wawoff2 from 'wawoff2';
import { coverageOf, renamed } from './font-tables.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist', 'fonts');

// The letter in its own face; then the scripts whose letters join or run from right to left, mathematics, symbols and emoji in one
// colour; last a face of plain dots that has nearly every character of Unicode.
const FACES = [
  {
    font: 'source-sans-3',
    subsets: ['latin', 'latin-ext', 'vietnamese', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext'],
    weights: [400, 600, 700],
  },
  { font: 'noto-sans-arabic', subsets: ['arabic'], weights: [400, 700] },
  { font: 'noto-sans-hebrew', subsets: ['hebrew'], weights: [400, 700] },
  { font: 'noto-sans-math', subsets: ['latin'], weights: [400] },
  { font: 'noto-sans-symbols', subsets: ['symbols'], weights: [400] },
  { font: 'noto-sans-symbols-2', subsets: ['symbols'], weights: [400] },
  { font: 'noto-emoji', subsets: ['emoji'], weights: [400] },
  { font: 'unifontex', subsets: ['latin'], weights: [400] },
];

async function readFont(font, file) {
  const path = join(root, 'node_modules', '@fontsource', font, 'files', `${file}.woff2`);
  if (!existsSync(path)) throw new Error(`The fonts of letters are not installed (@fontsource/${font}): npm install`);
  return Buffer.from(await wawoff2.decompress(readFileSync(path)));
}

/** Each subset is a family of its own under a name that no machine has: a font installed there never steps in. */
async function build({ font, subset, weights }) {
  const family = `Regioloket ${font} ${subset}`;
  const printed = font.replace(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase());
  let ranges = null;
  for (const weight of weights) {
    const file = `${font}-${subset}-${weight}-normal`;
    const bytes = await readFont(font, file);
    writeFileSync(join(out, `${file}.ttf`), renamed(bytes, family, `${printed}-${subset}-${weight}`));
    ranges ??= coverageOf(bytes);
  }
  return { family, ranges };
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const families = [];
for (const { font, subsets, weights } of FACES)
  for (const subset of subsets) families.push(await build({ font, subset, weights }));
writeFileSync(join(out, 'coverage.json'), JSON.stringify(families));
