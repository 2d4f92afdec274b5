import { describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import { LetterPrinter, type Letter } from './index.js';

const printer = LetterPrinter.load();
const letter = (text: string): Letter => ({
  ...{ language: 'nl', title: `Besluit over ${text}`, reference: '2027-1-004', date: '24 november 2026' },
  datedAt: '2026-11-24T09:00:00Z',
  sender: { name: 'Demo-netwerk Noord', lines: ['loket@regioloket.example'] },
  recipient: { name: 'Basisschool De Voorbeeldige', lines: [] },
  sections: [],
});
const replacedIn = (text: string): readonly unknown[] => printer.print(letter(text)).replaced;
const lost = (code: string, times = 1) => ({ code, by: `[${code}]`, isSame: false, times });

const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;
function textOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'printable-')), 'letter.pdf');
  writeFileSync(file, printer.print(letter(text)).pdf);
  return execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
}

describe('the signs of a letter', () => {
  it.each([
    ['emoji, with skin and joined to families', '👍 👍🏽 👩‍👩‍👧 ❤️ 1️⃣ 🇳🇱'],
    ['Arabic and Hebrew', 'مدرسة السلام, בית ספר'],
    ['Chinese, Japanese and Korean', '学校 がっこう 학교'],
    ['Greek, Cyrillic and Vietnamese', 'Σχολείο, Школа, Trường học'],
    ['scripts of South Asia, Ethiopia, Armenia, Georgia and the Berbers', 'विद्यालय பள்ளி ት/ቤት դպրոց სკოლა ⵜⵉⵏⵎⵍ'],
    ['mathematics, arrows and boxes', '∑ ≥ √ → ➢ ☐ ☑ ✔ ℃ 𝔸 ⅔'],
    ['accents on any letter', 'e\u0301 q\u0301 x\u0338 a\u20dd'],
  ])('are printed from fonts that come along: %s', (_, text) => {
    expect(replacedIn(text)).toEqual([]);
  });

  it.each([
    ['a sign for private use', 'a \ue123 b \ue123', [lost('U+E123', 2)]],
    ['a script that no font has', '\u{10d40}', [lost('U+10D40')]],
    ['half a sign', 'a\ud800b', [lost('U+D800')]],
    ['no sign at all', '\uffff', [lost('U+FFFF')]],
    ['an accent on a sign that no font has', '\ue123\u0301', [lost('U+E123')]],
    ['two together that no font has together', '\u{1f6d5}\u1dc6', [lost('U+1DC6')]],
  ])('that no font has stand as their code, and are told: %s', (_, text, replaced) => {
    expect(replacedIn(text)).toEqual(replaced);
  });

  it('that Word writes in a font of its own are what they mean', () => {
    expect(replacedIn('\uf0b7 een, \uf0b7 twee')).toEqual([{ code: 'U+F0B7', by: '•', isSame: true, times: 2 }]);
  });

  it('that show nothing leave nothing behind', () => {
    const [plain, dirty] = ['De Brug', '\ufeffDe\u0000 \u202eBrug\u0007\u2069'].map((text) =>
      printer.print(letter(text)),
    );
    expect(dirty).toEqual(plain);
  });

  (hasPoppler ? it : it.skip)('can be read where they stand in for others', () => {
    expect(textOf('een \ue123 twee \uf0b7 drie')).toContain('een [U+E123] twee • drie');
  });

  it('are the same bytes on a machine without fonts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
    const config = join(folder, 'fonts.conf');
    writeFileSync(config, `<?xml version="1.0"?><fontconfig><dir>${folder}</dir></fontconfig>`);
    const texts = ['De Brug', 'سلام ☃ ✈ 👍 学校 \ue123 \ufb01'];
    const door = JSON.stringify(join(projectFolder(), 'dist/libs/documents/src/index.js'));
    const script = `
      const printer = (await import(${door})).LetterPrinter.load();
      for (const one of ${JSON.stringify(texts.map(letter))}) process.stdout.write(printer.print(one).pdf);`;
    const there = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, FONTCONFIG_FILE: config, HOME: folder },
    });
    expect(there.equals(Buffer.concat(texts.map((text) => printer.print(letter(text)).pdf)))).toBe(true);
  });
});
