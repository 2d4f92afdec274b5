// The fonts of letters to dist/fonts: the letter press reads TrueType, the packages carry WOFF2.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import wawoff2 from 'wawoff2';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'node_modules', '@fontsource', 'source-sans-3', 'files');
const out = join(root, 'dist', 'fonts');

// The package splits a face in two by alphabet, both under one name. The press takes one face per name, so the second half gets a
// name of its own, of the same length, that the template lists behind the first.
const utf16 = (text) => Buffer.from(text, 'utf16le').swap16();
const [NAME, SECOND] = [utf16('Source Sans 3'), utf16('Source Sans X')];

function renamed(font) {
  const copy = Buffer.from(font);
  for (let at = copy.indexOf(NAME); at >= 0; at = copy.indexOf(NAME, at + 1)) SECOND.copy(copy, at);
  return copy;
}

mkdirSync(out, { recursive: true });
for (const subset of ['latin', 'latin-ext'])
  for (const weight of ['400', '600', '700']) {
    const name = `source-sans-3-${subset}-${weight}-normal`;
    const font = await wawoff2.decompress(readFileSync(join(source, `${name}.woff2`)));
    writeFileSync(join(out, `${name}.ttf`), subset === 'latin' ? font : renamed(font));
  }
