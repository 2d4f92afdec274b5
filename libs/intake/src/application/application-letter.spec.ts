import { describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LetterPrinter, letterText, plainLetter, type Letter } from '#lib/documents';
import {
  compileConditions,
  compileForm,
  conditionsOf,
  formWith,
  readForm,
  readProgramme,
  readRegulation,
} from '#lib/regulation';
import { projectFolder } from '#lib/settings';
import { applicationLetter, type WrittenApplication } from './application-letter.js';
import { keptUntil } from './kept-until.js';

const config = (...path: string[]): string => readFileSync(join(projectFolder(), 'config', ...path), 'utf8');
const programme = readProgramme(config('programmes', 'innovatie-wt.yaml'), 'programme');
const regulation = readRegulation(config('regions', 'noord', 'regulation.yaml'), 'noord', programme);
const form = compileForm(
  formWith(readForm(config('forms', 'innovatie-wt.yaml'), 'form'), regulation.questions),
  compileConditions(conditionsOf(programme, regulation)),
);
const words = {
  ...{ language: 'nl' as const, moment: (instant: string) => `op ${instant}`, size: (bytes: number) => `${bytes} B` },
  say: (key: string, values: Readonly<Record<string, unknown>> = {}) => [key, ...Object.values(values)].join(' '),
};
const APPLICATION: WrittenApplication = {
  ...{ number: '2027-1-004', title: 'Schoon water', organisation: 'De Voorbeeldige', network: 'Netwerk Noord' },
  ...{ callName: 'Ronde 2027-1', state: 'Ingediend', receivedAt: '2026-11-24T09:00:00Z', isLate: false },
  ...{ contentHash: 'a'.repeat(64), asOf: '2026-11-24T09:00:00Z', mark: null, isWhole: true },
  content: {
    summary: 'Een plan',
    budget: {
      totalCents: 30_050,
      lines: [
        { label: 'Glas', cents: 10_050 },
        { label: 'Hout', cents: 20_000 },
      ],
    },
  },
  parties: [
    {
      ...{ organisation: 'Kwekerij', role: 'partner', state: 'confirmed' },
      part: { task: 'Kassen', cashCents: null, hours: 20, inKindCents: null },
    },
  ],
  attachments: [
    {
      ...{
        id: '1',
        path: 'answers.schoolPlanFiles',
        name: 'schoolplan.pdf',
        mediaType: 'application/pdf',
        bytes: 1200,
      },
      ...{ sha256: 'b'.repeat(64), state: 'ready' },
    },
  ],
};
const letterOf = (more: Partial<WrittenApplication> = {}): Letter =>
  applicationLetter(form, { ...APPLICATION, ...more }, words);
const printer = LetterPrinter.load();
const hasPoppler = spawnSync('pdfinfo', ['-v']).error === undefined;
const readBack = (letter: Letter): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'application-')), 'a.pdf');
  writeFileSync(path, printer.print(letter).pdf);
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
};

describe('an application in print', () => {
  it('tells number, call, network, state, when it was received, its hash, who takes part and every file', () => {
    const text = plainLetter(letterOf());
    for (const piece of [
      ...['2027-1-004', 'Ronde 2027-1', 'Netwerk Noord', 'Ingediend', 'op 2026-11-24T09:00:00Z', 'a'.repeat(64)],
      ...[
        'Kwekerij | party.role-partner | Kassen | party.state-confirmed',
        `schoolplan.pdf | ${'b'.repeat(64)} | 1200 B`,
      ],
    ])
      expect(text).toContain(piece);
  });

  it('adds up the lines of the budget to the cent', () => {
    const table = letterOf().sections.flatMap(({ blocks }) => blocks.filter((one) => one.kind === 'table'))[0];
    expect(table).toMatchObject({
      isSummed: true,
      rows: [
        ['Glas', '€ 100,50'],
        ['Hout', '€ 200,00'],
        ['proposal.figure-lines', '€ 300,50'],
      ],
    });
  });

  it('shows lines of which one is no amount as they were typed', () => {
    const budget = { lines: [{ label: 'Glas', cents: 100 }, { label: 'Hout' }] };
    const text = plainLetter(letterOf({ content: { budget, typed: { 'budget.lines.1.cents': 'duur' } } }));
    expect(text).toContain('- Hout · duur');
  });

  it('gives equal bytes for equal words', () => {
    expect(printer.print(letterOf()).pdf.equals(LetterPrinter.load().print(letterOf()).pdf)).toBe(true);
  });

  (hasPoppler ? it : it.skip)('says on every page that a draft was not submitted, and which page it is', () => {
    const summary = 'Een lang verhaal. '.repeat(800);
    const text = readBack(letterOf({ mark: 'draft', receivedAt: null, content: { summary } }));
    const pages = text.split('\f').filter((page) => page.trim() !== '');
    expect(pages.length).toBeGreaterThan(2);
    for (const [at, page] of pages.entries()) {
      expect(page).toContain('application.mark-draft');
      expect(page).toContain(`application.page ${at + 1} application.page-of ${pages.length}`);
    }
    expect(readBack(letterOf())).not.toContain('application.mark');
  });

  (hasPoppler ? it : it.skip)('prints whatever people type, and says the same as its text', () => {
    const worst = [
      '#panic("x") *Marloes* _y_ $x$ @ref <label> \\ "quotes" `code` = kop',
      'العربية ‏עברית 漢字 हिन्दी ไทย 👩‍👩‍👧‍👦 \u{1f9ea} ₂ ∑ \u{f0b7} \u{e123}',
      `${'w'.repeat(400)} a\u0001b\u202ec`,
      '- geen lijst\n\n// geen opmerking #import "a.typ"',
    ].join('\n');
    const typed = { 'budget.totalCents': worst, 'partners.3.name': worst, [worst]: worst };
    const letter = letterOf({ title: worst.slice(0, 150), content: { summary: worst, strange: worst, typed } });
    const read = readBack(letter).replace(/\s/g, '');
    expect(read).toContain('#panic("x")*Marloes*');
    expect(read).toContain('[U+E123]');
    for (const line of letterText(letter))
      for (const one of line.split('\n')) expect(plainLetter(letter)).toContain(one);
  });
});

describe('what was typed', () => {
  it.each([
    ['2026-11-24T09:00:00Z', '2027-11-24'],
    ['2028-02-29T09:00:00Z', '2029-02-28'],
    ['2026-12-31T23:30:00Z', '2028-01-01'],
  ])('and ended at %s stays at least until %s', (since, until) => {
    expect(keptUntil(since)).toBe(until);
  });
});
