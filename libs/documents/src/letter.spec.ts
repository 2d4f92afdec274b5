import { describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { projectFolder } from '#lib/settings';
import { LetterPrinter, letterText, type Letter, type LetterBlock } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'letter-'));
const template = readFileSync(join(projectFolder(), 'libs', 'documents', 'letters', 'letter.typ'), 'utf8');
const printer = LetterPrinter.load();

const HOSTILE = [
  '#panic("x") *Marloes* _y_ $x$ @ref <label> \\ "quotes" `code` = kop',
  '// geen opmerking /* */ #import "a.typ"',
  'Čačak, Łódź, ’s-Hertogenbosch, café, € 1.250,50',
];
const letter = (texts: readonly string[] = HOSTILE): Letter => ({
  ...{ language: 'nl', title: 'Besluit over uw aanvraag', reference: '2027-1-004', date: '24 november 2026' },
  datedAt: '2026-11-24T09:00:00Z',
  sender: { name: 'Demo-netwerk Noord', lines: ['loket@regioloket.example'] },
  recipient: { name: 'Basisschool De Voorbeeldige', lines: ['t.a.v. A. Voorbeeld'] },
  sections: [
    { heading: 'Besluit', blocks: texts.map((text) => ({ kind: 'paragraph', text })) },
    {
      heading: 'Scores',
      blocks: [
        { kind: 'list', items: ['Eerste punt', 'Tweede punt'] },
        {
          kind: 'table',
          caption: 'Uw score per criterium',
          columns: [
            { label: 'Criterium', align: 'start' },
            { label: 'Score', align: 'end' },
          ],
          rows: [
            ['Samenwerking', '4,33'],
            ['Vernieuwing', '3,67'],
          ],
        },
      ],
    },
  ],
});

const fileOf = (pdf: Buffer): string => {
  const file = join(folder, `${Math.abs(pdf.length)}-${pdf.subarray(-40).toString('hex').slice(0, 16)}.pdf`);
  writeFileSync(file, pdf);
  return file;
};
const hasPoppler = spawnSync('pdfinfo', ['-v']).error === undefined;
const squeezed = (text: string): string => text.replace(/\s+/g, '');

/** Points; the margins of the page. */
const [PAGE, MARGIN] = [595.28, 70.87];

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly page: number;
}

/** Where each word of a print stands, in points. */
function boxesIn(file: string): readonly Box[] {
  const pages = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' }).split('<page ').slice(1);
  return pages.flatMap((source, page) =>
    [...source.matchAll(/xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</g)].map((found) => {
      const [left = 0, top = 0, right = 0, bottom = 0] = found.slice(1, 5).map(Number);
      return { text: found[5] ?? '', left, right, top, bottom, page };
    }),
  );
}

function isOver(one: Box, other: Box): boolean {
  const isBeside = one.right < other.left + 0.5 || other.right < one.left + 0.5;
  const middle = (one.top + one.bottom) / 2;
  return one.page === other.page && !isBeside && middle > other.top && middle < other.bottom;
}

/** The languages that a print names, in any order. */
function languagesIn(pdf: Buffer): readonly string[] {
  const streams = [...pdf.toString('latin1').matchAll(/stream\r?\n([^]*?)\r?\nendstream/g)].map(([, body = '']) => {
    try {
      return inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
    } catch {
      return '';
    }
  });
  const all = [pdf.toString('latin1'), ...streams].join('\n');
  return [...all.matchAll(/\/Lang ?\((\w+)\)/g)].map(([, language = '']) => language).sort();
}

describe('a letter', () => {
  it('gives equal bytes for equal words', () => {
    expect(printer.print(letter()).pdf.equals(LetterPrinter.load().print(letter()).pdf)).toBe(true);
  });

  it('prints twenty thousand characters', () => {
    const { pdf } = printer.print(letter(['a'.repeat(100).concat(' ').repeat(200)]));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it.each([
    ['skips a level of headings', (source: string) => source.replace('  == #section', '  === #section')],
    ['has no title', (source: string) => source.replace('title: letter.title, ', '')],
  ])('cannot be printed by a template that %s', (_, broken) => {
    expect(broken(template)).not.toBe(template);
    expect(() => LetterPrinter.load(broken(template)).print(letter())).toThrow(/cannot be printed/);
  });

  (hasPoppler ? it : it.skip)(
    'tells a screen reader its headings, lists and tables, its title and its language',
    () => {
      const file = fileOf(printer.print(letter()).pdf);
      const info = execFileSync('pdfinfo', [file], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } });
      expect(info).toMatch(/Title:\s+Besluit over uw aanvraag/);
      expect(info).toMatch(/Tagged:\s+yes/);
      expect(info).toMatch(/CreationDate:\s+Tue Nov 24 09:00:00 2026 UTC/);
      const tree = execFileSync('pdfinfo', ['-struct', file], { encoding: 'utf8' });
      for (const tag of ['Document', 'H1', 'H2', 'P', 'L', 'LI', 'Table', 'TR', 'TH', 'TD'])
        expect(tree).toMatch(new RegExp(`^\\s*${tag}\\b`, 'm'));
      expect(readFileSync(file, 'latin1')).toMatch(/pdfuaid/);
      const fonts = execFileSync('pdffonts', [file], { encoding: 'utf8' }).split('\n').slice(2).filter(Boolean);
      expect(fonts.filter((font) => !font.includes('SourceSans3'))).toEqual([]);
    },
  );

  (hasPoppler ? it : it.skip)('holds every word of the letter, in its order; what people wrote is never source', () => {
    const text = squeezed(execFileSync('pdftotext', [fileOf(printer.print(letter()).pdf), '-'], { encoding: 'utf8' }));
    let from = 0;
    for (const one of letterText(letter())) {
      const at = text.indexOf(squeezed(one), from);
      expect([one, at >= from]).toEqual([one, true]);
      from = at;
    }
  });

  (hasPoppler ? it : it.skip)('keeps a long word inside the margins and its own column, and finds it whole', () => {
    const long = 'Meervoudigepersoonlijkheidsstoornisbehandelingsprogramma-ha';
    expect(long.length).toBe(59);
    const table: LetterBlock = {
      ...{ kind: 'table', caption: long + long },
      columns: ['start', 'end', 'end'].map((align) => ({ label: long, align: align as 'start' | 'end' })),
      rows: [
        [long, '4,33', '€ 1.250,50'],
        ['W'.repeat(60), long, long],
      ],
    };
    const blocks: LetterBlock[] = [
      { kind: 'paragraph', text: long + long },
      { kind: 'list', items: [long + long] },
      table,
    ];
    const file = fileOf(
      printer.print({
        ...{ ...letter(), title: `Besluit over ${long}`, sections: [{ heading: long + long, blocks }] },
        ...{ sender: { name: long, lines: [long + long] }, recipient: { name: long + long, lines: [long] } },
      }).pdf,
    );
    const words = boxesIn(file);
    const out = words.filter(({ left, right }) => left < MARGIN - 1 || right > PAGE - MARGIN + 1);
    expect(out.map(({ text }) => text)).toEqual([]);
    const over = words.filter((one, at) => words.slice(at + 1).some((other) => isOver(one, other)));
    expect(over.map(({ text }) => text)).toEqual([]);
    expect(squeezed(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }))).toContain(
      squeezed(`Besluit over ${long}`),
    );
  });

  (hasPoppler ? it : it.skip)('says in which language a quotation is', () => {
    const blocks: LetterBlock[] = [
      { kind: 'paragraph', text: 'Het plan is goed.', language: 'nl' },
      { kind: 'list', items: ['Score: 4', { lead: 'Quality:', text: 'Het plan is goed.', language: 'nl' }] },
    ];
    const english: Letter = { ...letter(), language: 'en', sections: [{ heading: 'Why', blocks }] };
    expect(languagesIn(printer.print(english).pdf)).toEqual(['en', 'nl', 'nl']);
    expect(languagesIn(printer.print(letter()).pdf)).toEqual(['nl']);
  });
});
