import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { conditionsOf, readForm, readProgramme, readRegulation } from '#lib/regulation';
import { projectFolder } from '#lib/settings';

/**
 * Words above B1 that people met in pages, mails and letters. Where the law wants its own word, it stands in brackets behind what it means:
 * `wie de aanvraag leidt (de penvoerder)`. What stands in brackets is therefore not looked at.
 */
const TOO_HARD: readonly RegExp[] = [
  ...[
    /penvoerder/i,
    /draagvlak/i,
    /minimis/i,
    /in natura/i,
    /eigen voordeel/i,
    /verdelen daar/i,
    /stopt het verdelen/i,
  ],
  // a share is said: shareInWords in libs/kernel
  ...[/\b\d+\/\d+ (deel )?van/i],
  // the national desk is a desk by name: `desk-of` in libs/notices
  ...[/loket van Landelijk/i, /loket van \{\{?region/i],
];

interface Said {
  readonly where: string;
  readonly text: string;
}

const folder = projectFolder();
const filesAt = (under: string, name: RegExp): readonly string[] =>
  (readdirSync(join(folder, under), { recursive: true, encoding: 'utf8' }) as readonly string[])
    .filter((file) => name.test(file))
    .map((file) => join(under, file));
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** Every text that has a Dutch side, wherever it stands in a file. */
function dutchIn(value: unknown, where: string): readonly Said[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { nl?: unknown }).nl;
  const here = typeof own === 'string' ? [{ where, text: own }] : [];
  return [...here, ...Object.entries(value).flatMap(([key, inner]) => dutchIn(inner, `${where} ${key}`))];
}

/** Dutch sentences that stand in code: messages, and the words of rules. */
function dutchInCode(file: string): readonly Said[] {
  const sentences = read(file).matchAll(/\bnl: (?<quote>['"`])(?<text>(?:\\.|(?!\k<quote>).)*)\k<quote>/g);
  return [...sentences].map(({ groups }) => ({ where: file, text: groups?.['text'] ?? '' }));
}

/** Code that is no test. */
const SOURCE = /\/src\/(?!.*\.spec\.ts$).*\.ts$/;

const ofConfiguration = (): readonly Said[] => {
  const programme = readProgramme(read('config/programmes/innovatie-wt.yaml'), 'programme');
  const form = readForm(read('config/forms/innovatie-wt.yaml'), 'form');
  return filesAt('config/regions', /regulation\.yaml$/).flatMap((file) =>
    dutchIn([form, conditionsOf(programme, readRegulation(read(file), file, programme))], file),
  );
};

const ALL: readonly Said[] = [
  ...filesAt('apps/server/texts', /\.yaml$/).flatMap((file) => dutchIn(parse(read(file)), file)),
  ...filesAt('config', /\.yaml$/).flatMap((file) => dutchIn(parse(read(file)), file)),
  ...filesAt('libs/notices/templates', /\.nl\./).map((file) => ({ where: file, text: read(file) })),
  ...[...filesAt('libs', SOURCE), ...filesAt('apps', SOURCE)].flatMap(dutchInCode),
  ...ofConfiguration(),
];

const hardIn = (text: string): readonly string[] => {
  const plain = text.replace(/\([^)]*\)/g, '');
  return TOO_HARD.filter((word) => word.test(plain)).map(String);
};

describe('a Dutch text that people read', () => {
  it('uses no word above B1 without saying what it means', () => {
    const faults = ALL.flatMap(({ where, text }) => hardIn(text).map((word) => [where, word, text.slice(0, 120)]));
    expect(faults).toEqual([]);
    expect(ALL.length).toBeGreaterThan(1500);
  });

  it('may give the word of the law in brackets behind its meaning, and nowhere else', () => {
    expect(hardIn('Wie de aanvraag leidt (de penvoerder), tekent.')).toEqual([]);
    expect(hardIn('De penvoerder tekent.')).toEqual([String(/penvoerder/i)]);
    expect(hardIn('Ten hoogste 7/10 van de kosten.')).toHaveLength(1);
  });
});
